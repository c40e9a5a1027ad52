import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * The forget gate of one LSTM step: how much of the old cell to keep, per unit.
 *
 * x      (D)       the input
 * hPrev  (H)       the hidden state of the step before
 * Wf     (H, H+D)  on [hPrev, x] with hPrev first
 * bf     (H)       the bias
 *
 * Returns a fresh vector f (H); the inputs stay as they are.
 */
export interface ForgetGateInput {
  x: Vector;
  hPrev: Vector;
  Wf: Matrix;
  bf: Vector;
}

export function forgetGate(input: ForgetGateInput): { f: Vector } {
  // TODO: one weighted sum per unit, then squash it to a share between 0 and 1.
  throw new NotImplemented('forgetGate');
}
