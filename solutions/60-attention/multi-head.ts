import { zeroMatrix, zeros } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface MultiHeadInput {
  X: Matrix;
  WQ: Matrix;
  WK: Matrix;
  WV: Matrix;
  WO: Matrix;
  heads: number;
}

export function multiHead({ X, WQ, WK, WV, WO, heads }: MultiHeadInput): { Y: Matrix } {
  const size = WQ.length / heads;
  const Q = project(X, WQ); // Q = X W_Qᵀ
  const K = project(X, WK); // K = X W_Kᵀ
  const V = project(X, WV); // V = X W_Vᵀ
  const joined = zeroMatrix(X.length, WQ.length);
  for (let a = 0; a < heads; a++) {
    const own = (A: Matrix): Matrix => A.map((row) => row.slice(a * size, (a + 1) * size));
    const O = attend(own(Q), own(K), own(V)); // head_a = attention(Q_a, K_a, V_a)
    for (let t = 0; t < X.length; t++) joined[t].set(O[t], a * size); // [head_0 … head_N-1]
  }
  return { Y: project(joined, WO) }; // Y = [head_0 … head_N-1] W_Oᵀ
}

/** X Wᵀ: every row x becomes W x. */
function project(X: Matrix, W: Matrix): Matrix {
  return X.map((x) => Float64Array.from(W, (row) => dot(row, x)));
}

/** softmax(Q Kᵀ / √d_k) V. */
function attend(Q: Matrix, K: Matrix, V: Matrix): Matrix {
  const root = Math.sqrt(K[0].length);
  return Q.map((q) => {
    const p = softmax(Float64Array.from(K, (k) => dot(q, k) / root));
    const o = zeros(V[0].length);
    for (let j = 0; j < p.length; j++) for (let c = 0; c < o.length; c++) o[c] += p[j] * V[j][c];
    return o;
  });
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
