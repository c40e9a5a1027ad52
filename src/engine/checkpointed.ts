/**
 * BPTT with checkpoints (Chen et al. 2016): the forward pass keeps the state only where a stretch of
 * `every` steps starts; the backward pass computes one stretch again at a time. Memory for the tape goes
 * from T steps to T / every states and one stretch, least near every = √T, for one more forward pass.
 * The gradients are those of full BPTT, bit for bit: not an approximation, unlike truncated BPTT.
 */
import { finalOf, outputOf } from './alphabet.js';
import { acceptForward, acceptUpstream, addTo, createGradients } from './cell.js';
import { at } from './kernels/rows.js';
import { intoSegment, segmentsOf, upstreamFrom, within } from './segments.js';
import { kernels } from './kernels/current.js';
import type { Arena } from './arena.js';
import type { Arrays, Dims } from './alphabet.js';
import type { Cell, CellNames, Given, Gradients, Parameters, Upstream } from './cell.js';
import type { Segment } from './segments.js';

/**
 * What a checkpointed forward pass keeps: x and the states at the start of each stretch, O(T/k) of them, instead of
 * a tape of T steps. Backward runs each stretch forward once more.
 */
export interface CheckpointedRun<N extends CellNames> {
  /** The cell that ran. */
  readonly cell: Cell<N>;
  /** The sizes of the whole sequence. */
  readonly dims: Dims;
  /** The parameters that it ran with; backward reads them again. */
  readonly parameters: Parameters<N>;
  /** (T,B,D): the caller's array. */
  readonly x: Float64Array;
  /** The stretches, in order; each has `every` steps but the last, which may be shorter. */
  readonly segments: readonly Segment[];
  /** The states (B,H) at the start of each stretch, by the names of initial states. */
  readonly starts: readonly Arrays<N['initial']>[];
  /** The final states (B,H). */
  readonly finals: Arrays<N['final']>;
}

const states = (arena: Arena, cell: Cell, { B, H }: Dims, memoryClass: 'tape' | 'workspace') =>
  Object.fromEntries(
    Object.keys(cell.initial).map((name) => [name, arena.alloc(memoryClass, B * H)] as const),
  );

/**
 * The forward pass. `read` is called for each stretch with its outputs (length,B,·), which are gone afterwards.
 *
 * @example
 * ```ts
 * import { Arena, checkpointed, checkpointedBackward, createParameters, lstm, rng } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { T: 9, B: 1, D: 1, H: 2 };
 * const parameters = createParameters(arena, lstm, dims, { random: rng(7) });
 * const given = { x: new Float64Array(9).fill(1) };
 * const upstream = { hT: Float64Array.of(1, 1) }; // the loss is the sum of the last h
 *
 * const run = checkpointed(arena, lstm, dims, parameters, given);
 * run.segments.length; // → 3
 * const thrifty = checkpointedBackward(arena, run, upstream);
 * const full = lstm.backward(arena, lstm.forward(arena, dims, parameters, given), upstream);
 * thrifty.Wf; // → [...full.gradients.Wf]
 * ```
 *
 * @param every steps in a stretch; absent: ⌈√T⌉
 * @throws {EngineError} if `every` is no positive integer, or an array's length is not its shape's.
 */
export function checkpointed<N extends CellNames>(
  arena: Arena,
  cell: Cell<N>,
  dims: Dims,
  parameters: Parameters<N>,
  given: Given<N>,
  every: number = Math.ceil(Math.sqrt(dims.T)),
  read?: (outputs: Arrays<N['output']>, segment: Segment) => void,
): CheckpointedRun<N> {
  const plain = cell as unknown as Cell;
  const segments = segmentsOf(dims.T, every);
  const initial = acceptForward(arena, cell, dims, parameters, given);
  const starts: Arrays[] = [initial];
  for (const [m, segment] of segments.entries()) {
    const next = states(arena, plain, dims, 'tape');
    arena.scope(() => {
      const run = cell.forward(arena, { ...dims, T: segment.length }, parameters, {
        ...starts[m],
        x: within(given.x, segment, dims.T),
      } as Given<N>);
      for (const name of Object.keys(next)) next[name].set((run.finals as Arrays)[finalOf(name)]);
      read?.(run.outputs, segment);
    });
    starts.push(next);
  }
  const finals = Object.entries(starts.pop()!).map(([name, a]) => [finalOf(name), a]);
  return {
    cell,
    dims,
    parameters,
    x: given.x,
    segments,
    starts: starts,
    finals: Object.fromEntries(finals) as Arrays<N['final']>,
  };
}

