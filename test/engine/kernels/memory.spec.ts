/** The arena's scopes over the kernels' memory: no copies, no leaks, no overlap, growth that detaches nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  cells,
  createParameters,
  kernelsInUse,
  openSimd,
  rng,
  useKernels,
} from '../../../src/engine/index.js';
import { Pool } from '../../../src/engine/kernels/pool.js';
import { webAssembly } from '../../../src/engine/kernels/web-assembly.js';

const opened = openSimd();
if (typeof opened === 'string') throw new Error(`These tests need simd, but ${opened}.`);
const simd = opened;
const pool = simd.memory;
if (!(pool instanceof Pool)) throw new Error('Expected the memory of simd to be a Pool.');

describe('the pool', () => {
  it('gives zeros that overlap nothing, and takes all of it back in any order', () => {
    const before = pool.bytes;
    const order = fc.array(
      fc.record({ length: fc.integer({ min: 0, max: 3000 }), drop: fc.nat() }),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(order, (steps) => {
        const live: { array: Float64Array; mark: number }[] = [];
        const drop = (index: number): void => {
          const [{ array, mark }] = live.splice(index, 1) as [(typeof live)[number]];
          expect(array.every((value) => value === mark)).toBe(true);
          pool.give(array);
        };
        steps.forEach(({ length, drop: which }, mark) => {
          const array = pool.take(length)!;
          expect(array.every((value) => value === 0)).toBe(true);
          live.push({ array: array.fill(mark + 1), mark: mark + 1 });
          if (which % 3 === 0) drop(which % live.length);
        });
        while (live.length > 0) drop(live.length - 1);
        expect(pool.bytes).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every array valid when it grows, and reaches old and new ones alike', () => {
    const small = pool.take(8)!.fill(2);
    const { buffer } = small;
    const large: Float64Array[] = [];
    while (large.every((array) => array.buffer === buffer)) large.push(pool.take(1 << 20)!);
    const last = large.at(-1)!;
    simd.exp(last, small, 8);
    expect(last.slice(0, 2)).toEqual(Float64Array.of(...[2, 2].map(() => last[0]!)));
    expect(last[0]).toBeCloseTo(Math.E ** 2, 12);
    expect([...small]).toEqual(Array(8).fill(2));
    expect(pool.owns(small) && pool.owns(last)).toBe(true);
    for (const array of [small, ...large]) pool.give(array);
  });

  it('gives up what it keeps of other lengths before it grows', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 60 }), (lengths) => {
        const memory = new (webAssembly()!.Memory)({ initial: 16, maximum: 160, shared: true });
        const zero = (start: number, size: number): void =>
          void new Uint8Array(memory.buffer, start, size).fill(0);
        const own = new Pool(memory, zero);
        for (let round = 0; round < 3; round++)
          for (const array of lengths.map((length) => own.take(length + round)!)) own.give(array);
        const { byteLength } = memory.buffer;
        const most = (byteLength - 2 * 65536) / 8; // the first page is the module's, and a line the scratch
        const all = own.take(most)!;
        expect(memory.buffer.byteLength).toBe(byteLength);
        expect(all.every((value) => value === 0)).toBe(true);
        own.give(all);
        expect(own.bytes).toBe(0);
      }),
    ));

  it('gives an array that came back to the next that asks for as many numbers', () => {
    const first = pool.take(77)!.fill(3);
    pool.give(first);
    const next = pool.take(77)!;
    expect(next.byteOffset).toBe(first.byteOffset);
    expect(next.every((value) => value === 0)).toBe(true);
    pool.give(next);
  });

  it('says that there is no room instead of failing', () => {
    expect(pool.take(2 ** 40)).toBeUndefined();
    expect(pool.take(2 ** 29)).toBeUndefined(); // the whole of it, and the first page is taken
  });
});

describe('an arena', () => {
  const dims = { T: 50, B: 2, D: 8, H: 16 };
  const before = kernelsInUse();
  const withSimd = (body: () => void): void => {
    useKernels(simd);
    try {
      body();
    } finally {
      if (before.name !== 'simd') throw new Error(`The default is ${before.name}: ${before.why}.`);
      useKernels(simd, before.why);
    }
  };

  it('takes what a scope allocates from the kernels, as many bytes as it counts, and ordinary arrays outside', () =>
    withSimd(() => {
      const arena = new Arena();
      const start = pool.bytes;
      expect(pool.owns(arena.alloc('tape', 64))).toBe(false);
      arena.scope(() => {
        const array = arena.alloc('tape', 64);
        expect(pool.owns(array)).toBe(true);
        expect(pool.bytes - start).toBe(array.byteLength);
        expect(arena.live.tape).toBe(2 * 64 * 8);
      });
      expect(pool.bytes).toBe(start);
      const held = arena.hold('state', 64);
      expect(pool.owns(held)).toBe(true);
      arena.free(held);
      expect(pool.bytes).toBe(start);
    }));

  it('is back at its start after 10,000 forward and backward passes, and so is the memory itself', () =>
    withSimd(() => {
      const arena = new Arena();
      const parameters = createParameters(arena, cells.lstm, dims, { random: rng(1) });
      const x = new Float64Array(dims.T * dims.B * dims.D).fill(0.5);
      const upstream = { h: new Float64Array(dims.T * dims.B * dims.H).fill(0.1) };
      const pass = (): void =>
        arena.scope(() => {
          cells.lstm.backward(arena, cells.lstm.forward(arena, dims, parameters, { x }), upstream);
        });
      pass();
      const start = { live: arena.live, taken: pool.bytes, resident: 0 };
      for (let n = 0; n < 10_000; n++) {
        pass();
        if (n === 2000) start.resident = process.memoryUsage().rss;
      }
      expect(arena.live).toEqual(start.live);
      expect(pool.bytes).toBe(start.taken);
      expect(process.memoryUsage().rss - start.resident).toBeLessThan(64 * 2 ** 20); // 8,000 passes allocate 2 GB
    }));

  it('gives the same bits in a scope as outside, where arrays are copied', () =>
    withSimd(() => {
      for (const kind of ['rnn', 'lstm', 'gru'] as const) {
        const arena = new Arena();
        const cell = cells[kind];
        const parameters = createParameters(arena, cell, dims, { random: rng(3) });
        const x = Float64Array.from({ length: dims.T * dims.B * dims.D }, rng(4));
        const upstream = { h: Float64Array.from({ length: dims.T * dims.B * dims.H }, rng(5)) };
        const pass = () =>
          cell.backward(arena, cell.forward(arena, dims, parameters, { x }), upstream).gradients;
        const outside = pass();
        arena.scope(() => {
          for (const [name, gradient] of Object.entries(pass()))
            expect(gradient, name).toEqual(outside[name]);
        });
      }
    }));
});
