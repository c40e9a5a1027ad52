import { concat, zeroMatrix, zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface GruBpttInput {
  xs: Sequence;
  h0: Vector;
  Wz: Matrix;
  Wr: Matrix;
  Wh: Matrix;
  bz: Vector;
  br: Vector;
  bh: Vector;
  zs: Sequence;
  rs: Sequence;
  hTildes: Sequence;
  hs: Sequence;
  dhs: Sequence;
}

export interface GruBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dWz: Matrix;
  dWr: Matrix;
  dWh: Matrix;
  dbz: Vector;
  dbr: Vector;
  dbh: Vector;
}

export function gruBptt(input: GruBpttInput): GruBpttOutput {
  const { xs, h0, Wz, Wr, Wh, zs, rs, hTildes, hs, dhs } = input;
  const T = xs.length;
  const H = h0.length;
  const n = H + xs[0].length;
  const dxs = zeroMatrix(T, xs[0].length);
  const [dWz, dWr, dWh] = [Wz, Wr, Wh].map(() => zeroMatrix(H, n));
  const [dbz, dbr, dbh] = [Wz, Wr, Wh].map(() => zeros(H));
  let dhNext = zeros(H); // dL/dh_t from the steps after t
  for (let t = T - 1; t >= 0; t--) {
    const [z, r, hTilde] = [zs[t], rs[t], hTildes[t]];
    const hPrev = t === 0 ? h0 : hs[t - 1];
    const hx = concat(hPrev, xs[t]); // [h₋, x], what z and r read
    const rhx = hx.map((v, k) => (k < H ? r[k] * v : v)); // [r ⊙ h₋, x], what the candidate read
    const dh = dhs[t].map((own, j) => own + dhNext[j]); // dh = own loss + what comes back
    const daz = dh.map((d, j) => d * (hTilde[j] - hPrev[j]) * z[j] * (1 - z[j])); // da_z = dh ⊙ (h̃ - h₋) ⊙ z ⊙ (1 - z)
    const dah = dh.map((d, j) => d * z[j] * (1 - hTilde[j] ** 2)); // da_h = dh ⊙ z ⊙ (1 - h̃²)
    const drhx = zeros(n);
    addTransposed(drhx, Wh, dah); // d[r ⊙ h₋, x] = W_hᵀ da_h
    const dar = r.map((v, j) => drhx[j] * hPrev[j] * v * (1 - v)); // da_r = d(r ⊙ h₋) ⊙ h₋ ⊙ r ⊙ (1 - r)
    const dhx = drhx.map((v, k) => (k < H ? dh[k] * (1 - z[k]) + v * r[k] : v)); // dh ⊙ (1 - z) + d(r ⊙ h₋) ⊙ r
    addTransposed(dhx, Wz, daz); // … + W_zᵀ da_z
    addTransposed(dhx, Wr, dar); // … + W_rᵀ da_r
    addOuter(dWz, daz, hx); // dW_z = Σ_t da_z [h₋, x]ᵀ
    addOuter(dWr, dar, hx); // dW_r = Σ_t da_r [h₋, x]ᵀ
    addOuter(dWh, dah, rhx); // dW_h = Σ_t da_h [r ⊙ h₋, x]ᵀ
    for (let j = 0; j < H; j++) {
      dbz[j] += daz[j]; // db = Σ_t da
      dbr[j] += dar[j];
      dbh[j] += dah[j];
    }
    dhNext = dhx.slice(0, H);
    dxs[t] = dhx.slice(H);
  }
  return { dxs, dh0: dhNext, dWz, dWr, dWh, dbz, dbr, dbh };
}

/** sum += Wᵀ da */
function addTransposed(sum: Vector, W: Matrix, da: Vector): void {
  for (let j = 0; j < W.length; j++) {
    for (let k = 0; k < sum.length; k++) sum[k] += W[j][k] * da[j];
  }
}

/** dW += da vᵀ */
function addOuter(dW: Matrix, da: Vector, v: Vector): void {
  for (let j = 0; j < dW.length; j++) {
    for (let k = 0; k < v.length; k++) dW[j][k] += da[j] * v[k];
  }
}
