import { sigmoid } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface GruResetAfterInput {
  x: Vector;
  hPrev: Vector;
  Wxz: Matrix;
  Whz: Matrix;
  Wxr: Matrix;
  Whr: Matrix;
  Wxh: Matrix;
  Whh: Matrix;
  bxz: Vector;
  bhz: Vector;
  bxr: Vector;
  bhr: Vector;
  bxh: Vector;
  bhh: Vector;
}

export function gruResetAfter(input: GruResetAfterInput): { h: Vector } {
  const { x, hPrev, Wxz, Whz, Wxr, Whr, Wxh, Whh, bxz, bhz, bxr, bhr, bxh, bhh } = input;
  const h = new Float64Array(hPrev.length);
  for (let j = 0; j < h.length; j++) {
    const z = sigmoid(dot(Wxz[j], x) + bxz[j] + dot(Whz[j], hPrev) + bhz[j]); // z = σ(W_xz x + b_xz + W_hz h₋ + b_hz)
    const r = sigmoid(dot(Wxr[j], x) + bxr[j] + dot(Whr[j], hPrev) + bhr[j]); // r = σ(W_xr x + b_xr + W_hr h₋ + b_hr)
    const ahh = dot(Whh[j], hPrev) + bhh[j]; // a_hh = W_hh h₋ + b_hh   no r needed yet: all three products are one
    const hTilde = Math.tanh(dot(Wxh[j], x) + bxh[j] + r * ahh); // h̃ = tanh(W_xh x + b_xh + r ⊙ a_hh)
    h[j] = (1 - z) * hTilde + z * hPrev[j]; // h = (1 - z) ⊙ h̃ + z ⊙ h₋
  }
  return { h };
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
