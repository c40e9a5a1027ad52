import { zeroMatrix, zeros } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface RnnStepBackwardInput {
  x: Vector;
  hPrev: Vector;
  h: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  dh: Vector;
}

export interface RnnStepBackwardOutput {
  dx: Vector;
  dhPrev: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
}

export function rnnStepBackward(input: RnnStepBackwardInput): RnnStepBackwardOutput {
  const { x, hPrev, h, Wxh, Whh, dh } = input;
  const D = x.length;
  const H = h.length;
  const dx = zeros(D);
  const dhPrev = zeros(H);
  const dWxh = zeroMatrix(H, D);
  const dWhh = zeroMatrix(H, H);
  const dbh = zeros(H);
  for (let j = 0; j < H; j++) {
    const da = dh[j] * (1 - h[j] ** 2); // da = dh ⊙ (1 - h²)
    dbh[j] = da; // db = da
    for (let k = 0; k < H; k++) {
      dWhh[j][k] = da * hPrev[k]; // dW_hh = da h₋ᵀ
      dhPrev[k] += Whh[j][k] * da; // dh₋ = W_hhᵀ da
    }
    for (let k = 0; k < D; k++) {
      dWxh[j][k] = da * x[k]; // dW_xh = da xᵀ
      dx[k] += Wxh[j][k] * da; // dx = W_xhᵀ da
    }
  }
  return { dx, dhPrev, dWxh, dWhh, dbh };
}
