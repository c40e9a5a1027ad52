/**
 * Numbers that know only how long they had to wait: the length of the longest chain of operations, each of which
 * needs the one before. The textbook cells run over them as over any algebra. A sum (and a maximum) may be taken in
 * any order, so its terms count as a tree, the flattest there is: a tree of depth d has room for Σ 2^(d_i) ≤ 2^d,
 * where d_i are the depths of its terms. Not a time: there is as much hardware as it takes.
 */
import type { Algebra } from '../../check/index.js';

export interface Chain {
  /** What may still be joined: `sum` with further terms, `max` with further candidates, `done` with neither. */
  readonly open: 'done' | 'sum' | 'max';
  /** Σ 2^(d_i) over the terms; 2^d of a number that is done. Zero for the number 0, which nobody waits for. */
  readonly room: bigint;
  /** d, of a number that is done. */
  readonly length?: number;
}

/** After how many operations the number is there. */
export const chainLength = ({ room, length }: Chain): number =>
  length ?? (room <= 1n ? 0 : (room - 1n).toString(2).length);

const done = (length: number): Chain => ({ open: 'done', room: 1n << BigInt(length), length });
const after = (a: Chain, b: Chain): Chain => done(1 + Math.max(chainLength(a), chainLength(b)));
// Of one argument: Array.map hands its functions an index as well.
const next = (a: Chain): Chain => done(1 + chainLength(a));

const joined =
  (open: 'sum' | 'max') =>
  (a: Chain, b: Chain): Chain => {
    const room = (one: Chain): bigint =>
      one.open === open || one.room === 0n ? one.room : done(chainLength(one)).room;
    return { open, room: room(a) + room(b) };
  };

export const chains: Algebra<Chain> = {
  constant: (value) => (value === 0 ? { open: 'done', room: 0n } : done(0)),
  add: joined('sum'),
  sub: after,
  mul: after,
  div: after,
  exp: next,
  log: next,
  sqrt: next,
  max: joined('max'),
  sigmoid: next,
  tanh: next,
  product: (W, v) =>
    W.map((row) =>
      row.reduce((sum, w, k) => chains.add(sum, chains.mul(w, v[k]!)), chains.constant(0)),
    ),
};
