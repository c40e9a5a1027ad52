import type { Vector } from 'bptt/kata';

export interface CellUpdateInput {
  f: Vector;
  i: Vector;
  cTilde: Vector;
  cPrev: Vector;
}

export function cellUpdate({ f, i, cTilde, cPrev }: CellUpdateInput): { c: Vector } {
  return { c: cPrev.map((old, j) => f[j] * old + i[j] * cTilde[j]) }; // c = f ⊙ c₋ + i ⊙ c̃
}
