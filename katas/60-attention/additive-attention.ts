import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * Additive attention (Bahdanau 2015) of one query over the states of an encoder. No biases.
 *
 * s   (H)     the state that asks: the decoder's
 * hs  (S, V)  the states that answer, one for each source position
 * Ws  (K, H)  on s
 * Wh  (K, V)  on each state
 * v   (K)     makes one score of the two
 *
 * Returns context (V), the weighed mean of hs, and weights (S), which sum to 1; both fresh.
 */
export interface AdditiveAttentionInput {
  s: Vector;
  hs: Sequence;
  Ws: Matrix;
  Wh: Matrix;
  v: Vector;
}

export interface AdditiveAttentionOutput {
  context: Vector;
  weights: Vector;
}

export function additiveAttention(input: AdditiveAttentionInput): AdditiveAttentionOutput {
  // TODO: one score for each state from a small tanh layer, softmax, then the mean of the states.
  throw new NotImplemented('additiveAttention');
}
