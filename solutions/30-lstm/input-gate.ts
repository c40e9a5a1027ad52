import { concat, sigmoid } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface InputGateInput {
  x: Vector;
  hPrev: Vector;
  Wi: Matrix;
  bi: Vector;
  Wc: Matrix;
  bc: Vector;
}

export function inputGate(input: InputGateInput): { i: Vector; cTilde: Vector } {
  const { x, hPrev, Wi, bi, Wc, bc } = input;
  const hx = concat(hPrev, x); // [h₋, x], h first
  const i = affine(Wi, hx, bi).map(sigmoid); // i = σ(W_i [h₋, x] + b_i)     how much to write
  const cTilde = affine(Wc, hx, bc).map(Math.tanh); // c̃ = tanh(W_c [h₋, x] + b_c)  what would be written
  return { i, cTilde };
}

function affine(W: Matrix, v: Vector, b: Vector): Vector {
  return b.map((bias, j) => {
    let sum = bias;
    for (let k = 0; k < v.length; k++) sum += W[j][k] * v[k];
    return sum;
  });
}
