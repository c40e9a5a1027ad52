import type { Vector } from 'bptt/kata';

export interface StableSoftmaxInput {
  x: Vector;
}

export function stableSoftmax({ x }: StableSoftmaxInput): { p: Vector } {
  const m = Math.max(...x); // the largest exponent becomes 0: nothing overflows, and the sum is at least 1
  const e = x.map((v) => Math.exp(v - m)); // e^{x_j - m}
  const sum = e.reduce((total, v) => total + v, 0);
  return { p: e.map((v) => v / sum) }; // p_j = e^{x_j - m} / Σ_k e^{x_k - m}
}
