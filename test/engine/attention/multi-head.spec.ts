/** Multi-head attention in its three forms: with the T×T matrix, without it, and step by step from a cache. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  createMultiHeadParameters,
  fillUniform,
  multiHead,
  multiHeadBackward,
  openMultiHeadStream,
  openSimd,
  rng,
} from '../../../src/engine/index.js';
import { distance, largest } from '../golden-file.js';

const size = (max: number) => fc.integer({ min: 1, max });
const shapes = fc.record({
  ...{ Tq: size(9), Tk: size(9), B: size(3), heads: size(3), perHead: size(4) },
});
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const noise = (length: number, seed: number): Float64Array => {
  const array = new Float64Array(length);
  fillUniform(array, rng(seed), -2, 2);
  return array;
};
const drawn = (arena: Arena, E: number, seed: number) => {
  const parameters = createMultiHeadParameters(arena, { E });
  fillUniform(parameters.slab, rng(seed), -1, 1);
  return parameters;
};
const bytes = () => (openSimd() as { memory: { bytes: number } }).memory.bytes;

describe('by online softmax', () => {
  it('gives the naive numbers and gradients, self and cross, masked and not', () => {
    fc.assert(
      fc.property(
        ...[shapes, seeds, fc.boolean(), fc.boolean(), fc.boolean()],
        ({ Tq, Tk, B, heads, perHead }, seed, cross, causal, padded) => {
          const E = heads * perHead;
          const dims = { Tq, Tk: cross ? Tk : Tq, B, E, heads };
          const arena = new Arena();
          const parameters = drawn(arena, E, seed);
          const x = noise(Tq * B * E, seed + 1);
          const given = cross ? { x, memory: noise(dims.Tk * B * E, seed + 2) } : { x };
          const random = rng(seed + 3);
          const mask = {
            causal,
            ...(padded && {
              keyPadding: Uint8Array.from({ length: dims.Tk * B }, () => Number(random() < 0.3)),
            }),
          };
          const dout = noise(Tq * B * E, seed + 4);
          const naive = multiHead(arena, dims, parameters, given, mask);
          const online = multiHead(arena, dims, parameters, given, mask, 'online');
          expect(online.heads.logSumExp).toHaveLength(B * heads * Tq); // the T×T matrix was not kept
          expect(distance(online.out, naive.out)).toBeLessThanOrEqual(1e-13 * largest(naive.out));
          const d = multiHeadBackward(arena, naive, dout);
          const e = multiHeadBackward(arena, online, dout);
          const scale = Math.max(largest(d.slab), largest(d.x), 1);
          for (const name of ['slab', 'x', 'memory'] as const)
            expect(distance(e[name], d[name]), name).toBeLessThanOrEqual(1e-13 * scale);
        },
      ),
    );
  });
});

describe('step by step', () => {
  it('gives the bits of causal attention over the whole sequence, and the numbers of the online form', () => {
    fc.assert(
      fc.property(shapes, seeds, size(70), ({ B, heads, perHead }, seed, T) => {
        const E = heads * perHead;
        const dims = { Tq: T, Tk: T, B, E, heads };
        const arena = new Arena();
        const parameters = drawn(arena, E, seed);
        const x = noise(T * B * E, seed + 1);
        const whole = multiHead(arena, dims, parameters, { x }, { causal: true });
        // Not the same bits: the naive softmax sums a row at once and with compensation, the online one by tiles.
        const online = multiHead(arena, dims, parameters, { x }, { causal: true }, 'online');
        expect(distance(online.out, whole.out)).toBeLessThanOrEqual(1e-13 * largest(whole.out));
        const stream = openMultiHeadStream(arena, { capacity: T, B, E, heads }, parameters);
        for (let t = 0; t < T; t++)
          expect(stream.step(x.slice(t * B * E, (t + 1) * B * E))).toEqual(
            whole.out.slice(t * B * E, (t + 1) * B * E),
          );
        expect(stream.length).toBe(T);
        expect(() => stream.step(x.slice(0, B * E))).toThrow(/full: it holds/);
        stream.close();
      }),
      { numRuns: 40 },
    );
  });

  it('takes nothing while it runs, and gives everything back', () => {
    const arena = new Arena();
    const [live, pool] = [arena.liveBytes, bytes()];
    const parameters = drawn(new Arena(), 6, 1);
    const stream = openMultiHeadStream(arena, { capacity: 50, E: 6, heads: 3 }, parameters);
    const [open, used] = [arena.liveBytes, bytes()];
    for (let t = 0; t < 50; t++) stream.step(noise(6, t));
    expect([arena.liveBytes, bytes()]).toEqual([open, used]);
    expect(open).toBeGreaterThan(live);
    stream.close();
    expect([arena.liveBytes, bytes()]).toEqual([live, pool]);
  });

  it('refuses what does not fit', () => {
    const arena = new Arena();
    const parameters = drawn(arena, 6, 1);
    const open = (sizes: { capacity?: number; E?: number; heads?: number }) =>
      openMultiHeadStream(arena, { capacity: 3, E: 6, heads: 2, ...sizes }, parameters);
    expect(() => open({ heads: 4 })).toThrow(/E to be a multiple of heads, got E = 6, heads = 4/);
    expect(() => open({ capacity: 0 })).toThrow(
      /Expected capacity to be a positive integer, got 0/,
    );
    expect(() => open({ E: 8 })).toThrow(/Expected Wq to be \(8,8\)/);
    const stream = open({});
    expect(() => stream.step(new Float64Array(5))).toThrow(/Expected x to be \(1,6\)/);
    stream.close();
    const apart = { Tq: 2, Tk: 3, B: 1, E: 6, heads: 2 };
    expect(() => multiHead(arena, apart, parameters, { x: new Float64Array(12) })).toThrow(
      /Without a memory .* expected Tk = Tq = 2, got 3/,
    );
  });
});
