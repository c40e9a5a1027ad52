import { NotImplemented } from 'bptt/kata';
import type { Matrix } from 'bptt/kata';

/**
 * Scaled dot-product attention: every query takes a weighed mean of the values, and weighs them by how
 * well their keys answer it. O = P V with P = softmax(Q Kᵀ / √K), row by row; no mask.
 *
 * Q  (T, K)  T queries in rows; the size K is also called d_k
 * K  (S, K)  S keys in rows
 * V  (S, V)  their values in rows
 *
 * Returns O (T, V), one output for each query, and P (T, S), the weights; all rows are fresh vectors.
 */
export interface ScaledDotProductInput {
  Q: Matrix;
  K: Matrix;
  V: Matrix;
}

export function scaledDotProduct(input: ScaledDotProductInput): { O: Matrix; P: Matrix } {
  // TODO: scores, softmax over the keys, then the mean of the values.
  throw new NotImplemented('scaledDotProduct');
}
