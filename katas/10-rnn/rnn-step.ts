import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One step of the Elman network.
 *
 * x      (D)     the input
 * hPrev  (H)     the hidden state of the step before
 * Wxh    (H, D)  from the input to the hidden state
 * Whh    (H, H)  from the hidden state to the next one
 * bh     (H)     the bias
 *
 * Returns a fresh vector h (H); the inputs stay as they are.
 */
export interface RnnStepInput {
  x: Vector;
  hPrev: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
}

export function rnnStep(input: RnnStepInput): { h: Vector } {
  // TODO: h = tanh(Whh hPrev + Wxh x + bh).
  throw new NotImplemented('rnnStep');
}
