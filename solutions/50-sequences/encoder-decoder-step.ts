import { concat, sigmoid, zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface EncoderDecoderStepInput {
  x: Vector;
  sPrev: Vector;
  cPrev: Vector;
  hs: Sequence;
  Ws: Matrix;
  Wh: Matrix;
  v: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
}

export interface EncoderDecoderStepOutput {
  context: Vector;
  weights: Vector;
  s: Vector;
  c: Vector;
}

export function encoderDecoderStep(input: EncoderDecoderStepInput): EncoderDecoderStepOutput {
  const { x, sPrev, cPrev, hs, Ws, Wh, v, Wf, Wi, Wc, Wo, bf, bi, bc, bo } = input;
  const query = affine(Ws, sPrev, zeros(v.length)); // W_s s₋, once for all t
  const e = Float64Array.from(hs, (h) => dot(v, affine(Wh, h, query).map(Math.tanh))); // e_t = v · tanh(W_s s₋ + W_h h_t)
  const weights = softmax(e); // one share for each encoder state
  const context = zeros(hs[0].length);
  for (const [t, h] of hs.entries())
    for (let j = 0; j < h.length; j++) context[j] += weights[t] * h[j]; // context = Σ_t weights_t h_t

  const sx = concat(sPrev, concat(x, context)); // [s₋, x, context]
  const f = affine(Wf, sx, bf).map(sigmoid); // f = σ(W_f [s₋, x, context] + b_f)
  const i = affine(Wi, sx, bi).map(sigmoid); // i = σ(W_i [s₋, x, context] + b_i)
  const cTilde = affine(Wc, sx, bc).map(Math.tanh); // c̃ = tanh(W_c [s₋, x, context] + b_c)
  const o = affine(Wo, sx, bo).map(sigmoid); // o = σ(W_o [s₋, x, context] + b_o)
  const c = cPrev.map((old, j) => f[j] * old + i[j] * cTilde[j]); // c = f ⊙ c₋ + i ⊙ c̃
  const s = o.map((share, j) => share * Math.tanh(c[j])); // s = o ⊙ tanh(c)
  return { context, weights, s, c };
}

/** p_t = exp(e_t - max e) / Σ exp(e - max e): no overflow, the same shares. */
function softmax(e: Vector): Vector {
  const max = Math.max(...e);
  const p = e.map((score) => Math.exp(score - max));
  const sum = p.reduce((all, share) => all + share, 0);
  return p.map((share) => share / sum);
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function affine(W: Matrix, v: Vector, b: Vector): Vector {
  return b.map((bias, j) => bias + dot(W[j], v));
}
