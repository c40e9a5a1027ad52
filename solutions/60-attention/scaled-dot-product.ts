import { zeros } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface ScaledDotProductInput {
  Q: Matrix;
  K: Matrix;
  V: Matrix;
}

export function scaledDotProduct({ Q, K, V }: ScaledDotProductInput): { O: Matrix; P: Matrix } {
  const root = Math.sqrt(K[0].length);
  const P = Q.map((q) => softmax(Float64Array.from(K, (k) => dot(q, k) / root))); // P = softmax(Q Kᵀ / √d_k)
  const O = P.map((p) => mean(p, V)); // O = P V
  return { O, P };
}

/** Σ_j p_j v_j. */
function mean(p: Vector, V: Matrix): Vector {
  const o = zeros(V[0].length);
  for (let j = 0; j < p.length; j++) for (let c = 0; c < o.length; c++) o[c] += p[j] * V[j][c];
  return o;
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
