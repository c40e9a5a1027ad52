import { NotImplemented } from 'bptt/kata';
import type { Vector } from 'bptt/kata';

/**
 * How far a gradient that you derived is from one that was measured, entry by entry.
 *
 * analytic  (H)  the entries of one gradient, as your backward pass gives them
 * numeric   (H)  the same entries by central differences
 *
 *   e_j = |a_j - n_j| / (max(|a_j|, |n_j|) + 1e-4 ‖n‖∞)   where ‖n‖∞ is the largest |n_j|
 *
 * An entry where both are exactly 0 has error 0, also when the whole gradient is 0.
 * Returns maxError, the largest e_j, and worstIndex, the first j that has it (counted from 0).
 */
export interface RelativeErrorInput {
  analytic: Vector;
  numeric: Vector;
}

export function relativeError(input: RelativeErrorInput): { maxError: number; worstIndex: number } {
  // TODO: find ‖n‖∞, then the largest e_j and where it is.
  throw new NotImplemented('relativeError');
}
