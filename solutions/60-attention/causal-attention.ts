import { zeroMatrix } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface CausalAttentionInput {
  Q: Matrix;
  K: Matrix;
  V: Matrix;
}

export function causalAttention({ Q, K, V }: CausalAttentionInput): { O: Matrix; P: Matrix } {
  const T = Q.length;
  const root = Math.sqrt(K[0].length);
  const P = zeroMatrix(T, T);
  const O = zeroMatrix(T, V[0].length);
  for (let i = 0; i < T; i++) {
    const seen = K.slice(0, i + 1); // j <= i: what is not there needs no mask
    const p = softmax(Float64Array.from(seen, (k) => dot(Q[i], k) / root)); // p = softmax(K q / √d_k)
    P[i].set(p);
    for (let j = 0; j <= i; j++) for (let c = 0; c < O[i].length; c++) O[i][c] += p[j] * V[j][c]; // o_i = Σ_{j <= i} p_j v_j
  }
  return { O, P };
}

function softmax(s: Vector): Vector {
  const m = Math.max(...s);
  const e = s.map((v) => Math.exp(v - m));
  const sum = e.reduce((total, v) => total + v, 0);
  return e.map((v) => v / sum);
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
