/**
 * Truncated BPTT for any cell, in its two forms (Williams & Peng 1990): the state is carried forward over
 * the whole sequence, but gradient stops after k steps, so nothing earlier is given credit.
 *
 * - `truncated`: the state is detached every k steps; a loss sees 1 … k steps back, by where it falls.
 *   Streams: one stretch of k steps is on the tape at a time. With k >= T it is full BPTT, bit for bit.
 * - `slidingWindow`: every step's loss sees exactly the last k steps. k times the work.
 *
 * The two give different gradients, and neither is the gradient of the loss while k < T.
 */
import { finalOf } from './alphabet.js';
import { acceptForward, acceptUpstream, addTo, createGradients } from './cell.js';
import { at } from './kernels/rows.js';
import { expectSteps, intoSegment, segmentsOf, statesAfter, within } from './segments.js';
import type { Arena } from './arena.js';
import type { Arrays, Dims } from './alphabet.js';
import type { Cell, CellNames, Given, Gradients, Parameters, Run, Upstream } from './cell.js';
import type { UpstreamOf } from './segments.js';

/** What truncated BPTT gives: gradients that stop at the borders of the stretches, and where to go on from. */
export interface TruncatedResult<N extends CellNames> {
  /** dL/d(name): of parameters, x (T,B,D) and initial states (B,H). */
  readonly gradients: Gradients<N>;
  /** The final states (B,H), to go on from. */
  readonly finals: Arrays<N['final']>;
}

const stateArrays = (arena: Arena, cell: Cell, { B, H }: Dims): Arrays =>
  Object.fromEntries(
    Object.keys(cell.initial).map((name) => [name, arena.alloc('state', B * H)] as const),
  );

/**
 * Forward and backward over stretches of k steps, each from the detached state of the one before.
 * `upstreamOf` is called once for each stretch, in order, with its outputs: they are gone afterwards.
 *
 * @example
 * ```ts
 * import { Arena, createParameters, rng, rnn, truncated, upstreamFrom } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { T: 6, B: 1, D: 1, H: 2 };
 * const parameters = createParameters(arena, rnn, dims, { random: rng(7) });
 * const upstream = { hT: Float64Array.of(1, 1) }; // the loss is the sum of the last h
 * const upstreamOf = upstreamFrom(rnn, dims, upstream);
 * const given = { x: new Float64Array(6).fill(1) };
 * const { gradients } = truncated(arena, rnn, dims, parameters, given, 2, upstreamOf);
 * gradients.x.subarray(0, 4); // → [0, 0, 0, 0]
 * ```
 *
 * @param k steps in a stretch; the last one may be shorter
 * @throws {EngineError} if k is no positive integer, or an array's length is not its shape's.
 */
export function truncated<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  dims: Dims,
  parameters: Parameters<N>,
  given: Given<N>,
  k: number,
  upstreamOf: UpstreamOf<N>,
): TruncatedResult<N> {
  const initial = acceptForward(arena, cell, dims, parameters, given);
  const gradients = createGradients(arena, cell, { dims, parameters });
  const carried = stateArrays(arena, cell, dims);
  for (const [name, array] of Object.entries<Float64Array>(initial)) carried[name].set(array);
  for (const segment of segmentsOf(dims.T, k))
    arena.scope(() => {
      const x = within(given.x, segment, dims.T);
      const own: Dims = { ...dims, T: segment.length };
      const run = cell.forward(arena, own, parameters, { x, ...carried } as Given<N>);
      const cut = segment.start > 0; // what would go on to earlier stretches is dropped
      const leaving = cut ? stateArrays(arena, cell, dims) : (gradients as Arrays);
      const into = intoSegment(gradients, segment, dims.T, pick(leaving, Object.keys(carried)));
      cell.backward(arena, { ...run, into }, upstreamOf(run.outputs, segment));
      for (const name of Object.keys(carried))
        carried[name].set((run.finals as Arrays)[finalOf(name)]);
    });
  const finals = Object.entries(carried).map(([name, array]) => [finalOf(name), array]);
  return { gradients, finals: Object.fromEntries(finals) as Arrays<N['final']> };
}

const pick = (arrays: Arrays, names: readonly string[]): Arrays =>
  Object.fromEntries(names.map((name) => [name, arrays[name]]));

/**
 * Backward through a run, each step's loss through that step and the k - 1 before it, with the states of
 * the run as they are. The upstream gradients are (T,B,·), final states (B,H). Every window is computed again, so one window of k steps is on the tape at a time.
 * @throws {EngineError} if k is no positive integer, or an array's length is not its shape's.
 */
export function slidingWindow<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  run: Run<N>,
  upstream: Upstream<N>,
  k: number,
): Gradients<N> {
  const { dims, parameters } = run;
  const { T, B } = dims;
  expectSteps(k);
  acceptUpstream(cell, dims, upstream);
  const plain = cell as unknown as Cell;
  const gradients = createGradients(arena, cell, { dims, parameters });
  const given = Object.entries<Float64Array | undefined>(upstream);
  for (let t = T - 1; t >= 0; t--)
    arena.scope(() => {
      const start = Math.max(0, t - k + 1);
      const segment = { start, length: t - start + 1 };
      const states =
        start === 0 ? (run.initial as Arrays) : statesAfter(plain, run.outputs, start - 1, dims);
      const window = cell.forward(arena, { ...dims, T: segment.length }, parameters, {
        x: within(run.x, segment, T),
        ...states,
      } as Given<N>);
      const own: Record<string, Float64Array> = {};
      for (const [name, array] of given) {
        if (!array) continue;
        if (name in cell.outputs) {
          const width = array.length / (T * B);
          const only = (own[name] = arena.alloc('workspace', segment.length * B * width));
          addTo(at(only, segment.length - 1, B * width), at(array, t, B * width)); // step t's loss, no other
        } else if (t === T - 1) own[name] = array;
      }
      const leaving =
        start === 0 ? pick(gradients, Object.keys(cell.initial)) : stateArrays(arena, plain, dims);
      const into = intoSegment(gradients, segment, T, leaving);
      cell.backward(arena, { ...window, into }, own as Upstream<N>);
    });
  return gradients;
}
