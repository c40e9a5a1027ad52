import { concat, sigmoid } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface LstmStepInput {
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
}

export function lstmStep(input: LstmStepInput): { h: Vector; c: Vector } {
  const { x, hPrev, cPrev, Wf, Wi, Wc, Wo, bf, bi, bc, bo } = input;
  const H = hPrev.length;
  const hx = concat(hPrev, x); // [h₋, x], h first
  const h = new Float64Array(H);
  const c = new Float64Array(H);
  for (let j = 0; j < H; j++) {
    const f = sigmoid(dot(Wf[j], hx) + bf[j]); // f = σ(W_f [h₋, x] + b_f)    what to keep
    const i = sigmoid(dot(Wi[j], hx) + bi[j]); // i = σ(W_i [h₋, x] + b_i)    what to write
    const g = Math.tanh(dot(Wc[j], hx) + bc[j]); // c̃ = tanh(W_c [h₋, x] + b_c)  what would be written
    const o = sigmoid(dot(Wo[j], hx) + bo[j]); // o = σ(W_o [h₋, x] + b_o)    what to show
    c[j] = f * cPrev[j] + i * g; // c = f ⊙ c₋ + i ⊙ c̃
    h[j] = o * Math.tanh(c[j]); // h = o ⊙ tanh(c)
  }
  return { h, c };
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
