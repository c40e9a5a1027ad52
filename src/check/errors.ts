/** The error of one entry and the words for its size. */
import type { Verdict } from './gradient-report.js';

/** An error up to this against the complex step passes. */
export const complexStepTolerance = 1e-9;
/** An error up to this against differences passes. */
export const fivePointTolerance = 1e-6;

/** e = |a - n| / (max(|a|, |n|) + 1e-4 ‖n‖∞), and 1 where either is not a number. */
export function scaledError(a: number, n: number, norm: number): number {
  if (a === n) return 0;
  const error = Math.abs(a - n) / scaleOf(a, n, norm);
  return Number.isNaN(error) ? 1 : error;
}

/** What an error is measured in: max(|a|, |n|) + 1e-4 ‖n‖∞. */
export const scaleOf = (a: number, n: number, norm: number): number =>
  Math.max(Math.abs(a), Math.abs(n)) + 1e-4 * norm;

/** ‖·‖∞; NaNs are passed over. */
export const largest = (array: Float64Array): number =>
  array.reduce((max, v) => Math.max(max, Math.abs(v) || 0), 0);

/** Where the largest error is; the first of equals. */
export const worstOf = (errors: Float64Array): number =>
  errors.reduce((worst, e, j) => (e > errors[worst]! ? j : worst), 0);

export function verdictOf(error: number): Verdict {
  if (error <= 1e-9) return 'exact';
  if (error <= 1e-6) return 'ok';
  if (error <= 1e-4) return 'suspicious';
  return error <= 1e-2 ? 'likely wrong' : 'wrong';
}
