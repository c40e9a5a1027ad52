/** The key and value cache: step by step it gives what causal attention gives over the whole sequence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  attention,
  createKvCache,
  fillUniform,
  kvCacheStep,
  rng,
} from '../../../src/engine/index.js';

const size = (max: number) => fc.integer({ min: 1, max });
const sizes = fc.record({
  ...{ T: size(40), B: size(3), heads: size(3), dk: size(4), dv: size(4) },
});
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('the cache', () => {
  it('gives, step by step, the bits of causal attention over the whole sequence', () => {
    fc.assert(
      fc.property(sizes, seeds, ({ T, B, heads, dk, dv }, seed) => {
        const random = rng(seed);
        const draw = (columns: number) => {
          const array = new Float64Array(T * B * heads * columns);
          fillUniform(array, random, -4, 4);
          return array;
        };
        const given = { Q: draw(dk), K: draw(dk), V: draw(dv) };
        const dims = { Tq: T, Tk: T, B, heads, dk, dv };
        const arena = new Arena();
        const { out } = attention(arena, dims, given, { causal: true }, 'inference');
        const cache = createKvCache(arena, { capacity: T + 3, B, heads, dk, dv });
        const step = (array: Float64Array, t: number) => {
          const width = array.length / T;
          return array.slice(t * width, (t + 1) * width);
        };
        for (let t = 0; t < T; t++) {
          const o = kvCacheStep(cache, {
            q: step(given.Q, t),
            k: step(given.K, t),
            v: step(given.V, t),
          });
          expect(o).toEqual(step(out, t));
        }
        expect(cache.length).toBe(T);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a step too many', () => {
    const cache = createKvCache(new Arena(), { capacity: 1, B: 1, heads: 1, dk: 1, dv: 1 });
    const one = { q: Float64Array.of(1), k: Float64Array.of(1), v: Float64Array.of(5) };
    expect(kvCacheStep(cache, one)).toEqual(Float64Array.of(5));
    expect(() => kvCacheStep(cache, one)).toThrow(/holds 1 steps/);
  });
});
