/**
 * Two cells of one kind over one sequence, from its two ends (Schuster & Paliwal 1997). Needs the whole
 * sequence before it can give its first output, so it cannot stream.
 *
 *   h_t = [h→_t ; h←_t]
 *
 * h→ reads x_1 … x_L and h← reads x_L … x_1, where L is the sequence's own length: the backward cell starts
 * at the end of the sequence, never in its padding. Past the end h is zero.
 */
import { EngineError, expectShape } from './errors.js';
import {
  acceptLengths,
  addReversed,
  addWithin,
  backwardWithLengths,
  forwardWithLengths,
} from './lengths.js';
import type { Arena } from './arena.js';
import type { Arrays, Dims } from './alphabet.js';
import type { Cell, CellNames, Given, Gradients, Parameters, Upstream } from './cell.js';
import type { Lengths, LengthsRun } from './lengths.js';

/** One thing for each direction. */
export interface Both<Thing> {
  /** Of the cell that reads from the first step. */
  readonly forward: Thing;
  /** Of the cell that reads from the last step. */
  readonly backward: Thing;
}

/** What goes into both directions: x, the lengths of the sequences and, optionally, where each direction starts. */
export interface BidirectionalGiven<N extends CellNames> {
  /** (T,B,D) */
  readonly x: Float64Array;
  /** (B), each 1 … T; absent: all T. */
  readonly lengths?: Lengths;
  /** Initial states (B,H) of each direction; absent ones are zero. */
  readonly initial?: Partial<Both<Partial<Arrays<N['initial']>>>>;
}

/** What both directions gave, and what bidirectionalBackward needs. Lives as long as its arena's scope. */
export interface BidirectionalRun<N extends CellNames> {
  /** The cell that ran, in both directions. */
  readonly cell: Cell<N>;
  /** The sizes; H is that of one direction. */
  readonly dims: Dims;
  /** (B): how many steps each sequence has. */
  readonly lengths: Lengths;
  /** (T,B,2H): [h→ ; h←] in time order, zero past each sequence's end. */
  readonly h: Float64Array;
  /** Final states (B,H) of each direction: h→ at the sequence's end, h← after x_1. */
  readonly finals: Both<Arrays<N['final']>>;
  /** Each direction's own pass; the backward one in its own order of reading. */
  readonly runs: Both<LengthsRun<N>>;
}

/** dL/d(output) for h and for the final states of each direction; an absent one is zero. */
export interface BidirectionalUpstream<N extends CellNames> {
  /** dL/dh (T,B,2H) */
  readonly h?: Float64Array;
  /** dL/d(final state) (B,H) of each direction. */
  readonly finals?: Partial<Both<Partial<Arrays<N['final']>>>>;
}

/** What bidirectionalBackward gives: x once, for both directions; all else for each of them. */
export interface BidirectionalGradients<N extends CellNames> {
  /** dL/dx (T,B,D): what both directions send back. */
  readonly x: Float64Array;
  /** The forward direction's parameters and initial states, and what it sends back to x. */
  readonly forward: Gradients<N>;
  /** The same of the backward direction; its own x is in its order of reading. */
  readonly backward: Gradients<N>;
}

/** to += from, `width` columns of every row; of each side its row's width and its first column. */
function addColumns(
  to: Float64Array,
  [toWidth, toStart]: readonly [number, number],
  from: Float64Array,
  [fromWidth, fromStart]: readonly [number, number],
  width: number,
): void {
  const rows = to.length / toWidth;
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < width; j++)
      to[row * toWidth + toStart + j] += from[row * fromWidth + fromStart + j];
}

const hOf = <N extends CellNames>({ outputs }: LengthsRun<N>): Float64Array =>
  (outputs as Arrays).h;

