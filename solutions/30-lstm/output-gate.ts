import { concat, sigmoid } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface OutputGateInput {
  x: Vector;
  hPrev: Vector;
  c: Vector;
  Wo: Matrix;
  bo: Vector;
}

export function outputGate(input: OutputGateInput): { o: Vector; h: Vector } {
  const { x, hPrev, c, Wo, bo } = input;
  const hx = concat(hPrev, x); // [h₋, x], h first
  const o = new Float64Array(c.length);
  const h = new Float64Array(c.length);
  for (let j = 0; j < c.length; j++) {
    let a = bo[j];
    for (let k = 0; k < hx.length; k++) a += Wo[j][k] * hx[k];
    o[j] = sigmoid(a); // o = σ(W_o [h₋, x] + b_o)
    h[j] = o[j] * Math.tanh(c[j]); // h = o ⊙ tanh(c)
  }
  return { o, h };
}
