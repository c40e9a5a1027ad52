import { zeros } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface OnlineSoftmaxInput {
  scores: Matrix;
  values: Matrix;
}

export interface OnlineSoftmaxOutput {
  o: Vector;
  ms: Vector;
  ls: Vector;
}

export function onlineSoftmax({ scores, values }: OnlineSoftmaxInput): OnlineSoftmaxOutput {
  const T = scores.length;
  const ms = zeros(T);
  const ls = zeros(T);
  const o = zeros(values[0].length);
  let m = -Infinity;
  let l = 0;
  let row = 0;
  for (let t = 0; t < T; t++) {
    const mNew = Math.max(m, ...scores[t]); // m′ = max(m, max_j s_j)
    const shrink = Math.exp(m - mNew); // e^(m - m′): 0 before the first block, 1 where m stays
    l *= shrink; // l e^(m - m′) …
    for (let c = 0; c < o.length; c++) o[c] *= shrink; // o e^(m - m′) …
    for (const s of scores[t]) {
      const e = Math.exp(s - mNew);
      l += e; // … + Σ_j e^(s_j - m′)
      for (let c = 0; c < o.length; c++) o[c] += e * values[row][c]; // … + Σ_j e^(s_j - m′) v_j
      row++;
    }
    m = mNew;
    ms[t] = m;
    ls[t] = l;
  }
  return { o: o.map((v) => v / l), ms, ls }; // o / l, once
}