/**
 * Both directions over the sequence: h_t = [h→_t ; h←_t] (Schuster & Paliwal 1997). In `dims`, H is the hidden size
 * of one direction. The backward direction starts at each sequence's own end.
 *
 * @example
 * ```ts
 * import { Arena, bidirectional, bidirectionalBackward, createParameters, lstm, rng } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { T: 3, B: 1, D: 2, H: 4 };
 * const [forward, backward] = [1, 2].map((seed) =>
 *   createParameters(arena, lstm, dims, { random: rng(seed) }),
 * );
 * const given = { x: new Float64Array(3 * 2).fill(1) };
 * const run = bidirectional(arena, lstm, dims, { forward, backward }, given);
 * run.h.length; // → 3 * 1 * 2 * 4
 * const upstream = { h: new Float64Array(3 * 1 * 2 * 4).fill(1) };
 * bidirectionalBackward(arena, run, upstream).x.length; // → 3 * 2
 * ```
 *
 * @throws {EngineError} if lengths or array lengths do not fit.
 */
export function bidirectional<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  dims: Dims,
  parameters: Both<Parameters<N>>,
  given: BidirectionalGiven<N>,
): BidirectionalRun<N> {
  const { T, B, D, H } = dims;
  const lengths = acceptLengths(dims, given.lengths);
  expectShape('x', given.x, ['T', 'B', 'D'], dims);
  const xReversed = arena.alloc('tape', T * B * D);
  addReversed(xReversed, given.x, D, lengths);
  const run = (way: keyof Both<unknown>, x: Float64Array): LengthsRun<N> =>
    forwardWithLengths(
      arena,
      cell,
      dims,
      parameters[way],
      { ...given.initial?.[way], x } as Given<N>,
      given.lengths,
    );
  const runs = { forward: run('forward', given.x), backward: run('backward', xReversed) };

  const h = arena.alloc('tape', T * B * 2 * H);
  const inTime = arena.alloc('tape', T * B * H);
  addReversed(inTime, hOf(runs.backward), H, lengths);
  addColumns(h, [2 * H, 0], hOf(runs.forward), [H, 0], H); // h_t = [h→_t ; h←_t]
  addColumns(h, [2 * H, H], inTime, [H, 0], H);
  arena.free(inTime);
  return {
    cell,
    dims,
    lengths,
    h,
    finals: { forward: runs.forward.finals, backward: runs.backward.finals },
    runs,
  };
}

/**
 * Backward from dL/dh (T,B,2H) and dL/d(final state) (B,H) to x, and to the parameters and initial states of both
 * directions. @throws {EngineError} if an array's length is not its shape's.
 */
export function bidirectionalBackward<N extends CellNames>(
  arena: Arena,
  run: BidirectionalRun<N>,
  upstream: BidirectionalUpstream<N>,
): BidirectionalGradients<N> {
  const { cell, dims, lengths, runs } = run;
  const { T, B, D, H } = dims;
  const dx = arena.alloc('gradients', T * B * D);
  const dhForward = arena.alloc('workspace', T * B * H);
  const dhInTime = arena.alloc('workspace', T * B * H);
  const dhBackward = arena.alloc('workspace', T * B * H);
  if (upstream.h) {
    if (upstream.h.length !== T * B * 2 * H)
      throw new EngineError(
        `Expected the gradient of h to be (T,B,2H) = (${T},${B},${2 * H}), ${T * B * 2 * H} numbers, got ${upstream.h.length}.`,
      );
    addColumns(dhForward, [H, 0], upstream.h, [2 * H, 0], H); // dh_t = [dh→_t ; dh←_t]
    addColumns(dhInTime, [H, 0], upstream.h, [2 * H, H], H);
    addReversed(dhBackward, dhInTime, H, lengths);
  }
  const back = (way: keyof Both<unknown>, h: Float64Array): Gradients<N> =>
    backwardWithLengths(arena, cell, runs[way], {
      ...upstream.finals?.[way],
      h,
    } as unknown as Upstream<N>).gradients;
  const forward = back('forward', dhForward);
  const backward = back('backward', dhBackward);
  for (const array of [dhForward, dhInTime, dhBackward]) arena.free(array);
  addWithin(dx, (forward as Arrays).x, D, lengths); // dx = dx→ + dx←
  addReversed(dx, (backward as Arrays).x, D, lengths);
  return { x: dx, forward, backward };
}
