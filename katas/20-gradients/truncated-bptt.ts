import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * Truncated BPTT for the Elman network h_t = tanh(Whh h_{t-1} + Wxh x_t + bh).
 *
 * The sequence is cut into chunks of k steps, the last one may be shorter. The value of the state goes on
 * from chunk to chunk, its gradient does not: the state is detached before steps 0, k, 2k, …
 *
 * xs   (T, D)  the inputs          h0 (H)  the state before the first step
 * hs   (T, H)  the hidden states of the forward pass: hs[t] belongs to xs[t]
 * Wxh  (H, D), Whh (H, H)
 * dhs  (T, H)  dhs[t] is dL/dh_t from step t's own loss
 * k            steps in a chunk, 1 or more; it may be larger than T
 *
 * Returns dxs (T, D), dWxh (H, D), dWhh (H, H), dbh (H), added up over all chunks, and dh0 (H), which is
 * what comes back to the start of the first chunk.
 */
export interface TruncatedBpttInput {
  xs: Sequence;
  h0: Vector;
  hs: Sequence;
  Wxh: Matrix;
  Whh: Matrix;
  dhs: Sequence;
  k: number;
}

export interface TruncatedBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
}

export function truncatedBptt(input: TruncatedBpttInput): TruncatedBpttOutput {
  // TODO: BPTT, with nothing carried over the border of a chunk.
  throw new NotImplemented('truncatedBptt');
}
