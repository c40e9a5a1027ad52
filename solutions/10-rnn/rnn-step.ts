import type { Matrix, Vector } from 'bptt/kata';

export interface RnnStepInput {
  x: Vector;
  hPrev: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
}

export function rnnStep({ x, hPrev, Wxh, Whh, bh }: RnnStepInput): { h: Vector } {
  const h = new Float64Array(hPrev.length);
  for (let j = 0; j < h.length; j++) {
    let a = bh[j];
    for (let k = 0; k < hPrev.length; k++) a += Whh[j][k] * hPrev[k];
    for (let k = 0; k < x.length; k++) a += Wxh[j][k] * x[k];
    h[j] = Math.tanh(a); // h = tanh(W_hh h₋ + W_xh x + b_h)
  }
  return { h };
}
