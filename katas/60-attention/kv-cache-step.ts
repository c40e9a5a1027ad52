import { NotImplemented } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

/**
 * One step of causal attention with a cache: take in the newest step's key and value, then let its query
 * attend over all steps so far, the newest included. The cache has room for S steps and holds `length`
 * of them; rows from `length` on are left over from another sequence.
 *
 * q       (K)     the query of the newest step; the size K is also called d_k
 * k       (K)     its key
 * v       (V)     its value
 * keys    (S, K)  the cached keys, of which the first `length` rows count
 * values  (S, V)  the cached values, likewise
 * length          steps held so far, 0 … S - 1
 *
 * Returns o (V), and the cache after the step, keys (S, K) and values (S, V), as fresh copies: rows that
 * are not written stay as they are. (In production one writes in place; here inputs are not touched.)
 */
export interface KvCacheStepInput {
  q: Vector;
  k: Vector;
  v: Vector;
  keys: Matrix;
  values: Matrix;
  length: number;
}

export interface KvCacheStepOutput {
  o: Vector;
  keys: Matrix;
  values: Matrix;
}

export function kvCacheStep(input: KvCacheStepInput): KvCacheStepOutput {
  // TODO: write row `length` of both, then attend over the rows that count.
  throw new NotImplemented('kvCacheStep');
}
