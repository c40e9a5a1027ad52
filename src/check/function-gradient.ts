/**
 * The gradient check of a function that someone else runs: a forward pass over named values and the
 * backward pass that claims to be its gradient. It knows their contract (docs/gradcheck.md) and no process.
 */
import { fillUniform, rng } from '../engine/index.js';
import { answeredLater } from './asking.js';
import { checking } from './gradient-check.js';
import { flat, shapeOf, shapeText, shaped } from './named.js';
import type { Answer, Question } from './asking.js';
import type { GradientCheck } from './gradient-check.js';
import type { NamedValue, NamedValues } from './named.js';
import type { Tensor } from './differentiable.js';

/** What one call gave: named values, and the inputs as they were afterwards. */
export interface Called {
  readonly outputs: NamedValues;
  readonly inputsAfter: NamedValues;
}

/** A function of named values. Rejects with Stopped where it gives none. */
export type Callable = (given: NamedValues) => Promise<Called>;

/** The end of a check that cannot go on, with a sentence; `kind` says what ended it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor(
    readonly kind: string,
    says: string,
  ) {
    super(says);
  }
}

/** The functions, and what they are called in the file. */
export interface FunctionPair {
  readonly names: { readonly forward: string; readonly backward: string; readonly inputs: string };
  readonly inputs: Callable;
  readonly forward: Callable;
  readonly backward: Callable;
}

export interface FunctionCheckOptions {
  readonly seed: number;
  readonly method: 'five-point' | 'fast';
  /** More numbers than this are refused. */
  readonly most: number;
  readonly onProgress?: (done: number) => void;
}

const broken = (says: string): Stopped => new Stopped('contract', says);

/** @throws {Stopped} that names what every object has: `__proto__` and `constructor` are no names for values. */
function expectOwnNames(found: NamedValues, who: string): void {
  const taken = Object.keys(found).find((name) => name in {});
  if (taken !== undefined)
    throw broken(`${who} gives ${taken}, which every object has already: call it something else.`);
}

/** The point to check at: what `inputs` gives, with random numbers from the seed in arrays of zeros. */
function pointFrom(given: NamedValues, name: string, seed: number): NamedValues {
  const random = rng(seed);
  const entries = Object.entries(given).map(([key, value]): [string, NamedValue] => {
    if (shapeOf(value) === undefined)
      throw broken(
        `${name} gives ${key} as rows of different lengths: a matrix has rows of one length.`,
      );
    const numbers = flat(value);
    const odd = numbers.findIndex((v) => !Number.isFinite(v));
    if (odd >= 0)
      throw broken(`${name} gives ${numbers[odd]!} in ${key}: a gradient needs finite numbers.`);
    if (typeof value !== 'number' && numbers.every((v) => v === 0))
      fillUniform(numbers, random, -1, 1);
    return [key, shaped(numbers, value)];
  });
  if (!entries.some(([, value]) => typeof value !== 'number' && flat(value).length > 0))
    throw broken(`${name} gives no array: there is nothing to differentiate by.`);
  return Object.fromEntries(entries);
}

/** Gradients on the outputs, dh for h: random, or 1 where the only output is one number, which is the loss itself. */
function upstreamFor(
  outputs: NamedValues,
  { forward }: FunctionPair['names'],
  seed: number,
): NamedValues {
  const random = rng(seed + 1);
  const entries = Object.entries(outputs);
  if (entries.length === 0)
    throw broken(`${forward} returns no value: return { loss }, or named outputs.`);
  if (entries.length === 1 && typeof entries[0]![1] === 'number')
    return { [`d${entries[0]![0]}`]: 1 };
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const numbers = flat(value);
      fillUniform(numbers, random, -1, 1);
      return [`d${name}`, shaped(numbers, value)];
    }),
  );
}

