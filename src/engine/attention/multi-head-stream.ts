/**
 * Causal multi-head self-attention one step at a time: the new step's query over the keys and values of all
 * steps so far, which a cache holds. Weights are packed once, when the stream is opened. The same bits as
 * row t of `multiHead` with a causal mask: every projection and every head sums the same numbers in the
 * same order. There is no backward: nothing is saved for it.
 */
import { createKvCache, kvCacheStep } from './kv-cache.js';
import { expectArrays, expectSizes } from '../slab.js';
import { expectHeads, multiHeadShapes } from './multi-head.js';
import { kernels } from '../kernels/current.js';
import { packedSize } from '../kernels/kernels.js';
import type { Arena, Slab } from '../arena.js';
import type { MultiHeadParameter } from './multi-head.js';

/** Causal self-attention fed step by step, over a cache of keys and values with a fixed capacity. */
export interface MultiHeadStream {
  /** Steps taken so far. */
  readonly length: number;
  /**
   * Takes x (B,E), returns out (B,E): the same array every time.
   * @throws {EngineError} if x has another length, or if there were `capacity` steps already.
   */
  step(x: Float64Array): Float64Array;
  /** Gives the memory back; after it, nothing of the stream may be used. */
  close(): void;
}

/**
 * Opens a stream with nothing in its cache. Later changes of the parameters are not seen. Each step has the bits of
 * the same row of `multiHead` with a causal mask.
 *
 * @example
 * ```ts
 * import { Arena, createMultiHeadParameters, openMultiHeadStream, rng } from 'bptt';
 *
 * const arena = new Arena();
 * const parameters = createMultiHeadParameters(arena, { E: 8 }, rng(7));
 * const stream = openMultiHeadStream(arena, { capacity: 100, E: 8, heads: 2 }, parameters);
 * stream.step(new Float64Array(8)).length; // → 8
 * stream.length; // → 1
 * stream.close();
 * ```
 *
 * @throws {EngineError} if a size or an array's length does not fit.
 */
export function openMultiHeadStream(
  arena: Arena,
  {
    capacity,
    B = 1,
    E,
    heads,
  }: {
    /** The most steps. */
    readonly capacity: number;
    /** Sequences in the batch; 1 where nothing is said. */
    readonly B?: number;
    /** Model size. */
    readonly E: number;
    /** Heads, each of E / heads columns. */
    readonly heads: number;
  },
  parameters: Slab<MultiHeadParameter>,
): MultiHeadStream {
  expectSizes({ capacity, B });
  expectHeads({ E, heads });
  expectArrays(multiHeadShapes({ E }), parameters);
  const { Wq, bq, Wk, bk, Wv, bv, Wo, bo } = parameters;
  const packed = (W: Float64Array): Float64Array => {
    const P = arena.hold('parameters', packedSize(E, E));
    kernels.packABt(P, W, E, E, E);
    return P;
  };
  const held = (b: Float64Array): Float64Array => {
    const own = arena.hold('parameters', E);
    own.set(b);
    return own;
  };
  const weights = { q: packed(Wq), k: packed(Wk), v: packed(Wv), out: packed(Wo) };
  const biases = { q: held(bq), k: held(bk), v: held(bv), out: held(bo) };
  const room = () => arena.hold('workspace', B * E);
  const [x, q, k, v, out] = [room(), room(), room(), room(), arena.hold('state', B * E)];
  const size = E / heads;
  const cache = createKvCache(arena, { capacity, B, heads, dk: size, dv: size }, 'hold');
  const project = (to: Float64Array, from: Float64Array, name: keyof typeof weights): void => {
    kernels.addPacked(to, E, from, E, weights[name], B, E, E, biases[name]);
  };
  return {
    get length() {
      return cache.length;
    },
    step(given) {
      expectArrays({ x: [B, E] }, { x: given });
      x.set(given);
      project(q, x, 'q'); // q = x Wqᵀ + bq
      project(k, x, 'k'); // k = x Wkᵀ + bk
      project(v, x, 'v'); // v = x Wvᵀ + bv
      project(out, kvCacheStep(cache, { q, k, v }), 'out'); // out = [head_1 … head_A] Woᵀ + bo
      return out;
    },
    close() {
      const own = [...Object.values(weights), ...Object.values(biases), x, q, k, v, out];
      for (const array of [...own, cache.K, cache.V, cache.out, cache.row]) arena.free(array);
    },
  };
}
