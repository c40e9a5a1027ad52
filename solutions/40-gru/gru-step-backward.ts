import { concat } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface GruStepBackwardInput {
  x: Vector;
  hPrev: Vector;
  z: Vector;
  r: Vector;
  hTilde: Vector;
  Wz: Matrix;
  Wr: Matrix;
  Wh: Matrix;
  dh: Vector;
}

export interface GruStepBackwardOutput {
  dx: Vector;
  dhPrev: Vector;
  dWz: Matrix;
  dWr: Matrix;
  dWh: Matrix;
  dbz: Vector;
  dbr: Vector;
  dbh: Vector;
}

export function gruStepBackward(input: GruStepBackwardInput): GruStepBackwardOutput {
  const { x, hPrev, z, r, hTilde, Wz, Wr, Wh, dh } = input;
  const H = hPrev.length;
  const hx = concat(hPrev, x); // [h₋, x], what z and r read
  const rhx = concat(
    hPrev.map((h, j) => r[j] * h),
    x,
  ); // [r ⊙ h₋, x], what the candidate read
  const daz = dh.map((d, j) => d * (hTilde[j] - hPrev[j]) * z[j] * (1 - z[j])); // da_z = dh ⊙ (h̃ - h₋) ⊙ z ⊙ (1 - z)
  const dah = dh.map((d, j) => d * z[j] * (1 - hTilde[j] ** 2)); // da_h = dh ⊙ z ⊙ (1 - h̃²)
  const drhx = transposed(Wh, dah); // d[r ⊙ h₋, x] = W_hᵀ da_h
  const dar = r.map((v, j) => drhx[j] * hPrev[j] * v * (1 - v)); // da_r = d(r ⊙ h₋) ⊙ h₋ ⊙ r ⊙ (1 - r)
  const throughZ = transposed(Wz, daz); // W_zᵀ da_z
  const throughR = transposed(Wr, dar); // W_rᵀ da_r
  return {
    dx: x.map((_, k) => throughZ[H + k] + throughR[H + k] + drhx[H + k]),
    // dh₋ = dh ⊙ (1 - z) + d(r ⊙ h₋) ⊙ r + W_zᵀ da_z + W_rᵀ da_r
    dhPrev: dh.map((d, j) => d * (1 - z[j]) + drhx[j] * r[j] + throughZ[j] + throughR[j]),
    dWz: outer(daz, hx), // dW_z = da_z [h₋, x]ᵀ
    dWr: outer(dar, hx), // dW_r = da_r [h₋, x]ᵀ
    dWh: outer(dah, rhx), // dW_h = da_h [r ⊙ h₋, x]ᵀ
    dbz: daz,
    dbr: dar,
    dbh: dah,
  };
}

function transposed(W: Matrix, da: Vector): Vector {
  const sum = new Float64Array(W[0].length);
  for (let j = 0; j < W.length; j++) {
    for (let k = 0; k < sum.length; k++) sum[k] += W[j][k] * da[j];
  }
  return sum;
}

function outer(a: Vector, b: Vector): Matrix {
  return Array.from(a, (u) => b.map((v) => u * v));
}
