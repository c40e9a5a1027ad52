import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One LSTM step backward, from what its forward pass kept.
 *
 * x (D), hPrev (H), cPrev (H)  what the step was given
 * f, i, cTilde, o (H)          gates and candidate, after σ and tanh
 * c (H)                        the cell state that the step made
 * Wf, Wi, Wc, Wo (H, H+D)      on [hPrev, x] with hPrev first
 * dh (H)                       dL/dh, all of it
 * dc (H)                       dL/dc from the next step; what h adds to it is yours to find
 *
 * Returns the gradients of everything that went in: dx (D), dhPrev, dcPrev (H), dW* (H, H+D), db* (H).
 */
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
  // TODO: from dh and dc to the four pre-activations, and from those to everything else.
  throw new NotImplemented('lstmStepBackward');
}
