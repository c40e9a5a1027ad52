import { zeroMatrix, zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface TruncatedBpttInput {
  xs: Sequence;
  h0: Vector;
  hs: Sequence;
  Wxh: Matrix;
  Whh: Matrix;
  dhs: Sequence;
  k: number;
}

export interface TruncatedBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
}

export function truncatedBptt(input: TruncatedBpttInput): TruncatedBpttOutput {
  const { xs, h0, hs, Wxh, Whh, dhs, k } = input;
  const T = xs.length;
  const D = xs[0].length;
  const H = h0.length;
  const dxs = zeroMatrix(T, D);
  const dWxh = zeroMatrix(H, D);
  const dWhh = zeroMatrix(H, H);
  const dbh = zeros(H);
  let carried = zeros(H);
  for (let t = T - 1; t >= 0; t--) {
    if ((t + 1) % k === 0) carried = zeros(H); // step t + 1 begins a chunk: h_t is detached there
    const hPrev = t === 0 ? h0 : hs[t - 1]; // the value goes on, also across the border
    const dhPrev = zeros(H);
    for (let j = 0; j < H; j++) {
      const dh = dhs[t][j] + carried[j]; // dh = own loss + what comes back within the chunk
      const da = dh * (1 - hs[t][j] ** 2); // da = dh ⊙ (1 - h²)
      dbh[j] += da; // db = Σ_t da
      for (let m = 0; m < H; m++) {
        dWhh[j][m] += da * hPrev[m]; // dW_hh = Σ_t da h₋ᵀ
        dhPrev[m] += Whh[j][m] * da; // dh₋ = W_hhᵀ da
      }
      for (let m = 0; m < D; m++) {
        dWxh[j][m] += da * xs[t][m]; // dW_xh = Σ_t da xᵀ
        dxs[t][m] += Wxh[j][m] * da; // dx = W_xhᵀ da
      }
    }
    carried = dhPrev;
  }
  return { dxs, dh0: carried, dWxh, dWhh, dbh };
}
