import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One LSTM step.
 *
 * x      (D)       the input
 * hPrev  (H)       the hidden state of the step before
 * cPrev  (H)       the cell state of the step before
 * W*     (H, H+D)  one matrix per gate, on [hPrev, x] with hPrev first: f forget, i input, c candidate, o output
 * b*     (H)       one bias per block
 *
 * Returns fresh vectors h (H) and c (H); the inputs stay as they are.
 */
export interface LstmStepInput {
  x: Vector;
  hPrev: Vector;
  cPrev: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
}

export function lstmStep(input: LstmStepInput): { h: Vector; c: Vector } {
  // TODO: compute f, i and the candidate, then c, then o, then h.
  throw new NotImplemented('lstmStep');
}