/**
 * The backward pass, from gradients on whole outputs (T,B,·) and final states.
 *
 * Why the bits are those of full BPTT: there, what reaches a state starts as its own upstream gradient and
 * the terms from the step after are added one by one. So a stretch is handed the row of the state before
 * it, already holding that state's own upstream gradient, to add to; and the stretch before takes the
 * row as the gradient of its final state, with no upstream gradient of its own left in its last step.
 * @throws {EngineError} if an array's length is not its shape's.
 */
export function checkpointedBackward<N extends CellNames>(
  arena: Arena,
  run: CheckpointedRun<N>,
  upstream: Upstream<N>,
): Gradients<N> {
  const { cell, dims, parameters, segments } = run;
  const { T, B, H, O = 0 } = dims;
  const plain = cell as unknown as Cell;
  acceptUpstream(cell, dims, upstream);
  const gradients = createGradients(arena, cell, { dims, parameters });
  const partOf = upstreamFrom(cell, dims, upstream);
  const given = upstream as Partial<Arrays>;
  const { Why } = parameters as Partial<Arrays>;
  const names = Object.keys(cell.initial);
  let arriving = states(arena, plain, dims, 'workspace');
  let leaving = states(arena, plain, dims, 'workspace');

  for (let m = segments.length - 1; m >= 0; m--) {
    const segment = segments[m];
    const [length, last] = [segment.length, segment.start + segment.length - 1];
    arena.scope(() => {
      const again = cell.forward(arena, { ...dims, T: length }, parameters, {
        ...run.starts[m],
        x: within(run.x, segment, T),
      });
      const own: Record<string, Float64Array> = { ...(partOf(again.outputs, segment) as Arrays) };
      if (m < segments.length - 1) {
        for (const [name, array] of Object.entries(own)) {
          own[name] = arena.alloc('workspace', array.length);
          own[name].set(array.subarray(0, (array.length / length) * (length - 1)));
        }
        for (const name of names) own[finalOf(name)] = arriving[name];
        const dy = given.y && at(given.y, last, B * O);
        if (dy) {
          const { Why: dWhy, by: dby } = gradients as Arrays & { by?: Float64Array };
          kernels.addAtB(
            dWhy,
            H,
            dy,
            O,
            at((again.outputs as Arrays).h, length - 1, B * H),
            H,
            O,
            H,
            B,
          ); // dWhy = Σ_t dy_t h_tᵀ
          if (dby) kernels.addRows(dby, dy, O, B); // dby = Σ_t dy_t
        }
      }
      let initial = gradients as Arrays;
      if (m > 0) {
        initial = leaving;
        for (const name of names) {
          const above = given[outputOf(name)];
          leaving[name].fill(0);
          if (above) addTo(leaving[name], at(above, segment.start - 1, B * H));
        }
        const dy = given.y && at(given.y, segment.start - 1, B * O);
        if (dy && Why) kernels.addAB(leaving.h0, H, dy, O, Why, H, B, H, O); // dh += Whyᵀ dy
      }
      const reached = Object.fromEntries(names.map((name) => [name, initial[name]]));
      const into = intoSegment(gradients, segment, T, reached);
      cell.backward(arena, { ...again, into }, own as Upstream<N>);
    });
    [arriving, leaving] = [leaving, arriving];
  }
  for (const array of [...Object.values(arriving), ...Object.values(leaving)]) arena.free(array);
  return gradients;
}
