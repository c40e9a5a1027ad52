import { zeroMatrix } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface AttentionBackwardInput {
  Q: Matrix;
  K: Matrix;
  V: Matrix;
  P: Matrix;
  dO: Matrix;
}

export interface AttentionBackwardOutput {
  dQ: Matrix;
  dK: Matrix;
  dV: Matrix;
}

export function attentionBackward(input: AttentionBackwardInput): AttentionBackwardOutput {
  const { Q, K, V, P, dO } = input;
  const root = Math.sqrt(K[0].length);
  const dQ = zeroMatrix(Q.length, Q[0].length);
  const dK = zeroMatrix(K.length, K[0].length);
  const dV = zeroMatrix(V.length, V[0].length);
  for (let i = 0; i < Q.length; i++) {
    const p = P[i];
    const dp = Float64Array.from(V, (v) => dot(dO[i], v)); // dP = dO Vᵀ
    const mean = dot(p, dp); // rowsum(P ⊙ dP)
    for (let j = 0; j < K.length; j++) {
      const ds = (p[j] * (dp[j] - mean)) / root; // dS = P ⊙ (dP - rowsum(P ⊙ dP)) / √d_k
      addScaled(dQ[i], ds, K[j]); // dQ = dS K
      addScaled(dK[j], ds, Q[i]); // dK = dSᵀ Q
      addScaled(dV[j], p[j], dO[i]); // dV = Pᵀ dO
    }
  }
  return { dQ, dK, dV };
}

/** to += s v. */
function addScaled(to: Vector, s: number, v: Vector): void {
  for (let k = 0; k < v.length; k++) to[k] += s * v[k];
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
