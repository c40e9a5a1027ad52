import { NotImplemented } from 'bptt/kata';
import type { Matrix } from 'bptt/kata';

/**
 * Causal self-attention of one head: as scaled dot-product attention, but step i sees the keys of the
 * steps 1 … i only, its own included. The weights of later steps are exactly 0.
 *
 * Q  (T, K)  the queries in rows; the size K is also called d_k
 * K  (T, K)  the keys of the same T steps
 * V  (T, V)  their values
 *
 * Returns O (T, V), the outputs, and P (T, T), the weights; all rows are fresh vectors.
 */
export interface CausalAttentionInput {
  Q: Matrix;
  K: Matrix;
  V: Matrix;
}

export function causalAttention(input: CausalAttentionInput): { O: Matrix; P: Matrix } {
  // TODO: as without a mask, but no step may look ahead; rows of P still sum to 1.
  throw new NotImplemented('causalAttention');
}
