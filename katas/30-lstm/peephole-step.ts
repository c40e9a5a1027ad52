import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One LSTM step with peepholes: all three gates also see the cell, each unit its own.
 *
 * x (D), hPrev (H), cPrev (H)  as in lstm-step
 * W*          (H, H+D)         on [hPrev, x] with hPrev first: f forget, i input, c candidate, o output
 * b*          (H)              one bias per block
 * pf, pi, po  (H)              the peepholes: diagonal weights. f and i see the old cell, o sees the NEW one
 *
 * Returns fresh vectors h (H) and c (H); the inputs stay as they are.
 */
export interface PeepholeStepInput {
  x: Vector;
  hPrev: Vector;
  cPrev: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
  pf: Vector;
  pi: Vector;
  po: Vector;
}

export function peepholeStep(input: PeepholeStepInput): { h: Vector; c: Vector } {
  // TODO: f, i and the candidate, then c, and only then o, which looks at it.
  throw new NotImplemented('peepholeStep');
}
