import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One step of the Elman network, backward. Forward it was h = tanh(Whh hPrev + Wxh x + bh).
 *
 * x      (D)     the input of the step
 * hPrev  (H)     the state it began with
 * h      (H)     the state it made
 * Wxh    (H, D), Whh (H, H)
 * dh     (H)     dL/dh, complete: from this step's loss and from later steps
 *
 * Returns dx (D), dhPrev (H), dWxh (H, D), dWhh (H, H), dbh (H): this step's part of each.
 */
export interface RnnStepBackwardInput {
  x: Vector;
  hPrev: Vector;
  h: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  dh: Vector;
}

export interface RnnStepBackwardOutput {
  dx: Vector;
  dhPrev: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
}

export function rnnStepBackward(input: RnnStepBackwardInput): RnnStepBackwardOutput {
  // TODO: da = dL/d(pre-activation) first; everything else is a product with it.
  throw new NotImplemented('rnnStepBackward');
}
