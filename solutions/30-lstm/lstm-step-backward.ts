import { concat, zeroMatrix, zeros } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface LstmStepBackwardInput {
  x: Vector;
  hPrev: Vector;
  cPrev: Vector;
  f: Vector;
  i: Vector;
  cTilde: Vector;
  o: Vector;
  c: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  dh: Vector;
  dc: Vector;
}

export interface LstmStepBackwardOutput {
  dx: Vector;
  dhPrev: Vector;
  dcPrev: Vector;
  dWf: Matrix;
  dWi: Matrix;
  dWc: Matrix;
  dWo: Matrix;
  dbf: Vector;
  dbi: Vector;
  dbc: Vector;
  dbo: Vector;
}

export function lstmStepBackward(input: LstmStepBackwardInput): LstmStepBackwardOutput {
  const { x, hPrev, cPrev, f, i, cTilde, o, c, Wf, Wi, Wc, Wo, dh, dc } = input;
  const H = hPrev.length;
  const D = x.length;
  const hx = concat(hPrev, x); // [h₋, x], h first
  const dhx = zeros(H + D);
  const dcPrev = zeros(H);
  const [dWf, dWi, dWc, dWo] = [Wf, Wi, Wc, Wo].map(() => zeroMatrix(H, H + D));
  const [dbf, dbi, dbc, dbo] = [Wf, Wi, Wc, Wo].map(() => zeros(H));
  for (let j = 0; j < H; j++) {
    const tc = Math.tanh(c[j]);
    const dcj = dc[j] + dh[j] * o[j] * (1 - tc * tc); // dc += dh ⊙ o ⊙ (1 - tanh²c)
    dbf[j] = dcj * cPrev[j] * f[j] * (1 - f[j]); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
    dbi[j] = dcj * cTilde[j] * i[j] * (1 - i[j]); // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
    dbc[j] = dcj * i[j] * (1 - cTilde[j] ** 2); // da_c = dc ⊙ i ⊙ (1 - c̃²)
    dbo[j] = dh[j] * tc * o[j] * (1 - o[j]); // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
    dcPrev[j] = dcj * f[j]; // dc₋ = dc ⊙ f
    for (let k = 0; k < H + D; k++) {
      dWf[j][k] = dbf[j] * hx[k]; // dW = da [h₋, x]ᵀ, and db = da
      dWi[j][k] = dbi[j] * hx[k];
      dWc[j][k] = dbc[j] * hx[k];
      dWo[j][k] = dbo[j] * hx[k];
      // d[h₋, x] = W_fᵀ da_f + W_iᵀ da_i + W_cᵀ da_c + W_oᵀ da_o
      dhx[k] += Wf[j][k] * dbf[j] + Wi[j][k] * dbi[j] + Wc[j][k] * dbc[j] + Wo[j][k] * dbo[j];
    }
  }
  const [dhPrev, dx] = [dhx.slice(0, H), dhx.slice(H)];
  return { dx, dhPrev, dcPrev, dWf, dWi, dWc, dWo, dbf, dbi, dbc, dbo };
}
