import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface RnnForwardInput {
  xs: Sequence;
  h0: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
  Why: Matrix;
  by: Vector;
}

export function rnnForward(input: RnnForwardInput): { hs: Sequence; ys: Sequence } {
  const { xs, h0, Wxh, Whh, bh, Why, by } = input;
  const hs: Sequence = [];
  const ys: Sequence = [];
  let h = h0;
  for (const x of xs) {
    const hPrev = h;
    h = bh.map((b, j) => Math.tanh(dot(Whh[j], hPrev) + dot(Wxh[j], x) + b)); // h_t = tanh(W_hh h_{t-1} + W_xh x_t + b_h)
    const y = by.map((b, j) => dot(Why[j], h) + b); // y_t = W_hy h_t + b_y
    hs.push(h);
    ys.push(y);
  }
  return { hs, ys };
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
