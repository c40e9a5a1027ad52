import { concat, sigmoid } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface ForgetGateInput {
  x: Vector;
  hPrev: Vector;
  Wf: Matrix;
  bf: Vector;
}

export function forgetGate({ x, hPrev, Wf, bf }: ForgetGateInput): { f: Vector } {
  const hx = concat(hPrev, x); // [h₋, x], h first
  const f = new Float64Array(bf.length);
  for (let j = 0; j < f.length; j++) {
    let a = bf[j];
    for (let k = 0; k < hx.length; k++) a += Wf[j][k] * hx[k];
    f[j] = sigmoid(a); // f = σ(W_f [h₋, x] + b_f)
  }
  return { f };
}
