import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * Two LSTM layers on top of each other: the h of layer 1 is the x of layer 2.
 *
 * xs                  (T, D)    the inputs of layer 1
 * Wf1, Wi1, Wc1, Wo1  (H, H+D)  layer 1, on [hPrev, x] with hPrev first; biases bf1, bi1, bc1, bo1 (H)
 * Wf2, Wi2, Wc2, Wo2  (H, 2H)   layer 2, on [its own hPrev, the h of layer 1]; biases bf2, bi2, bc2, bo2 (H)
 *
 * All states begin with zeros. Returns hs (T, H), the h of layer 2 at every step, and the final states of
 * both layers, h1, c1, h2, c2 (H): what a next chunk of the sequence would begin with.
 */
export interface StackedLstmInput {
  xs: Sequence;
  Wf1: Matrix;
  Wi1: Matrix;
  Wc1: Matrix;
  Wo1: Matrix;
  bf1: Vector;
  bi1: Vector;
  bc1: Vector;
  bo1: Vector;
  Wf2: Matrix;
  Wi2: Matrix;
  Wc2: Matrix;
  Wo2: Matrix;
  bf2: Vector;
  bi2: Vector;
  bc2: Vector;
  bo2: Vector;
}

export interface StackedLstmOutput {
  hs: Sequence;
  h1: Vector;
  c1: Vector;
  h2: Vector;
  c2: Vector;
}

export function stackedLstm(input: StackedLstmInput): StackedLstmOutput {
  // TODO: one layer over the sequence, then the same again over what it gave.
  throw new NotImplemented('stackedLstm');
}
