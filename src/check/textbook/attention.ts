/**
 * Attention once more, straight from the equations, one query of one sequence at a time, over any
 * algebra. Slow, and independent of the engine: no shared code, no slabs, no kernels, its own sums.
 */
import { add, affine, dot } from './vectors.js';
import type { Algebra } from '../algebra.js';
import type { Mat, Vec } from './vectors.js';

/** softmax of the scores that are there; undefined stands for a masked one and gets the weight zero. */
export function softmax<S>(ops: Algebra<S>, scores: readonly (S | undefined)[]): S[] {
  const zero = ops.constant(0);
  const visible = scores.filter((s): s is S => s !== undefined);
  if (visible.length === 0) return scores.map(() => zero);
  const top = visible.reduce((a, b) => ops.max(a, b));
  const e = scores.map((s) => (s === undefined ? zero : ops.exp(ops.sub(s, top))));
  const total = e.reduce(ops.add, zero);
  return e.map((value) => ops.div(value, total));
}

/** Σ_j w_j V_j, which is Vᵀ w. */
export const weighted = <S>(ops: Algebra<S>, w: Vec<S>, V: Mat<S>): S[] =>
  ops.product(
    V[0]!.map((_, k) => V.map((row) => row[k]!)),
    w,
  );

/** One query over rows of keys and values: softmax(q · k_j / √dk) V, over the keys that it may see. */
export function attendTo<S>(
  ops: Algebra<S>,
  q: Vec<S>,
  K: Mat<S>,
  V: Mat<S>,
  sees: (j: number) => boolean,
): S[] {
  const root = ops.sqrt(ops.constant(q.length));
  const scores = K.map((k, j) => (sees(j) ? ops.div(dot(ops, q, k), root) : undefined));
  return weighted(ops, softmax(ops, scores), V);
}

/** One query by Bahdanau's score, va · tanh(Wa s + Ua h_t + ba), over states h: the context. */
export function attendAdditively<S>(
  ops: Algebra<S>,
  { Wa, Ua, ba, va }: { Wa: Mat<S>; Ua: Mat<S>; ba: Vec<S>; va: Vec<S> },
  s: Vec<S>,
  h: Mat<S>,
): S[] {
  const none = ba.map(() => ops.constant(0));
  const scores = h.map((state) =>
    dot(ops, va, add(ops, affine(ops, Wa, s, ba), affine(ops, Ua, state, none)).map(ops.tanh)),
  );
  return weighted(ops, softmax(ops, scores), h);
}
