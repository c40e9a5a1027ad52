import { zeros } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface GradientBoundInput {
  Whh: Matrix;
  steps: number;
}

export function gradientBound({ Whh, steps }: GradientBoundInput): { norm: number; bound: number } {
  let v = Float64Array.from(Whh, (_, k) => 1 / (k + 1)); // lopsided, so that no symmetry hides a direction
  let norm = 0;
  for (let round = 0; round < 5000; round++) {
    const u = transposedProduct(Whh, product(Whh, v)); // u = WᵀW v
    const size = Math.hypot(...u);
    if (size === 0) break; // W v = 0
    v = u.map((entry) => entry / size); // v → the direction that W stretches most
    const stretched = Math.hypot(...product(Whh, v)); // ‖W v‖ → ‖W‖
    if (stretched === norm) break;
    norm = stretched;
  }
  return { norm, bound: norm ** (steps - 1) }; // ‖dh_T/dh_1‖ ≤ ‖W_hh‖^(T-1), since |tanh'| ≤ 1
}

function product(W: Matrix, v: Vector): Vector {
  return Float64Array.from(W, (row) => row.reduce((sum, w, k) => sum + w * v[k], 0));
}

function transposedProduct(W: Matrix, v: Vector): Vector {
  const sum = zeros(W[0].length);
  W.forEach((row, j) => row.forEach((w, k) => (sum[k] += w * v[j])));
  return sum;
}
