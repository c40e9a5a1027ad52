import { NotImplemented } from 'bptt/kata';
import type { Matrix } from 'bptt/kata';

/**
 * Back through scaled dot-product attention, O = P V with P = softmax(Q Kᵀ / √K), whose forward pass has
 * kept P.
 *
 * Q   (T, K)  the queries; the size K is also called d_k
 * K   (S, K)  the keys
 * V   (S, V)  the values
 * P   (T, S)  the weights, each row a softmax
 * dO  (T, V)  dL/dO
 *
 * Returns dQ (T, K), dK (S, K) and dV (S, V); all rows are fresh vectors.
 */
export interface AttentionBackwardInput {
  Q: Matrix;
  K: Matrix;
  V: Matrix;
  P: Matrix;
  dO: Matrix;
}

export interface AttentionBackwardOutput {
  dQ: Matrix;
  dK: Matrix;
  dV: Matrix;
}

export function attentionBackward(input: AttentionBackwardInput): AttentionBackwardOutput {
  // TODO: to V and P, back through each row's softmax, then to Q and K.
  throw new NotImplemented('attentionBackward');
}
