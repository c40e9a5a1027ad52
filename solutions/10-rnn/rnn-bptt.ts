import { zeroMatrix, zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface RnnBpttInput {
  xs: Sequence;
  h0: Vector;
  hs: Sequence;
  Wxh: Matrix;
  Whh: Matrix;
  dhs: Sequence;
}

export interface RnnBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
}

export function rnnBptt({ xs, h0, hs, Wxh, Whh, dhs }: RnnBpttInput): RnnBpttOutput {
  const T = xs.length;
  const D = xs[0].length;
  const H = h0.length;
  const dxs = zeroMatrix(T, D);
  const dWxh = zeroMatrix(H, D);
  const dWhh = zeroMatrix(H, H);
  const dbh = zeros(H);
  let carried = zeros(H); // dL/dh_t from the steps after t
  for (let t = T - 1; t >= 0; t--) {
    const hPrev = t === 0 ? h0 : hs[t - 1];
    const dhPrev = zeros(H);
    for (let j = 0; j < H; j++) {
      const dh = dhs[t][j] + carried[j]; // dh = own loss + what comes back
      const da = dh * (1 - hs[t][j] ** 2); // da = dh ⊙ (1 - h²)
      dbh[j] += da; // db = Σ_t da
      for (let k = 0; k < H; k++) {
        dWhh[j][k] += da * hPrev[k]; // dW_hh = Σ_t da h₋ᵀ
        dhPrev[k] += Whh[j][k] * da; // dh₋ = W_hhᵀ da
      }
      for (let k = 0; k < D; k++) {
        dWxh[j][k] += da * xs[t][k]; // dW_xh = Σ_t da xᵀ
        dxs[t][k] += Wxh[j][k] * da; // dx = W_xhᵀ da
      }
    }
    carried = dhPrev;
  }
  return { dxs, dh0: carried, dWxh, dWhh, dbh };
}
