/**
 * Layers on top of each other: the h of layer l is the x of layer l+1. Any cells, each layer with its own
 * kind and hidden size. Not a new cell: what streams through one layer streams through all.
 */
import { EngineError } from './errors.js';
import { backwardWithLengths, forwardWithLengths } from './lengths.js';
import type { Arena } from './arena.js';
import type { Arrays, Dims } from './alphabet.js';
import type { BackwardResult, Cell, CellNames, Given, Parameters, Upstream } from './cell.js';
import type { Lengths, LengthsRun } from './lengths.js';

/** One layer: its cell, its hidden size and its parameters, made for D = the H of the layer below. */
export interface Layer<N extends CellNames = CellNames> {
  /** Any cell: layers may be of different kinds. */
  readonly cell: Cell<N>;
  /** Its hidden size, which is the D of the layer above. */
  readonly H: number;
  /** Made by createParameters for this layer's own D and H. */
  readonly parameters: Parameters<N>;
}

/** What goes into a stack: x for the lowest layer, the lengths of the sequences and, optionally, initial states. */
export interface StackedGiven {
  /** (T,B,D) */
  readonly x: Float64Array;
  /** (B), each 1 … T; absent: all T. */
  readonly lengths?: Lengths;
  /** Initial states (B,H) of each layer, lowest first; absent ones are zero. */
  readonly initial?: readonly (Partial<Arrays> | undefined)[];
}

/** What every layer gave, and what stackedBackward needs. Lives as long as its arena's scope. */
export interface StackedRun {
  /** The layers that ran, lowest first. */
  readonly layers: readonly Layer[];
  /** The h (T,B,H) of the highest layer. */
  readonly h: Float64Array;
  /** Final states (B,H) of each layer, lowest first. */
  readonly finals: readonly Arrays[];
  /** Each layer's own pass, lowest first. */
  readonly runs: readonly LengthsRun<CellNames>[];
}

/** dL/d(output) for the highest layer's h and for the final states of every layer; an absent one is zero. */
export interface StackedUpstream {
  /** dL/dh (T,B,H) of the highest layer. */
  readonly h?: Float64Array;
  /** dL/d(final state) (B,H) of each layer, lowest first. */
  readonly finals?: readonly (Partial<Arrays> | undefined)[];
}

/** What stackedBackward gives: x of the lowest layer, and each layer's own gradients. */
export interface StackedGradients {
  /** dL/dx (T,B,D) */
  readonly x: Float64Array;
  /** What each layer's backward gave, lowest first: parameters, initial states, and its own x. */
  readonly layers: readonly BackwardResult<CellNames>[];
}

/**
 * Layers on top of each other: the h of one is the x of the next. D in `dims` is the input size of the lowest.
 *
 * @example
 * ```ts
 * import { Arena, cells, createParameters, rng, stacked, stackedBackward } from 'bptt';
 *
 * const arena = new Arena();
 * const [T, B, D, H] = [5, 1, 3, 4];
 * const layers = [D, H].map((D, l) => ({
 *   cell: cells.lstm,
 *   H,
 *   parameters: createParameters(arena, cells.lstm, { T, B, D, H }, { random: rng(l) }),
 * }));
 * const run = stacked(arena, layers, { T, B, D }, { x: new Float64Array(T * B * D) });
 * run.h.length; // → 5 * 1 * 4
 * const { x } = stackedBackward(arena, run, { h: new Float64Array(T * B * H).fill(1) });
 * x.length; // → 5 * 1 * 3
 * ```
 *
 * @throws {EngineError} if there is no layer, or if lengths or array lengths do not fit.
 */
export function stacked(
  arena: Arena,
  layers: readonly Layer[],
  dims: Pick<Dims, 'T' | 'B' | 'D'>,
  given: StackedGiven,
): StackedRun {
  if (layers.length === 0) throw new EngineError('Expected at least one layer, got none.');
  const runs: LengthsRun<CellNames>[] = [];
  let { x } = given;
  let { D } = dims;
  for (const [l, { cell, H, parameters }] of layers.entries()) {
    const own: Given<CellNames> = { ...(given.initial?.[l] as Arrays | undefined), x };
    const run = forwardWithLengths(arena, cell, { ...dims, D, H }, parameters, own, given.lengths);
    runs.push(run);
    x = run.outputs.h; // the h of layer l is the x of layer l+1
    D = H;
  }
  return { layers, h: x, finals: runs.map(({ finals }) => finals), runs };
}

/**
 * Backward from dL/dh (T,B,H) of the highest layer and dL/d(final state) (B,H) to x, and to every layer's parameters
 * and initial states. @throws {EngineError} if an array's length is not its shape's.
 */
export function stackedBackward(
  arena: Arena,
  { layers, runs }: StackedRun,
  upstream: StackedUpstream,
): StackedGradients {
  const results: BackwardResult<CellNames>[] = [];
  let dh = upstream.h;
  for (let l = layers.length - 1; l >= 0; l--) {
    const own = { ...upstream.finals?.[l], ...(dh ? { h: dh } : {}) } as Upstream<CellNames>;
    const result = backwardWithLengths(arena, layers[l].cell, runs[l], own);
    results.unshift(result);
    dh = result.gradients.x; // dh of layer l-1 is dx of layer l
  }
  return { x: results[0].gradients.x, layers: results };
}
