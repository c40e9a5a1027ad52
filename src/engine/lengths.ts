/**
 * A batch whose sequences end at different steps, for any cell: lengths (B), each 1 … T. Outputs are zero
 * past a sequence's end, its final state is the one at its own end (frozen from there on), and what stands
 * in the padding of x or of an upstream gradient never matters: it is not read, so even NaN is harmless.
 */
import { outputOf } from './alphabet.js';
import { EngineError } from './errors.js';
import { acceptUpstream, addTo } from './cell.js';
import { at } from './kernels/rows.js';
import type { Arena } from './arena.js';
import type { Arrays, Dims, Shape } from './alphabet.js';
import type { BackwardResult, Cell, CellNames, Given, Parameters, Run, Upstream } from './cell.js';

/** The length of each sequence of a batch. */
export type Lengths = readonly number[];

/** What a forward pass with lengths gave. Lives as long as its arena's scope. */
export interface LengthsRun<N extends CellNames> {
  /** The cell's own pass over all T steps. */
  readonly run: Run<N>;
  /** (B): how many steps each sequence has. */
  readonly lengths: Lengths;
  /** The outputs (T,B,·), zero past each sequence's end. */
  readonly outputs: Arrays<N['output']>;
  /** The state (B,H) at each sequence's own end. */
  readonly finals: Arrays<N['final']>;
}

/** @throws {EngineError} unless there is one integer in 1 … T for each of the B sequences. */
export function acceptLengths({ T, B }: Dims, lengths: Lengths | undefined): Lengths {
  if (lengths === undefined) return new Array<number>(B).fill(T);
  if (lengths.length !== B)
    throw new EngineError(`Expected lengths to be (B) = (${B}), got ${lengths.length} of them.`);
  for (const length of lengths)
    if (!Number.isSafeInteger(length) || length < 1 || length > T)
      throw new EngineError(
        `Expected a length to be an integer from 1 to T = ${T}, got ${length}.`,
      );
  return lengths;
}

/** to += from up to each sequence's end, both time-major with rows of `width`; past it, `to` is left alone. */
export function addWithin(
  to: Float64Array,
  from: Float64Array | undefined,
  width: number,
  lengths: Lengths,
): void {
  if (!from) return;
  const B = lengths.length;
  for (let n = 0; n < B; n++)
    for (let t = 0; t < lengths[n]; t++) {
      const row = (t * B + n) * width;
      for (let j = row; j < row + width; j++) to[j] += from[j];
    }
}

/** `to` at step t += `from` at step length - 1 - t, for each sequence: back to front within its own length. */
export function addReversed(
  to: Float64Array,
  from: Float64Array,
  width: number,
  lengths: Lengths,
): void {
  const B = lengths.length;
  for (let n = 0; n < B; n++)
    for (let t = 0; t < lengths[n]; t++) {
      const [row, source] = [(t * B + n) * width, ((lengths[n] - 1 - t) * B + n) * width];
      for (let j = 0; j < width; j++) to[row + j] += from[source + j];
    }
}

/** Names and elements per row of a table of outputs. */
const widths = (shapes: Readonly<Record<string, Shape>>, dims: Dims): [string, number][] =>
  Object.entries(shapes).map(([name, shape]) => [
    name,
    shape.includes('O') ? (dims.O ?? 0) : dims.H,
  ]);

/**
 * Forward over sequences x (T,B,D) that end at different steps; without lengths all have T. What stands in the
 * padding is not read.
 *
 * @example
 * ```ts
 * import { Arena, backwardWithLengths, createParameters, forwardWithLengths, gru } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { T: 2, B: 2, D: 1, H: 1 };
 * const parameters = createParameters(arena, gru, dims); // all zero: each step halves h
 * const given = { x: Float64Array.of(1, 1, 1, NaN), h0: Float64Array.of(8, 8) };
 * const run = forwardWithLengths(arena, gru, dims, parameters, given, [2, 1]);
 * run.outputs.h; // → [4, 4, 2, 0]
 * run.finals.hT; // → [2, 4]
 * const { gradients } = backwardWithLengths(arena, gru, run, { hT: Float64Array.of(1, 1) });
 * gradients.h0; // → [0.25, 0.5]
 * ```
 *
 * @param lengths (B), each 1 … T
 * @throws {EngineError} if lengths or array lengths do not fit.
 */
export function forwardWithLengths<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  dims: Dims,
  parameters: Parameters<N>,
  given: Given<N>,
  lengths?: Lengths,
): LengthsRun<N> {
  const { B, D, H } = dims;
  const ends = acceptLengths(dims, lengths);
  let x = given.x;
  if (lengths) {
    x = arena.alloc('tape', given.x.length);
    addWithin(x, given.x, D, ends);
  }
  const run = cell.forward(arena, dims, parameters, { ...given, x });
  if (!lengths) return { run, lengths: ends, outputs: run.outputs, finals: run.finals };

  const outputs = widths(cell.outputs, dims).map(([name, width]) => {
    const full: Float64Array = (run.outputs as Arrays)[name];
    const masked = arena.alloc('tape', full.length);
    addWithin(masked, full, width, ends);
    return [name, masked] as const;
  });
  const finals = Object.keys(cell.finals).map((name) => {
    const full: Float64Array = (run.outputs as Arrays)[outputOf(name)];
    const last = arena.alloc('tape', B * H);
    ends.forEach((length, n) => {
      const row = (length - 1) * B + n;
      last.set(full.subarray(row * H, (row + 1) * H), n * H);
    });
    return [name, last] as const;
  });
  return {
    run,
    lengths: ends,
    outputs: Object.fromEntries(outputs) as Arrays<N['output']>,
    finals: Object.fromEntries(finals) as Arrays<N['final']>,
  };
}

/**
 * Backward from gradients on outputs (T,B,·) and final states (B,H). Gradients of the padding of x are exactly zero.
 * @throws {EngineError} if an array's length is not its shape's.
 */
export function backwardWithLengths<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  { run, lengths }: LengthsRun<N>,
  upstream: Upstream<N>,
): BackwardResult<N> {
  const { dims } = run;
  const { T, B, H } = dims;
  if (lengths.every((length) => length === T)) return cell.backward(arena, run, upstream);
  acceptUpstream(cell, dims, upstream);
  const given = upstream as Partial<Arrays>;
  const within: Record<string, Float64Array> = {};
  for (const [name, width] of widths(cell.outputs, dims)) {
    within[name] = arena.alloc('workspace', T * B * width);
    addWithin(within[name], given[name], width, lengths);
  }
  for (const name of Object.keys(cell.finals))
    lengths.forEach((length, n) => {
      const last = at(within[outputOf(name)], (length - 1) * B + n, H);
      addTo(last, given[name]?.subarray(n * H, (n + 1) * H)); // the final state is the one at the end
    });
  const result = cell.backward(arena, run, within as Upstream<N>);
  for (const array of Object.values(within)) arena.free(array);
  return result;
}
