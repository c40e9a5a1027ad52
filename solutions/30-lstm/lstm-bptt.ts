import { concat, zeroMatrix, zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface LstmBpttInput {
  xs: Sequence;
  h0: Vector;
  c0: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
  fs: Sequence;
  is: Sequence;
  cTildes: Sequence;
  os: Sequence;
  cs: Sequence;
  hs: Sequence;
  dhs: Sequence;
}

export interface LstmBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dc0: Vector;
  dWf: Matrix;
  dWi: Matrix;
  dWc: Matrix;
  dWo: Matrix;
  dbf: Vector;
  dbi: Vector;
  dbc: Vector;
  dbo: Vector;
}

export function lstmBptt(input: LstmBpttInput): LstmBpttOutput {
  const { xs, h0, c0, Wf, Wi, Wc, Wo, fs, is, cTildes, os, cs, hs, dhs } = input;
  const T = xs.length;
  const H = h0.length;
  const dxs = zeroMatrix(T, xs[0].length);
  const [dWf, dWi, dWc, dWo] = [Wf, Wi, Wc, Wo].map((W) => zeroMatrix(H, W[0].length));
  const [dbf, dbi, dbc, dbo] = [Wf, Wi, Wc, Wo].map(() => zeros(H));
  let dhNext = zeros(H); // dL/dh_t and dL/dc_t from the steps after t
  let dcNext = zeros(H);
  for (let t = T - 1; t >= 0; t--) {
    const [f, i, cTilde, o] = [fs[t], is[t], cTildes[t], os[t]];
    const hPrev = t === 0 ? h0 : hs[t - 1];
    const cPrev = t === 0 ? c0 : cs[t - 1];
    const hx = concat(hPrev, xs[t]); // [h₋, x], h first
    const dhx = zeros(hx.length);
    const dcPrev = zeros(H);
    for (let j = 0; j < H; j++) {
      const tc = Math.tanh(cs[t][j]);
      const dh = dhs[t][j] + dhNext[j]; // dh = own loss + what comes back
      const dc = dcNext[j] + dh * o[j] * (1 - tc * tc); // dc += dh ⊙ o ⊙ (1 - tanh²c)
      const daf = dc * cPrev[j] * f[j] * (1 - f[j]); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
      const dai = dc * cTilde[j] * i[j] * (1 - i[j]); // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
      const dac = dc * i[j] * (1 - cTilde[j] ** 2); // da_c = dc ⊙ i ⊙ (1 - c̃²)
      const dao = dh * tc * o[j] * (1 - o[j]); // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
      dcPrev[j] = dc * f[j]; // dc₋ = dc ⊙ f
      dbf[j] += daf; // db = Σ_t da
      dbi[j] += dai;
      dbc[j] += dac;
      dbo[j] += dao;
      for (let k = 0; k < hx.length; k++) {
        dWf[j][k] += daf * hx[k]; // dW = Σ_t da [h₋, x]ᵀ
        dWi[j][k] += dai * hx[k];
        dWc[j][k] += dac * hx[k];
        dWo[j][k] += dao * hx[k];
        // d[h₋, x] = W_fᵀ da_f + W_iᵀ da_i + W_cᵀ da_c + W_oᵀ da_o
        dhx[k] += Wf[j][k] * daf + Wi[j][k] * dai + Wc[j][k] * dac + Wo[j][k] * dao;
      }
    }
    dhNext = dhx.slice(0, H);
    dcNext = dcPrev;
    dxs[t] = dhx.slice(H);
  }
  return { dxs, dh0: dhNext, dc0: dcNext, dWf, dWi, dWc, dWo, dbf, dbi, dbc, dbo };
}
