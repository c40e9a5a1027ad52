import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One GRU step in the convention of PyTorch and cuDNN. Two things differ from gru-step: the reset gate acts
 * AFTER the product, on Whh hPrev + bhh, and z weighs the OLD state. Weights on x and on hPrev are apart.
 *
 * x              (D)     the input
 * hPrev          (H)     the hidden state of the step before
 * Wxz, Wxr, Wxh  (H, D)  update, reset, candidate: on x
 * Whz, Whr, Whh  (H, H)  the same: on hPrev
 * bx*, bh*       (H)     two biases per block, one beside each product
 *
 * Returns a fresh vector h (H); the inputs stay as they are.
 */
export interface GruResetAfterInput {
  x: Vector;
  hPrev: Vector;
  Wxz: Matrix;
  Whz: Matrix;
  Wxr: Matrix;
  Whr: Matrix;
  Wxh: Matrix;
  Whh: Matrix;
  bxz: Vector;
  bhz: Vector;
  bxr: Vector;
  bhr: Vector;
  bxh: Vector;
  bhh: Vector;
}

export function gruResetAfter(input: GruResetAfterInput): { h: Vector } {
  // TODO: compute z and r, then the candidate with r on the finished product, then mix.
  throw new NotImplemented('gruResetAfter');
}
