import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * Backpropagation through time for the LSTM, from what its forward pass kept.
 *
 * xs (T, D), h0 (H), c0 (H)        the inputs and the states before the first step
 * W* (H, H+D), b* (H)              on [hPrev, x] with hPrev first: f forget, i input, c candidate, o output
 * fs, is, cTildes, os (T, H)       gates and candidates, after σ and tanh: fs[t] belongs to xs[t]
 * cs, hs (T, H)                    the states after each step
 * dhs (T, H)                       dhs[t] is dL/dh_t from step t's own loss; no loss reads a cell
 *
 * Returns the gradients of everything that went in: dxs (T, D), dh0, dc0 (H), dW* (H, H+D), db* (H).
 */
export interface LstmBpttInput {
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
  fs: Sequence;
  is: Sequence;
  cTildes: Sequence;
  os: Sequence;
  cs: Sequence;
  hs: Sequence;
  dhs: Sequence;
}

export interface LstmBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dc0: Vector;
  dWf: Matrix;
  dWi: Matrix;
  dWc: Matrix;
  dWo: Matrix;
  dbf: Vector;
  dbi: Vector;
  dbc: Vector;
  dbo: Vector;
}

export function lstmBptt(input: LstmBpttInput): LstmBpttOutput {
  // TODO: walk from the last step to the first with two things to carry: dL/dh and dL/dc.
  throw new NotImplemented('lstmBptt');
}
