import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

/**
 * Two Elman cells over one padded sequence, from its two ends.
 *
 * xs          (T, D)  the inputs; steps 0 … length - 1 are real, the rest is padding
 * length              1 … T
 * WxhForward  (H, D), WhhForward  (H, H), bhForward  (H)  the cell that reads xs[0] first
 * WxhBackward (H, D), WhhBackward (H, H), bhBackward (H)  the cell that reads xs[length - 1] first
 *
 * Both begin with zeros; each step is h = tanh(Wxh x + Whh hPrev + bh).
 * Returns hs (T, 2H): hs[t] = [forward state, backward state] of the same step t; zeros past the end.
 */
export interface BidirectionalRnnInput {
  xs: Sequence;
  length: number;
  WxhForward: Matrix;
  WhhForward: Matrix;
  bhForward: Vector;
  WxhBackward: Matrix;
  WhhBackward: Matrix;
  bhBackward: Vector;
}

export function bidirectionalRnn(input: BidirectionalRnnInput): { hs: Sequence } {
  // TODO: one pass each way over the real steps, then join them step by step.
  throw new NotImplemented('bidirectionalRnn');
}
