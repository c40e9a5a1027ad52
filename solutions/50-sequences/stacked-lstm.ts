import { concat, sigmoid, zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface StackedLstmInput {
  xs: Sequence;
  Wf1: Matrix;
  Wi1: Matrix;
  Wc1: Matrix;
  Wo1: Matrix;
  bf1: Vector;
  bi1: Vector;
  bc1: Vector;
  bo1: Vector;
  Wf2: Matrix;
  Wi2: Matrix;
  Wc2: Matrix;
  Wo2: Matrix;
  bf2: Vector;
  bi2: Vector;
  bc2: Vector;
  bo2: Vector;
}

export interface StackedLstmOutput {
  hs: Sequence;
  h1: Vector;
  c1: Vector;
  h2: Vector;
  c2: Vector;
}

export function stackedLstm(input: StackedLstmInput): StackedLstmOutput {
  const { xs, Wf1, Wi1, Wc1, Wo1, bf1, bi1, bc1, bo1 } = input;
  const { Wf2, Wi2, Wc2, Wo2, bf2, bi2, bc2, bo2 } = input;
  const lower = layer(xs, [Wf1, Wi1, Wc1, Wo1], [bf1, bi1, bc1, bo1]);
  const upper = layer(lower.hs, [Wf2, Wi2, Wc2, Wo2], [bf2, bi2, bc2, bo2]); // the h of layer 1 is the x of layer 2
  return { hs: upper.hs, h1: lower.h, c1: lower.c, h2: upper.h, c2: upper.c };
}

/** One layer over a sequence; blocks in the order f, i, c, o. h and c are fresh copies of the last states. */
function layer(xs: Sequence, W: Matrix[], b: Vector[]): { hs: Sequence; h: Vector; c: Vector } {
  let h = zeros(b[0].length);
  let c = zeros(b[0].length);
  const hs = xs.map((x) => {
    const hx = concat(h, x); // [h₋, x], h first
    const f = affine(W[0], hx, b[0]).map(sigmoid); // f = σ(W_f [h₋, x] + b_f)
    const i = affine(W[1], hx, b[1]).map(sigmoid); // i = σ(W_i [h₋, x] + b_i)
    const cTilde = affine(W[2], hx, b[2]).map(Math.tanh); // c̃ = tanh(W_c [h₋, x] + b_c)
    const o = affine(W[3], hx, b[3]).map(sigmoid); // o = σ(W_o [h₋, x] + b_o)
    c = c.map((old, j) => f[j] * old + i[j] * cTilde[j]); // c = f ⊙ c₋ + i ⊙ c̃, which stays in its layer
    h = o.map((share, j) => share * Math.tanh(c[j])); // h = o ⊙ tanh(c), which goes on and up
    return h;
  });
  return { hs, h: h.slice(), c };
}

function affine(W: Matrix, v: Vector, b: Vector): Vector {
  return b.map((bias, j) => {
    let sum = bias;
    for (let k = 0; k < v.length; k++) sum += W[j][k] * v[k];
    return sum;
  });
}
