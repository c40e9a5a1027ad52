import type { Vector } from 'bptt/kata';

export interface RelativeErrorInput {
  analytic: Vector;
  numeric: Vector;
}

export function relativeError({ analytic, numeric }: RelativeErrorInput): {
  maxError: number;
  worstIndex: number;
} {
  let norm = 0; // ‖n‖∞
  for (const n of numeric) norm = Math.max(norm, Math.abs(n));

  let maxError = 0;
  let worstIndex = 0;
  for (let j = 0; j < analytic.length; j++) {
    const [a, n] = [analytic[j], numeric[j]];
    if (a === n) continue; // equal, also 0 and 0: no error, and no 0 / 0
    const error = Math.abs(a - n) / (Math.max(Math.abs(a), Math.abs(n)) + 1e-4 * norm); // e = |a - n| / (max(|a|, |n|) + 1e-4 ‖n‖∞)
    if (error > maxError) [maxError, worstIndex] = [error, j];
  }
  return { maxError, worstIndex };
}
