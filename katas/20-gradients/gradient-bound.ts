import { NotImplemented } from 'bptt/kata';
import type { Matrix } from 'bptt/kata';

/**
 * How large dh_T/dh_1 of an Elman network can be at most.
 *
 * Whh    (H, H)  the recurrent weights
 * steps          T, the number of steps of the sequence: 1 or more
 *
 * Returns norm = ‖Whh‖, the spectral norm (the largest singular value), to 9 digits, and
 * bound = ‖Whh‖^(T-1), which no ‖dh_T/dh_1‖ exceeds.
 */
export interface GradientBoundInput {
  Whh: Matrix;
  steps: number;
}

export function gradientBound(input: GradientBoundInput): { norm: number; bound: number } {
  // TODO: find the direction that Whh stretches most; power iteration on WhhᵀWhh does.
  throw new NotImplemented('gradientBound');
}
