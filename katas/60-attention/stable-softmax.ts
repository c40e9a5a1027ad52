import { NotImplemented } from 'bptt/kata';
import type { Vector } from 'bptt/kata';

/**
 * The softmax of one row of scores, for any scores that a Float64Array can hold: p_j = e^{x_j} / Σ_k e^{x_k}.
 *
 * x  (S)  the scores, of any size: 1000 and -1000 are scores too
 *
 * Returns a fresh vector p (S): positive shares that sum to 1; x stays as it is.
 */
export interface StableSoftmaxInput {
  x: Vector;
}

export function stableSoftmax(input: StableSoftmaxInput): { p: Vector } {
  // TODO: exponentials that cannot overflow, then divide by their sum.
  throw new NotImplemented('stableSoftmax');
}
