/**
 * One call of a learner's function, described: what it returned or threw, the inputs afterwards, and
 * overlapping memory. The same code runs in the child process and in-process. It sets no limits.
 */
import { types } from 'node:util';
import { aliasesOf, regionsOf } from './aliases.js';
import type { Region } from './aliases.js';
import { describeInputs, describeOutputs, inWords } from './describe.js';
import type { Answer } from './subject.js';
import type { Values } from './values.js';

const { isProxy, isPromise } = types;
const { apply } = Reflect;
const thenOf = Reflect.get(Promise.prototype, 'then') as (
  this: unknown,
  ...handlers: unknown[]
) => unknown;
const text = String;

/**
 * The function, to be called with inputs (not a copy) and described. What it returned last is remembered, so
 * that outputs in the memory of the call before are seen: a caller who kept them has lost them. Never throws.
 */
export function described(implementation: (inputs: Values) => unknown): (inputs: Values) => Answer {
  let last: readonly Region[] = [];
  return (inputs) => {
    const before = [...regionsOf(inputs, true), ...last];
    try {
      const returned = implementation(inputs);
      if (isPromise(returned) && !isProxy(returned)) ignoreRejection(returned);
      const outputs = describeOutputs(returned);
      const regions =
        typeof outputs.notAnObject === 'string' ? [] : regionsOf(returned as object, false);
      last = earlier(regions);
      return {
        kind: 'returned',
        outputs,
        inputsAfter: describeInputs(inputs),
        aliases: regions.length === 0 ? [] : aliasesOf([...before, ...regions]),
      };
    } catch (thrown) {
      return describeThrown(thrown);
    }
  };
}

/** Outputs, as what the next call may not write to. */
function earlier(regions: readonly Region[]): Region[] {
  const all: Region[] = [];
  for (let k = 0; k < regions.length; k++) {
    const region = regions[k]!;
    all[k] = { ...region, name: `${region.name} of the call before`, input: true };
  }
  return all;
}

/** A Promise is a wrong answer already; its later rejection shall not end the process as well. */
function ignoreRejection(promise: Promise<unknown>): void {
  const nothing = () => undefined;
  void apply(thenOf, promise, [nothing, nothing]);
}

/** Of each text of what was thrown; a string may be as long as memory is. */
const MOST_CHARACTERS = 20_000;

/** Whatever was thrown, as strings. NotImplemented is recognised by its name. */
export function describeThrown(thrown: unknown): Answer {
  const isObject = typeof thrown === 'object' && thrown !== null;
  if (!isObject) return threw(`${inWords(thrown)}, not an Error`, readable(thrown), '');
  const error = thrown as { name?: unknown; message?: unknown; stack?: unknown };
  const name = read(() => error.name) ?? inWords(thrown);
  if (name === 'NotImplemented') return { kind: 'notImplemented' };
  return threw(name, read(() => error.message) ?? '', read(() => error.stack) ?? '');
}

const threw = (name: string, message: string, stack: string): Answer => ({
  kind: 'threw',
  name: name.slice(0, 200),
  message: message.slice(0, 2000),
  stack,
});

/** A string property of a thrown object; its getter may itself throw. */
function read(get: () => unknown): string | undefined {
  try {
    const value = get();
    return typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : undefined;
  } catch {
    return undefined;
  }
}

/** What its kind alone does not say. */
const readable = (primitive: unknown): string =>
  primitive === null || primitive === undefined || typeof primitive === 'function'
    ? ''
    : text(primitive).slice(0, MOST_CHARACTERS);
