/** Vector operations for definitions: mistakes are written with them, close to the equations. */
import type { Matrix, Vector } from './values.js';

/** f applied to every element. */
export const map = (a: Vector, f: (v: number) => number): Vector => a.map((v) => f(v));

/** f applied to pairs of elements. */
export const zip = (a: Vector, b: Vector, f: (u: number, v: number) => number): Vector =>
  a.map((u, j) => f(u, b[j]!));

/** a + b. */
export const plus = (a: Vector, b: Vector): Vector => zip(a, b, (u, v) => u + v);

/** a ⊙ b. */
export const times = (a: Vector, b: Vector): Vector => zip(a, b, (u, v) => u * v);

/** W v: (m, n), (n) → (m). */
export const product = (W: Matrix, v: Vector): Vector =>
  Float64Array.from(W, (row) => row.reduce((sum, w, k) => sum + w * v[k]!, 0));

/** Wᵀ v: (m, n), (m) → (n). */
export const transposedProduct = (W: Matrix, v: Vector): Vector =>
  W.reduce((sum, row, j) => sum.map((s, k) => s + row[k]! * v[j]!), new Float64Array(W[0]!.length));

/** a bᵀ: (m), (n) → (m, n). */
export const outer = (a: Vector, b: Vector): Matrix => Array.from(a, (u) => b.map((v) => u * v));

/** A + B for matrices of one shape. */
export const plusMatrix = (A: Matrix, B: Matrix): Matrix => A.map((row, j) => plus(row, B[j]!));

/** s A. */
export const scaleMatrix = (A: Matrix, s: number): Matrix => A.map((row) => row.map((v) => s * v));

/** Aᵀ: (m, n) → (n, m). */
export const transposed = (A: Matrix): Matrix =>
  Array.from(A[0]!, (_, k) => Float64Array.from(A, (row) => row[k]!));

/** A B: (m, n), (n, p) → (m, p). */
export const matrixProduct = (A: Matrix, B: Matrix): Matrix =>
  A.map((row) => transposedProduct(B, row));

/** softmax(a): shares of one, from the distances to the largest entry. */
export const softmax = (a: Vector): Vector => {
  const e = map(a, (v) => Math.exp(v - Math.max(...a)));
  const sum = e.reduce((total, v) => total + v, 0);
  return map(e, (v) => v / sum);
};

/** A matrix of the same shape, filled with one number. */
export const filledLike = (A: Matrix, value: number): Matrix =>
  A.map((row) => row.map(() => value));

/** Whether two vectors agree to 1e-9 of the larger one. */
export const close = (a: Vector, b: Vector): boolean => {
  const scale = Math.max(...a.map(Math.abs), ...b.map(Math.abs), 1e-300);
  return a.length === b.length && a.every((v, j) => Math.abs(v - b[j]!) <= 1e-9 * scale);
};