/** @throws {Stopped} unless there is a finite value of the pattern's shape under every name, and no other. */
function expectLike(found: NamedValues, pattern: NamedValues, who: string): void {
  for (const [name, wanted] of Object.entries(pattern)) {
    const value = Object.hasOwn(found, name) ? found[name] : undefined;
    if (value === undefined)
      throw broken(
        `${who} returns no ${name}; it returns ${Object.keys(found).join(', ') || 'nothing'}.`,
      );
    if (shapeText(value) !== shapeText(wanted))
      throw broken(
        `${who} returns ${name} as ${shapeText(value)}, where it should be ${shapeText(wanted)}.`,
      );
  }
  for (const name of Object.keys(found))
    if (!Object.hasOwn(pattern, name))
      throw broken(
        `${who} returns ${name}, which belongs to nothing: it should return ${Object.keys(pattern).join(', ')}.`,
      );
}

/**
 * @param near whether the inputs are a step of the differences away from those that were given
 * @throws {Stopped} that names the first number that is none
 */
function expectFinite(found: NamedValues, who: string, near = false): void {
  for (const [name, value] of Object.entries(found)) {
    const odd = flat(value).find((v) => !Number.isFinite(v));
    if (odd !== undefined)
      throw broken(
        near
          ? `${who} gives ${odd} in ${name} close to the inputs, where differences have to look: move them away from there.`
          : `${who} gives ${odd} in ${name}: there is nothing to compare.`,
      );
  }
}

/**
 * Checks a backward pass against differences of its forward pass: there are no dual numbers of somebody
 * else's code. The loss is Σ upstream ⊙ output, with upstream gradients from the seed.
 * Rejects with {@link Stopped} where the functions keep no contract or give no answer.
 */
export async function checkFunction(
  pair: FunctionPair,
  { seed, method, most, onProgress = () => undefined }: FunctionCheckOptions,
): Promise<GradientCheck & { readonly entries: number }> {
  const { names } = pair;
  const given = (await pair.inputs({})).outputs;
  expectOwnNames(given, names.inputs);
  const point = pointFrom(given, names.inputs, seed);
  const { outputs } = await pair.forward(point);
  expectOwnNames(outputs, names.forward);
  expectFinite(outputs, names.forward);
  const upstream = upstreamFor(outputs, names, seed);
  const clash = Object.keys(upstream).find((name) => name in point);
  if (clash !== undefined)
    throw broken(
      `${names.inputs} gives ${clash}, which is the name of the gradient that ${names.backward} gets for the output ${clash.slice(1)}.`,
    );

  const arrays = Object.entries(point).filter(([, value]) => typeof value !== 'number');
  const tensors = arrays.map(([name, value]): Tensor => {
    const shape = shapeOf(value)!;
    return { name, shape, axes: shape.map(() => ''), values: flat(value) };
  });
  const entries = tensors.reduce((sum, { values }) => sum + values.length, 0);
  if (entries > most && method !== 'fast')
    throw new Stopped(
      'tooLarge',
      `${entries} numbers are too many to check one by one (at most ${most}).`,
    );
  const gradients = Object.fromEntries(arrays.map(([name, value]) => [`d${name}`, value]));

  const answer = async ({ of, values }: Question): Promise<Answer> => {
    const here: NamedValues = { ...point };
    tensors.forEach(({ name }, k) => (here[name] = shaped(values[k]!, point[name]!)));
    const pass = of === 'loss' ? pair.forward : pair.backward;
    const called = await pass(of === 'loss' ? here : { ...here, ...upstream });
    // What the call did to its inputs is done to the check's own values, which notices.
    tensors.forEach(({ name }, k) => {
      const after = called.inputsAfter[name];
      if (after !== undefined && flat(after).length === values[k]!.length)
        values[k]!.set(flat(after));
    });
    if (of === 'gradient') {
      expectLike(called.outputs, gradients, names.backward);
      expectFinite(called.outputs, names.backward);
      return tensors.map(({ name }) => flat(called.outputs[`d${name}`]!));
    }
    expectLike(called.outputs, outputs, names.forward);
    expectFinite(called.outputs, names.forward, true);
    return Object.entries(called.outputs).reduce((sum, [name, value]) => {
      const weights = flat(upstream[`d${name}`]!);
      return flat(value).reduce((total, v, j) => total + weights[j]! * v, sum);
    }, 0);
  };
  const check = await answeredLater(checking({ tensors }, { method, seed, onProgress }), answer);
  return { ...check, entries };
}
