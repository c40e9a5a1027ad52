import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * The output gate of one LSTM step, and the hidden state that it shows of the cell.
 *
 * x      (D)       the input
 * hPrev  (H)       the hidden state of the step before
 * c      (H)       the new cell state, already updated in this step
 * Wo     (H, H+D)  on [hPrev, x] with hPrev first
 * bo     (H)       the bias
 *
 * Returns fresh vectors o (H), the gate, and h (H), the hidden state.
 */
export interface OutputGateInput {
  x: Vector;
  hPrev: Vector;
  c: Vector;
  Wo: Matrix;
  bo: Vector;
}

export function outputGate(input: OutputGateInput): { o: Vector; h: Vector } {
  // TODO: compute the gate, then what it lets through of the cell.
  throw new NotImplemented('outputGate');
}
