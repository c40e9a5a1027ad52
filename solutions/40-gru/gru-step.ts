import { concat, sigmoid } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface GruStepInput {
  x: Vector;
  hPrev: Vector;
  Wz: Matrix;
  Wr: Matrix;
  Wh: Matrix;
  bz: Vector;
  br: Vector;
  bh: Vector;
}

export function gruStep({ x, hPrev, Wz, Wr, Wh, bz, br, bh }: GruStepInput): { h: Vector } {
  const hx = concat(hPrev, x);
  const z = affine(Wz, hx, bz).map(sigmoid); // z = σ(W_z [h₋, x] + b_z)
  const r = affine(Wr, hx, br).map(sigmoid); // r = σ(W_r [h₋, x] + b_r)
  const rh = hPrev.map((h, j) => r[j] * h);
  const g = affine(Wh, concat(rh, x), bh).map(Math.tanh); // h̃ = tanh(W_h [r ⊙ h₋, x] + b_h)
  return { h: hPrev.map((h, j) => (1 - z[j]) * h + z[j] * g[j]) }; // h = (1 - z) ⊙ h₋ + z ⊙ h̃
}

function affine(W: Matrix, v: Vector, b: Vector): Vector {
  return b.map((bias, j) => {
    let sum = bias;
    for (let k = 0; k < v.length; k++) sum += W[j][k] * v[k];
    return sum;
  });
}
