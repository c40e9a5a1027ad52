/**
 * What a learner's file may import as `bptt/kata`: the types of the values, NotImplemented, and a few
 * vector helpers. It imports nothing, so that the host can bundle it with the learner's file even
 * before anything is installed in the workspace.
 */

/** A vector: (n). */
export type Vector = Float64Array;
/** A matrix by rows: (m, n), so `W[j][k]` reads like the equation. */
export type Matrix = Float64Array[];
/** A sequence of vectors, one per time step: (T, n). */
export type Sequence = Float64Array[];

/** Thrown by a stub: the check then says «not implemented» instead of «failed». */
export class NotImplemented extends Error {
  /** Always NotImplemented. */
  override readonly name = 'NotImplemented';
  /**
   * «… is not implemented yet.»
   * @param what what is missing, as the sentence's subject
   */
  constructor(what = 'This kata') {
    super(`${what} is not implemented yet.`);
  }
}

/** A vector of zeros: (n). */
export const zeros = (n: number): Vector => new Float64Array(n);

/** A matrix of zeros: (m, n), m rows of their own. */
export const zeroMatrix = (m: number, n: number): Matrix =>
  Array.from({ length: m }, () => new Float64Array(n));

/**
 * One vector behind the other, [a, b]: from (m) and (n) to (m + n).
 *
 * @example
 * ```ts
 * import { concat } from 'bptt/kata';
 *
 * concat(Float64Array.of(1, 2), Float64Array.of(3)); // → [1, 2, 3]
 * ```
 */
export function concat(a: Vector, b: Vector): Vector {
  const joined = new Float64Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/**
 * σ(x) = 1 / (1 + e^-x), without overflow on either side.
 *
 * @example
 * ```ts
 * import { sigmoid } from 'bptt/kata';
 *
 * sigmoid(0); // → 0.5
 * sigmoid(-1e9); // → 0
 * ```
 */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}
