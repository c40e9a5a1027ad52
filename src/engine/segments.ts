/**
 * A sequence cut into stretches of steps, for the tools that run a cell piece by piece: which steps a
 * stretch has, and its part of the upstream gradients. It computes nothing.
 */
import { outputOf } from './alphabet.js';
import { EngineError } from './errors.js';
import { at } from './kernels/rows.js';
import type { Arrays, Dims } from './alphabet.js';
import type { Cell, CellNames, GradientSlab, Upstream } from './cell.js';

/** Steps start … start + length - 1, counted from 0. */
export interface Segment {
  /** The first step, counted from 0. */
  readonly start: number;
  /** How many steps. */
  readonly length: number;
}

/** @throws {EngineError} unless k, a number of steps, is a positive integer. */
export function expectSteps(k: number): void {
  if (!Number.isSafeInteger(k) || k < 1)
    throw new EngineError(`Expected the number of steps to be a positive integer, got ${k}.`);
}

/** Stretches of k steps; the last may be shorter. @throws {EngineError} unless k is a positive integer. */
export function segmentsOf(T: number, k: number): Segment[] {
  expectSteps(k);
  return Array.from({ length: Math.ceil(T / k) }, (_, m) => ({
    start: m * k,
    length: Math.min(k, T - m * k),
  }));
}

/** The rows of a stretch in a time-major array (T,B,·): a view. */
export const within = (array: Float64Array, { start, length }: Segment, T: number): Float64Array =>
  array.subarray((start * array.length) / T, ((start + length) * array.length) / T);

/** dL/d(output) of a stretch, from its outputs (length,B,·) and where it lies. */
export type UpstreamOf<N extends CellNames> = (
  outputs: Arrays<N['output']>,
  segment: Segment,
) => Upstream<N>;

/** Gradients of a whole sequence, (T,B,·) and final states, handed out stretch by stretch; final states to the last. */
export const upstreamFrom =
  <N extends CellNames>(cell: Cell<N>, { T }: Dims, upstream: Upstream<N>): UpstreamOf<N> =>
  (_, segment) => {
    const given = Object.entries<Float64Array | undefined>(upstream);
    const last = segment.start + segment.length === T;
    const parts = given.flatMap(([name, array]) => {
      if (!array) return [];
      if (name in cell.outputs) return [[name, within(array, segment, T)] as const];
      return last ? [[name, array] as const] : [];
    });
    return Object.fromEntries(parts) as Upstream<N>;
  };

/** Where a stretch accumulates: the whole's parameters, its own rows of x, and `initial` for what leaves it. */
export const intoSegment = <N extends CellNames>(
  whole: GradientSlab<N>,
  segment: Segment,
  T: number,
  initial: Arrays,
): GradientSlab<N> => ({ ...whole, ...initial, x: within((whole as Arrays).x, segment, T) });

/** The states after step t (0 … T-1) as initial states: h0 is h at t. */
export const statesAfter = (cell: Cell, outputs: Arrays, t: number, { B, H }: Dims): Arrays =>
  Object.fromEntries(
    Object.keys(cell.initial).map((name) => [name, at(outputs[outputOf(name)], t, B * H)]),
  );
