import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * Attention of one query in one pass, as in FlashAttention: the scores come in T blocks of S, and no
 * block is seen twice. Three things travel from block to block: the largest score so far, m; the sum of
 * e^(s - m) over the scores so far, l; and the sum of e^(s - m) times the values so far, in o.
 *
 * scores  (T, S)    row t is block t
 * values  (T*S, V)  row t*S + j is the value of scores[t][j]
 *
 * Returns o (V), the mean of all values weighed with the softmax of all T*S scores, and what had
 * travelled after each block: ms (T), the maxima, and ls (T), the sums. All fresh.
 */
export interface OnlineSoftmaxInput {
  scores: Matrix;
  values: Matrix;
}

export interface OnlineSoftmaxOutput {
  o: Vector;
  ms: Vector;
  ls: Vector;
}

export function onlineSoftmax(input: OnlineSoftmaxInput): OnlineSoftmaxOutput {
  // TODO: block by block; when the maximum rises, what has been summed so far must shrink.
  throw new NotImplemented('onlineSoftmax');
}
