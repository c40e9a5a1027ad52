/**
 * Causal attention one step at a time: the keys and values of all earlier steps are kept, and a new query
 * meets them. Every output has the bits of row t of causal scaled-dot-product.ts, since each score, each
 * softmax and each weighted sum runs over the same numbers in the same order, and masked terms add zero.
 * Inference only: there is no backward pass through a cache.
 */
import { EngineError } from '../errors.js';
import { expectArrays, expectSizes } from '../slab.js';
import { kernels } from '../kernels/current.js';
import { softmaxRows } from './softmax.js';
import type { Arena, ByteCounts } from '../arena.js';

/** Sizes of a cache. All are integers of at least 1. */
export interface KvCacheDims {
  /** The most steps it can hold. */
  readonly capacity: number;
  /** Sequences in the batch. */
  readonly B: number;
  /** Heads: independent attentions over column blocks of q, k and v. */
  readonly heads: number;
  /** Columns of a head's query and key. */
  readonly dk: number;
  /** Columns of a head's value. */
  readonly dv: number;
}

/** The keys and values of the steps so far: what makes one more step of attention O(T) instead of O(T²). */
export interface KvCache {
  /** The sizes that it was made for. */
  readonly dims: KvCacheDims;
  /** Steps held so far. */
  length: number;
  /** (capacity,B,heads·dk), of which the first `length` steps count. */
  readonly K: Float64Array;
  /** (capacity,B,heads·dv), likewise. */
  readonly V: Float64Array;
  /** (B,heads·dv): the output of the newest step, overwritten by the next one. */
  readonly out: Float64Array;
  /** (capacity): one row of scores, then of weights. */
  readonly row: Float64Array;
}

/**
 * An empty cache. Its bytes do not grow with use. With `hold` it lies in the kernels' memory and is freed by
 * hand (Arena.hold), array by array. @throws {EngineError} if a size is not a positive integer.
 */
export function createKvCache(
  arena: Arena,
  dims: KvCacheDims,
  how: 'alloc' | 'hold' = 'alloc',
): KvCache {
  expectSizes({ ...dims });
  const { capacity, B, heads, dk, dv } = dims;
  return {
    dims,
    length: 0,
    K: arena[how]('state', capacity * B * heads * dk),
    V: arena[how]('state', capacity * B * heads * dv),
    out: arena[how]('state', B * heads * dv),
    row: arena[how]('workspace', capacity),
  };
}

/**
 * Takes in the key k and value v of a new step, and gives the attention of its query q over all steps
 * so far: q and k (B,heads·dk), v and the result (B,heads·dv), which is overwritten by the next step. Allocates
 * nothing. O(length) work. The bits of row t of causal `attention`.
 *
 * @example
 * ```ts
 * import { Arena, createKvCache, kvCacheStep } from 'bptt';
 *
 * const cache = createKvCache(new Arena(), { capacity: 8, B: 1, heads: 1, dk: 1, dv: 1 });
 * const [q, k] = [Float64Array.of(0), Float64Array.of(1)]; // q = 0: every step counts the same
 * kvCacheStep(cache, { q, k, v: Float64Array.of(10) }); // → [10]
 * kvCacheStep(cache, { q, k, v: Float64Array.of(20) }); // → [15]
 * cache.length; // → 2
 * ```
 *
 * @throws {EngineError} if the cache is full, or an array's length does not fit.
 */
export function kvCacheStep(
  cache: KvCache,
  { q, k, v }: { readonly q: Float64Array; readonly k: Float64Array; readonly v: Float64Array },
): Float64Array {
  const { dims, K, V, out, row } = cache;
  const { capacity, B, heads, dk, dv } = dims;
  const [ldk, ldv] = [B * heads * dk, B * heads * dv];
  expectArrays({ q: [B, heads * dk], k: [B, heads * dk], v: [B, heads * dv] }, { q, k, v });
  if (cache.length === capacity)
    throw new EngineError(`The cache is full: it holds ${capacity} steps.`);
  K.set(k, cache.length * ldk);
  V.set(v, cache.length * ldv);
  const T = ++cache.length;
  const scale = 1 / Math.sqrt(dk);
  out.fill(0);
  for (let block = 0; block < B * heads; block++) {
    row.fill(0, 0, T);
    kernels.addABt(row, T, q.subarray(block * dk), ldk, K.subarray(block * dk), ldk, 1, T, dk); // s = K q
    for (let j = 0; j < T; j++) row[j] *= scale; // … / √dk
    softmaxRows(row, T, 1, T); // p = softmax(s)
    kernels.addAB(out.subarray(block * dv), ldv, row, T, V.subarray(block * dv), ldv, 1, dv, T); // o = Vᵀ p
  }
  return out;
}

/** The bytes of a cache by class: O(capacity), the same at the first step and at the last. */
export const bytesOfKvCache = ({ capacity, B, heads, dk, dv }: KvCacheDims): ByteCounts => ({
  parameters: 0,
  state: 8 * B * heads * (capacity * (dk + dv) + dv),
  tape: 0,
  workspace: 8 * capacity,
  gradients: 0,
});
