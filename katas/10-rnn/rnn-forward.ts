import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * The Elman network over a whole sequence, with an output at every step.
 *
 * xs   (T, D)  the inputs
 * h0   (H)     the state before the first step
 * Wxh  (H, D), Whh (H, H), bh (H)   the same at every step
 * Why  (O, H), by (O)               from the hidden state to the output
 *
 * Returns hs (T, H), where hs[t] belongs to xs[t] (h0 is not among them), and ys (T, O).
 */
export interface RnnForwardInput {
  xs: Sequence;
  h0: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
  Why: Matrix;
  by: Vector;
}

export function rnnForward(input: RnnForwardInput): { hs: Sequence; ys: Sequence } {
  // TODO: h_t = tanh(Whh h_{t-1} + Wxh x_t + bh) and y_t = Why h_t + by, for every t.
  throw new NotImplemented('rnnForward');
}
