import { zeroMatrix, zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface CheckpointedBpttInput {
  xs: Sequence;
  h0: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
  dhs: Sequence;
  k: number;
}

export interface CheckpointedBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
  checkpoints: Vector[];
}

export function checkpointedBptt(input: CheckpointedBpttInput): CheckpointedBpttOutput {
  const { xs, h0, Wxh, Whh, bh, dhs, k } = input;
  const T = xs.length;
  const D = xs[0].length;
  const H = h0.length;

  const step = (hPrev: Vector, x: Vector): Vector =>
    bh.map((b, j) => Math.tanh(dot(Whh[j], hPrev) + dot(Wxh[j], x) + b)); // h = tanh(W_hh h₋ + W_xh x + b_h)

  const checkpoints: Vector[] = [];
  let state = h0;
  for (let t = 0; t < T; t++) {
    if (t > 0 && t % k === 0) checkpoints.push(state); // a segment begins here: T / k states are kept
    state = step(state, xs[t]);
  }

  const dxs = zeroMatrix(T, D);
  const dWxh = zeroMatrix(H, D);
  const dWhh = zeroMatrix(H, H);
  const dbh = zeros(H);
  let carried = zeros(H);
  for (let segment = checkpoints.length; segment >= 0; segment--) {
    const start = segment * k;
    const end = Math.min(start + k, T);
    const hs = [segment === 0 ? h0 : checkpoints[segment - 1]]; // hs[m] is the state before step start + m
    for (let t = start; t < end; t++) hs.push(step(hs[t - start], xs[t])); // once more: k states at a time
    for (let t = end - 1; t >= start; t--) {
      const hPrev = hs[t - start];
      const h = hs[t - start + 1];
      const dhPrev = zeros(H);
      for (let j = 0; j < H; j++) {
        const da = (dhs[t][j] + carried[j]) * (1 - h[j] ** 2); // da = dh ⊙ (1 - h²)
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
      carried = dhPrev; // also across the border: nothing is truncated
    }
  }
  return { dxs, dh0: carried, dWxh, dWhh, dbh, checkpoints };
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
