import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutModes } from '../../../src/bench/memory/modes.js';
import { crossovers, firstOver } from '../../../src/bench/memory/crossovers.js';
import {
  firstOverLimit,
  memoryModes,
  multiplyAdds,
  predictedBytes,
} from '../../../src/bench/index.js';
import { asPredicted, counted, reportOf } from './fake.js';
import type { MemoryMode, MemoryRequest } from '../../../src/bench/index.js';

const request: MemoryRequest = {
  modes: memoryModes,
  steps: [4, 8, 16],
  ...{ hidden: 6, heads: 2, k: 5 },
};

describe('the report', () => {
  it('is plain data: every mode at every T, in order, counted as predicted', async () => {
    const told: string[] = [];
    const report = await reportOf({
      ...request,
      measure: counted,
      onProgress: (mode, T, done, of) => told.push(`${mode} ${T} ${done}/${of}`),
    });
    expect(structuredClone(report)).toEqual(report);
    expect(report.agrees).toBe(true);
    expect(report.curves.map(({ mode }) => mode)).toEqual([...memoryModes]);
    for (const { points, kept } of report.curves) {
      expect(points.map(({ T }) => T)).toEqual([4, 8, 16]);
      for (const point of points) expect(point.keptBytes).toBe(point.measured[kept.class]);
    }
    expect(told).toHaveLength(24);
    expect(told[0]).toBe('lstm-streaming 4 0/24');
  });

  it('says so if a single byte of a single class is missing', async () => {
    const classes = Object.keys(
      (await asPredicted('lstm-bptt', { T: 1, hidden: 1, heads: 1, k: 1 })).measured,
    );
    for (const of of classes) {
      const report = await reportOf({
        ...request,
        modes: ['lstm-bptt'],
        measure: async (mode, sizes) => {
          const { measured, ...rest } = await asPredicted(mode, sizes);
          const lost = { ...measured, [of]: measured[of as 'tape'] - (sizes.T === 8 ? 1 : 0) };
          return { ...rest, measured: lost };
        },
      });
      expect(report.agrees, of).toBe(false);
    }
  });

  it.each([16, 64, 128])('has the exponents of theory within 0.02 (H = %i)', async (hidden) => {
    const { curves } = await reportOf({ hidden });
    for (const { mode, exponent, theory } of curves) {
      expect(Math.abs(exponent!.value - theory), mode).toBeLessThan(0.02);
      expect(exponent!.low - 1e-9, mode).toBeLessThanOrEqual(theory);
      expect(exponent!.high + 0.005, mode).toBeGreaterThanOrEqual(theory);
    }
  });

  it('fits the exponent of truncated BPTT where a stretch is full, and only there', async () => {
    const [curve] = (await reportOf({ modes: ['lstm-truncated'], k: 512 })).curves;
    expect(curve!.exponent!.value).toBe(0);
    const [short] = (await reportOf({ modes: ['lstm-truncated'], k: 4096 })).curves;
    expect(short!.exponent).toBeNull();
  });
});

describe('a crossover', () => {
  it('is the first T from which on the one is larger', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 50 }), (a, b) => {
        const first = firstOver((T) => b * T * T, (T) => a * T); // prettier-ignore
        expect(first).toBe(Math.floor(a / b) + 1); // b T² > a T from the first whole T above a / b
      }),
    );
    // The looked-up one is the one found step by step, for all that the report compares.
    for (const hidden of [1, 5, 16])
      for (const { mode, over, of, from } of crossovers(memoryModes, { hidden, heads: 1, k: 3 })) {
        const bytes = (which: MemoryMode, T: number) => {
          const { byClass, total } = predictedBytes(which, { T, hidden, heads: 1, k: 3 });
          return of === 'total' ? total : byClass[aboutModes[which].kept.class];
        };
        let T = 700;
        while (T > 0 && bytes(mode, T) > bytes(over, T)) T--;
        expect(from, `${mode} ${over} ${of} ${hidden}`).toBe(T + 1);
      }
    expect(firstOver((T) => T, (T) => T)).toBeNull(); // prettier-ignore
    expect(firstOver((T) => T + 1, (T) => T)).toBe(1); // prettier-ignore
  });

  it('of naive attention and the tape lies at 7 H / heads, of the cache at the start', () => {
    for (const [hidden, heads] of [
      [16, 1],
      [64, 1],
      [64, 4],
      [512, 8],
    ] as const) {
      // prettier-ignore
      const found = crossovers(memoryModes, { hidden, heads, k: 32 }).filter(({ of }) => of === 'kept');
      const from = Object.fromEntries(
        found.map(({ mode, over, from: T }) => [`${mode} ${over}`, T]),
      );
      expect(from['attention-naive-training lstm-bptt']).toBe((7 * hidden) / heads + 1);
      expect(from['attention-naive-inference attention-kv-cache']).toBe(2 * hidden + 1);
      expect(from['attention-kv-cache lstm-streaming']).toBe(1);
    }
  });

  it('is told only of modes that were asked for', () => {
    expect(crossovers(['lstm-bptt', 'attention-online'], { hidden: 4, heads: 1, k: 2 })).toEqual(
      [],
    );
  });
});

describe('what would not fit', () => {
  it('is found before it is measured: the first point over the limit, with its bytes', () => {
    const modes = memoryModes.filter((mode) => mode.startsWith('attention'));
    const large = { ...request, modes, steps: [1024, 1_000_000], hidden: 16, heads: 1 };
    const over = firstOverLimit(large, 1e9);
    expect(over).toMatchObject({ mode: 'attention-naive-inference', T: 1_000_000 });
    expect(over!.bytes).toBe(8 * (1e12 + 4 * 16e6)); // T² scores; Q, K, V and the output
    for (const { mode, T, bytes } of [over!])
      expect(predictedBytes(mode, { ...large, T }).total).toBe(bytes);
    expect(firstOverLimit(large, over!.bytes * 3)).toBeNull();
  });

  it('is also what would take too long', () => {
    const of = (steps: number[]) =>
      multiplyAdds({ ...request, modes: ['attention-online'], steps });
    expect(of([2048]) / of([1024])).toBe(4);
    expect(of([1024, 2048])).toBe(of([1024]) + of([2048]));
  });
});
