import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * The writing half of one LSTM step: the input gate, and the candidate that it will gate.
 *
 * x       (D)       the input
 * hPrev   (H)       the hidden state of the step before
 * Wi, Wc  (H, H+D)  gate and candidate, each on [hPrev, x] with hPrev first
 * bi, bc  (H)       their biases
 *
 * Returns fresh vectors i (H), the gate, and cTilde (H), the candidate before any gate.
 */
export interface InputGateInput {
  x: Vector;
  hPrev: Vector;
  Wi: Matrix;
  bi: Vector;
  Wc: Matrix;
  bc: Vector;
}

export function inputGate(input: InputGateInput): { i: Vector; cTilde: Vector } {
  // TODO: compute how much to write, and what would be written.
  throw new NotImplemented('inputGate');
}
