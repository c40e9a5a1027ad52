import { zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface AdditiveAttentionInput {
  s: Vector;
  hs: Sequence;
  Ws: Matrix;
  Wh: Matrix;
  v: Vector;
}

export interface AdditiveAttentionOutput {
  context: Vector;
  weights: Vector;
}

export function additiveAttention(input: AdditiveAttentionInput): AdditiveAttentionOutput {
  const { s, hs, Ws, Wh, v } = input;
  const a = Float64Array.from(Ws, (row) => dot(row, s)); // W_s s, the same for every state
  const scores = Float64Array.from(hs, (h) => {
    const u = a.map((ak, k) => Math.tanh(ak + dot(Wh[k], h))); // u_j = tanh(W_s s + W_h h_j)
    return dot(v, u); // e_j = v · u_j
  });
  const weights = softmax(scores); // w = softmax(e)
  const context = zeros(hs[0].length);
  for (let j = 0; j < hs.length; j++)
    for (let c = 0; c < context.length; c++) context[c] += weights[j] * hs[j][c]; // context = Σ_j w_j h_j
  return { context, weights };
}

function softmax(s: Vector): Vector {
  const m = Math.max(...s);
  const e = s.map((u) => Math.exp(u - m));
  const sum = e.reduce((total, u) => total + u, 0);
  return e.map((u) => u / sum);
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
