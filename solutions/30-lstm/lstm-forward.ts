import { concat, sigmoid } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface LstmForwardInput {
  xs: Sequence;
  h0: Vector;
  c0: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
}

export function lstmForward(input: LstmForwardInput): { hs: Sequence; cs: Sequence } {
  const { xs, h0, c0, Wf, Wi, Wc, Wo, bf, bi, bc, bo } = input;
  const hs: Sequence = [];
  const cs: Sequence = [];
  let hPrev = h0;
  let cPrev = c0;
  for (const x of xs) {
    const hx = concat(hPrev, x); // [h₋, x], h first
    const f = affine(Wf, hx, bf).map(sigmoid); // f = σ(W_f [h₋, x] + b_f)
    const i = affine(Wi, hx, bi).map(sigmoid); // i = σ(W_i [h₋, x] + b_i)
    const cTilde = affine(Wc, hx, bc).map(Math.tanh); // c̃ = tanh(W_c [h₋, x] + b_c)
    const o = affine(Wo, hx, bo).map(sigmoid); // o = σ(W_o [h₋, x] + b_o)
    const c = cPrev.map((old, j) => f[j] * old + i[j] * cTilde[j]); // c = f ⊙ c₋ + i ⊙ c̃
    const h = o.map((share, j) => share * Math.tanh(c[j])); // h = o ⊙ tanh(c)
    hs.push(h);
    cs.push(c);
    hPrev = h; // both states go on: h to the gates,
    cPrev = c; // c to the cell alone
  }
  return { hs, cs };
}

function affine(W: Matrix, v: Vector, b: Vector): Vector {
  return b.map((bias, j) => {
    let sum = bias;
    for (let k = 0; k < v.length; k++) sum += W[j][k] * v[k];
    return sum;
  });
}
