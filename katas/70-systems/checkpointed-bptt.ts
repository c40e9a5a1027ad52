import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * BPTT with checkpoints: the gradients of full BPTT, from a forward pass that keeps few states.
 * Forward, h_t = tanh(Whh h_{t-1} + Wxh x_t + bh), keep only the states after k, 2k, 3k, … steps.
 * Backward, take the segments of k steps from the last to the first: compute the segment's states again
 * from the checkpoint that it begins with, then walk back through it. The last segment may be shorter.
 *
 * xs   (T, D)  the inputs          h0 (H)  the state before the first step
 * Wxh  (H, D), Whh (H, H), bh (H)
 * dhs  (T, H)  dhs[t] is dL/dh_t from step t's own loss
 * k            steps in a segment, 1 or more; it may be larger than T
 *
 * Returns dxs (T, D), dh0 (H), dWxh (H, D), dWhh (H, H), dbh (H), and checkpoints: the states kept, in
 * order, fresh vectors (H): those that a later segment begins with, so not h0 and not the final state.
 */
export interface CheckpointedBpttInput {
  xs: Sequence;
  h0: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
  dhs: Sequence;
  k: number;
}

export interface CheckpointedBpttOutput {
  dxs: Sequence;
  dh0: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
  checkpoints: Vector[];
}

export function checkpointedBptt(input: CheckpointedBpttInput): CheckpointedBpttOutput {
  // TODO: forward with checkpoints; then, from the last segment to the first, recompute and go back.
  throw new NotImplemented('checkpointedBptt');
}
