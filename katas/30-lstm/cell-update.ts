import { NotImplemented } from 'bptt/kata';
import type { Vector } from 'bptt/kata';

/**
 * The cell update of one LSTM step: no matrix, every unit for itself.
 *
 * f       (H)  the forget gate, between 0 and 1
 * i       (H)  the input gate, between 0 and 1
 * cTilde  (H)  the candidate, between -1 and 1
 * cPrev   (H)  the cell state of the step before
 *
 * Returns a fresh vector c (H), the new cell state; cPrev stays as it is.
 */
export interface CellUpdateInput {
  f: Vector;
  i: Vector;
  cTilde: Vector;
  cPrev: Vector;
}

export function cellUpdate(input: CellUpdateInput): { c: Vector } {
  // TODO: keep a share of the old cell and add a share of the candidate.
  throw new NotImplemented('cellUpdate');
}
