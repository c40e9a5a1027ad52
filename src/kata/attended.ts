/**
 * Attention through the engine in a kata's terms: one sequence, heads side by side in the columns, rows of
 * Q, K and V as positions. What the katas of attention compare with; the cells are in reference.ts.
 */
import { Arena, attention, attentionBackward } from '../engine/index.js';
import { flat, rows } from './reference.js';
import type { Mask } from '../engine/index.js';
import type { Matrix } from './values.js';

/** Queries, keys and values of one sequence, a position in a row: N heads of K or V columns side by side. */
export interface Attended {
  /** (T, N*K) */
  readonly Q: Matrix;
  /** (S, N*K) */
  readonly K: Matrix;
  /** (S, N*V) */
  readonly V: Matrix;
}

function run({ Q, K, V }: Attended, heads: number, mask: Mask) {
  const arena = new Arena();
  const [dk, dv] = [Q[0]!.length / heads, V[0]!.length / heads];
  const dims = { Tq: Q.length, Tk: K.length, B: 1, heads, dk, dv };
  return { arena, run: attention(arena, dims, { Q: flat(Q), K: flat(K), V: flat(V) }, mask) };
}

/** O (T, N*V), and P (T, S) of the first head. */
export function attentionByEngine(
  given: Attended,
  { heads = 1, causal = false }: { readonly heads?: number; readonly causal?: boolean } = {},
): { O: Matrix; P: Matrix } {
  const { out, weights } = run(given, heads, { causal }).run;
  const O = rows(out, given.V[0]!.length);
  return { O, P: rows(weights, given.K.length).slice(0, given.Q.length) };
}

/** dQ, dK and dV of one head from dL/dO (T, V), with the weights P (T, S) that are handed in. */
export function backThroughAttention(
  given: Attended & { readonly P: Matrix; readonly dO: Matrix },
): { dQ: Matrix; dK: Matrix; dV: Matrix } {
  const { arena, run: forward } = run(given, 1, {});
  forward.weights.set(flat(given.P));
  const d = attentionBackward(arena, forward, flat(given.dO));
  const [K, V] = [given.Q[0]!.length, given.V[0]!.length];
  return { dQ: rows(d.Q, K), dK: rows(d.K, K), dV: rows(d.V, V) };
}
