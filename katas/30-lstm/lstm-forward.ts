import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * An LSTM over a whole sequence: the same weights at every step.
 *
 * xs      (T, D)    the inputs
 * h0, c0  (H)       hidden state and cell state before the first step
 * W*      (H, H+D)  one matrix per block, on [hPrev, x] with hPrev first: f forget, i input, c candidate, o output
 * b*      (H)       one bias per block
 *
 * Returns hs (T, H) and cs (T, H): hs[t] and cs[t] are the states after xs[t] was read.
 */
export interface LstmForwardInput {
  xs: Sequence;
  h0: Vector;
  c0: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
}

export function lstmForward(input: LstmForwardInput): { hs: Sequence; cs: Sequence } {
  // TODO: one step per input, each from the two states that the step before left.
  throw new NotImplemented('lstmForward');
}
