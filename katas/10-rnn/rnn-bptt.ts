import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * Backpropagation through time for the Elman network h_t = tanh(Whh h_{t-1} + Wxh x_t + bh).
 *
 * xs   (T, D)  the inputs
 * h0   (H)     the state before the first step
 * hs   (T, H)  the hidden states of the forward pass: hs[t] belongs to xs[t]
 * Wxh  (H, D), Whh (H, H)
 * dhs  (T, H)  dhs[t] is dL/dh_t from step t's own loss; what later steps add is yours to carry back
 *
 * Returns the gradients of everything that went in: dxs (T, D), dh0 (H), dWxh (H, D), dWhh (H, H), dbh (H).
 */
export interface RnnBpttInput {
  xs: Sequence;
  h0: Vector;
  hs: Sequence;
  Wxh: Matrix;
  Whh: Matrix;
  dhs: Sequence;
}

export interface RnnBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
}

export function rnnBptt(input: RnnBpttInput): RnnBpttOutput {
  // TODO: walk from the last step to the first, carrying dL/dh back.
  throw new NotImplemented('rnnBptt');
}
