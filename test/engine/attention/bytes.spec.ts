/** What the arena counted is what the closed formulas say, to the byte and class by class. */
import { describe, expect, it } from 'vitest';
import {
  Arena,
  attention,
  attentionBackward,
  attentionShapes,
  bytesOfAttention,
  bytesOfKvCache,
  bytesOfOnlineAttention,
  createKvCache,
  kvCacheStep,
  onlineAttention,
  onlineAttentionBackward,
} from '../../../src/engine/index.js';
import type { AttentionDims, ByteCounts } from '../../../src/engine/index.js';

const grid: AttentionDims[] = [1, 2, 7, 63, 64, 65, 130].flatMap((T) => [
  { Tq: T, Tk: T, B: 1, heads: 1, dk: 4, dv: 4 },
  { Tq: T, Tk: T + 3, B: 2, heads: 3, dk: 2, dv: 5 },
  { Tq: 1, Tk: T, B: 3, heads: 1, dk: 1, dv: 2 },
]);
const given = (dims: AttentionDims) => {
  const { Q, K, V, out } = attentionShapes(dims);
  const zeros = (shape: readonly number[]) => new Float64Array(shape.reduce((a, b) => a * b, 1));
  return { inputs: { Q: zeros(Q), K: zeros(K), V: zeros(V) }, dout: zeros(out) };
};
/** The peak by class of a body, and that nothing but its results stays live. */
function peakOf(body: (arena: Arena) => void): ByteCounts {
  const arena = new Arena();
  arena.scope(() => {
    body(arena);
    expect(arena.live.workspace).toBe(0);
  });
  expect(arena.liveBytes).toBe(0);
  return arena.peak;
}

describe.each(grid)('at %o', (dims) => {
  const { inputs, dout } = given(dims);
  it('naive', () => {
    expect(
      peakOf((arena) => {
        attention(arena, dims, inputs, { causal: true }, 'inference');
      }),
    ).toEqual(bytesOfAttention(dims, 'inference'));
    expect(
      peakOf((arena) => {
        attentionBackward(arena, attention(arena, dims, inputs), dout);
      }),
    ).toEqual(bytesOfAttention(dims, 'training'));
  });
  it('online', () => {
    expect(
      peakOf((arena) => {
        onlineAttention(arena, dims, inputs, { causal: true });
      }),
    ).toEqual(bytesOfOnlineAttention(dims, 'inference'));
    expect(
      peakOf((arena) => {
        onlineAttentionBackward(arena, onlineAttention(arena, dims, inputs), dout);
      }),
    ).toEqual(bytesOfOnlineAttention(dims, 'training'));
    const mask = { keyPadding: new Uint8Array(dims.Tk * dims.B) };
    expect(
      peakOf((arena) => {
        onlineAttention(arena, dims, inputs, mask);
      }),
    ).toEqual(bytesOfOnlineAttention(dims, 'inference', mask));
  });
});

it('online attention needs a thousandth of the naive form’s bytes at T = 65,536, by the formulas', () => {
  const dims = { Tq: 65_536, Tk: 65_536, B: 1, heads: 1, dk: 64, dv: 64 };
  const total = (bytes: ByteCounts) => Object.values(bytes).reduce((a, b) => a + b, 0);
  const extra = (bytes: ByteCounts) => bytes.tape + bytes.workspace;
  const backward = 2 * 64 * 72 + 5 * 64 * 64; // P and dS, a line wider each; K twice, V, Q and dO packed
  expect(extra(bytesOfOnlineAttention(dims, 'training'))).toBe(8 * (2 * 65_536 + backward));
  expect(extra(bytesOfAttention(dims, 'training'))).toBe(2 * 8 * 65_536 ** 2);
  expect(total(bytesOfOnlineAttention(dims, 'inference'))).toBeLessThan(
    total(bytesOfAttention(dims, 'inference')) / 900,
  );
});

it('a cache takes its bytes at the start and none while it fills', () => {
  const dims = { capacity: 9, B: 2, heads: 3, dk: 4, dv: 5 };
  const arena = new Arena();
  const cache = createKvCache(arena, dims);
  expect(arena.live).toEqual(bytesOfKvCache(dims));
  for (let t = 0; t < 9; t++)
    kvCacheStep(cache, {
      q: new Float64Array(24),
      k: new Float64Array(24),
      v: new Float64Array(30),
    });
  expect(arena.peak).toEqual(bytesOfKvCache(dims));
});

it('returns to the starting live bytes after 10,000 forward and backward passes', () => {
  const dims = { Tq: 3, Tk: 3, B: 1, heads: 1, dk: 2, dv: 2 };
  const { inputs, dout } = given(dims);
  const arena = new Arena();
  for (let pass = 0; pass < 10_000; pass++)
    arena.scope(() => {
      attentionBackward(arena, attention(arena, dims, inputs), dout);
      onlineAttentionBackward(arena, onlineAttention(arena, dims, inputs), dout);
    });
  expect(arena.liveBytes).toBe(0);
});
