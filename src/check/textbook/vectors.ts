/** The few vector operations of the textbook, over any algebra, written to be read. */
import type { Algebra } from '../algebra.js';

export type Vec<S> = readonly S[];
export type Mat<S> = readonly Vec<S>[];

/** A flat row-major array as rows: (m·n) → (m, n). */
export const rows = <S>(flat: Vec<S>, m: number): Mat<S> => {
  const n = m === 0 ? 0 : flat.length / m;
  return Array.from({ length: m }, (_, j) => flat.slice(j * n, (j + 1) * n));
};

/** Elementwise combination of two vectors of one length. */
export const zip = <A, B, C>(a: Vec<A>, b: Vec<B>, f: (a: A, b: B) => C): C[] =>
  a.map((value, j) => f(value, b[j]!));

export const add = <S>(ops: Algebra<S>, a: Vec<S>, b: Vec<S>): S[] => zip(a, b, ops.add);
export const sub = <S>(ops: Algebra<S>, a: Vec<S>, b: Vec<S>): S[] => zip(a, b, ops.sub);
/** The Hadamard product a ⊙ b. */
export const mul = <S>(ops: Algebra<S>, a: Vec<S>, b: Vec<S>): S[] => zip(a, b, ops.mul);

/** aᵀ b. */
export const dot = <S>(ops: Algebra<S>, a: Vec<S>, b: Vec<S>): S => ops.product([a], b)[0]!;

/** W v + b. */
export const affine = <S>(ops: Algebra<S>, W: Mat<S>, v: Vec<S>, b: Vec<S>): S[] =>
  add(ops, ops.product(W, v), b);
