/** `gradcheck --file`: the functions of a learner's file, run by the kata host and checked by the check room. */
import { basename, dirname, resolve } from 'node:path';
import { Refusal, exitCodes, quoted } from './refusal.js';
import { firstPlace } from '../kata/host/stack.js';
import { Stopped, checkFunction } from '../check/index.js';
import { findWorkspace } from '../kata/index.js';
import { statOf } from '../kata/workspace.js';
import { MOST_NUMBERS } from '../kata/describe.js';
import { grouped } from '../ui/bytes.js';
import { openHost } from '../kata/host/index.js';
import type { Callable, FunctionReport, NamedValue } from '../check/index.js';
import type { HostSubject } from '../kata/host/index.js';

/** The most numbers that are checked one by one; each takes four calls of the forward pass. */
export const mostNumbers = 5000;

/** What its calls may take together, in deadlines: two minutes, unless told. */
const deadlines = 24;

export interface FileRequest {
  /** As it was typed. */
  readonly file: string;
  /** The stem of the exports' names; undefined: `forward`, `backward`, `inputs`. */
  readonly stem: string | undefined;
  readonly seed: number;
  readonly method: 'five-point' | 'fast';
  readonly limits: { readonly deadlineMs: number; readonly memoryMb: number };
  readonly onProgress: (done: number) => void;
}

/** What the exports are called: lstm, lstmBackward and lstmInputs for the stem lstm. */
export function exportNames(stem: string | undefined) {
  if (stem === undefined) return { forward: 'forward', backward: 'backward', inputs: 'inputs' };
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(stem))
    throw new Refusal(`--function needs the name of an exported function, got ${quoted(stem)}.`);
  return { forward: stem, backward: `${stem}Backward`, inputs: `${stem}Inputs` };
}

/** @throws {Refusal} that names --file. */
function expectFile(file: string): string {
  const path = resolve(file);
  const found = statOf(path);
  if (!found) throw new Refusal(`--file: there is no file ${quoted(file)}.`);
  if (!found.isFile()) throw new Refusal(`--file: ${quoted(file)} is not a file.`);
  return path;
}

/** Faults whose sentence is about a process, and does not say which function it was to run. */
const endings: ReadonlySet<string> = new Set([
  'timedOut',
  'outOfMemory',
  'tooMuchOutput',
  'exited',
]);

/** A subject as a function of named values; whatever is no answer ends the check with its sentence. */
const callable =
  (subject: HostSubject, name: string): Callable =>
  async (given) => {
    const answer = await subject.call(given);
    if ('says' in answer)
      throw new Stopped(
        answer.kind,
        endings.has(answer.kind) ? `${name}: ${answer.says}` : answer.says,
      );
    if (answer.kind === 'notImplemented')
      throw new Stopped('notImplemented', `${name} is not implemented yet.`);
    if (answer.kind === 'threw') {
      const place = firstPlace(answer.stack);
      throw new Stopped(
        'threw',
        `${name} threw ${answer.name}: ${answer.message}${place === undefined ? '' : ` (${place})`}`,
      );
    }
    const { outputs, inputsAfter } = answer;
    if (typeof outputs.notAnObject === 'string')
      throw new Stopped(
        'contract',
        `${name} returns ${outputs.notAnObject}, where it should return an object of named values.`,
      );
    const entries = Object.entries(outputs as Exclude<typeof outputs, { notAnObject: string }>).map(
      ([key, value]): [string, NamedValue] => {
        if (value.kind === 'other')
          throw new Stopped(
            'contract',
            `${name} returns ${key} as ${value.says}: a value is a number, a Float64Array, or rows of Float64Array, and all of them are at most ${grouped(MOST_NUMBERS)} numbers.`,
          );
        if (value.kind === 'scalar') return [key, value.value];
        return [key, value.kind === 'vector' ? value.data : [...value.rows]];
      },
    );
    // fromEntries, since an assignment would take __proto__ for the prototype, and nobody would see it.
    return { outputs: Object.fromEntries(entries), inputsAfter };
  };

/** The report of one file. @throws {Refusal} where the request itself makes no sense. */
export async function checkFileGradient(request: FileRequest): Promise<FunctionReport> {
  const { file, stem, seed, method, limits, onProgress } = request;
  const path = expectFile(file);
  const names = exportNames(stem);
  const workspace = findWorkspace(dirname(path)) ?? dirname(path);
  // A process for each, so that nothing can go from forward to backward but by its arguments.
  const open = (functionName: string) =>
    openHost({
      file: path,
      functionName,
      workspace,
      from: process.cwd(),
      limits: { ...limits, deadlines },
    });
  const [forward, backward, inputs] = await Promise.all([
    open(names.forward),
    open(names.backward),
    open(names.inputs),
  ]);
  const subjects = [inputs, forward, backward];
  const report = {
    version: 1,
    file: basename(file),
    exports: Object.values(names),
    seed,
    method,
    passed: false,
    entries: 0,
    faults: [],
    tensors: [],
    stopped: null,
  } as const;
  const printed = () => subjects.flatMap((subject) => subject.printed()).slice(-40);
  try {
    const pair = {
      names,
      inputs: callable(inputs, names.inputs),
      forward: callable(forward, names.forward),
      backward: callable(backward, names.backward),
    };
    const check = await checkFunction(pair, { seed, method, most: mostNumbers, onProgress });
    return { ...report, ...check, printed: printed() };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    if (error.kind === 'tooLarge')
      throw new Refusal(
        `--file: ${error.message.slice(0, -1)}; --fast takes a few directions instead.`,
      );
    return { ...report, stopped: { kind: error.kind, says: error.message }, printed: printed() };
  } finally {
    await Promise.all(subjects.map((subject) => subject.close()));
  }
}

/** How the process ends. */
export const exitOfFile = ({ passed, stopped }: FunctionReport): number =>
  stopped?.kind === 'timedOut'
    ? exitCodes.timedOut
    : stopped?.kind === 'outOfMemory'
      ? exitCodes.outOfMemory
      : passed
        ? exitCodes.passed
        : exitCodes.failed;
