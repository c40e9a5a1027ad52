import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One GRU step. Two conventions exist in the world for both z and r; here z weighs the NEW candidate, and
 * the reset gate acts BEFORE the product.
 *
 * x      (D)       the input
 * hPrev  (H)       the hidden state of the step before
 * W*     (H, H+D)  z update, r reset, h candidate; columns meet the state (or r ⊙ state) first, then x
 * b*     (H)       one bias each
 *
 * Returns a fresh vector h (H); the inputs stay as they are.
 */
export interface GruStepInput {
  x: Vector;
  hPrev: Vector;
  Wz: Matrix;
  Wr: Matrix;
  Wh: Matrix;
  bz: Vector;
  br: Vector;
  bh: Vector;
}

export function gruStep(input: GruStepInput): { h: Vector } {
  // TODO: compute z and r, then the candidate from r ⊙ hPrev and x, then mix.
  throw new NotImplemented('gruStep');
}
