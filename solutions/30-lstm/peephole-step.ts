import { concat, sigmoid } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface PeepholeStepInput {
  x: Vector;
  hPrev: Vector;
  cPrev: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
  pf: Vector;
  pi: Vector;
  po: Vector;
}

export function peepholeStep(input: PeepholeStepInput): { h: Vector; c: Vector } {
  const { x, hPrev, cPrev, Wf, Wi, Wc, Wo, bf, bi, bc, bo, pf, pi, po } = input;
  const H = hPrev.length;
  const hx = concat(hPrev, x); // [h₋, x], h first
  const h = new Float64Array(H);
  const c = new Float64Array(H);
  for (let j = 0; j < H; j++) {
    const f = sigmoid(dot(Wf[j], hx) + pf[j] * cPrev[j] + bf[j]); // f = σ(W_f [h₋, x] + p_f ⊙ c₋ + b_f)
    const i = sigmoid(dot(Wi[j], hx) + pi[j] * cPrev[j] + bi[j]); // i = σ(W_i [h₋, x] + p_i ⊙ c₋ + b_i)
    const cTilde = Math.tanh(dot(Wc[j], hx) + bc[j]); // c̃ = tanh(W_c [h₋, x] + b_c)
    c[j] = f * cPrev[j] + i * cTilde; // c = f ⊙ c₋ + i ⊙ c̃
    const o = sigmoid(dot(Wo[j], hx) + po[j] * c[j] + bo[j]); // o = σ(W_o [h₋, x] + p_o ⊙ c + b_o)
    h[j] = o * Math.tanh(c[j]); // h = o ⊙ tanh(c)
  }
  return { h, c };
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
