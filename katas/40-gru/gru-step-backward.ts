import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One GRU step backward, from what its forward pass kept. As in gru-step, z weighs the NEW candidate, and
 * the reset gate acts BEFORE the product.
 *
 * x (D), hPrev (H)        what the step was given
 * z, r, hTilde (H)        gates and candidate, after σ and tanh
 * Wz, Wr, Wh (H, H+D)     columns meet the state (or r ⊙ state) first, then x
 * dh (H)                  dL/dh, all of it
 *
 * Returns the gradients of everything that went in: dx (D), dhPrev (H), dW* (H, H+D), db* (H).
 */
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
  // TODO: from dh to z and the candidate, through the candidate's product to r, and only then to the rest.
  throw new NotImplemented('gruStepBackward');
}
