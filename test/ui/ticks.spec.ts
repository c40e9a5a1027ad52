import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks } from '../../src/ui/ticks.js';

const most = fc.integer({ min: 3, max: 12 });
const positive = fc.double({ min: -300, max: 300, noNaN: true }).map((e) => 10 ** e);
const signed = fc.tuple(positive, fc.constantFrom(-1, 0, 1)).map(([size, sign]) => sign * size);
const several = <Value>(one: fc.Arbitrary<Value>) => fc.array(one, { minLength: 1, maxLength: 6 });

/** One, two or five times a power of ten: read from the shortest decimal form, not computed. */
const round = (value: number): boolean => /^[125]e/.test(value.toExponential());

function expectAscending(ticks: readonly number[], count: number): void {
  expect(ticks.length).toBeLessThanOrEqual(count);
  expect(ticks.length).toBeGreaterThan(0);
  for (const [k, tick] of ticks.entries()) if (k > 0) expect(tick).toBeGreaterThan(ticks[k - 1]!);
}

describe('linear ticks', () => {
  it('are whole multiples of a round step, and reach beyond the values', () => {
    const integers = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(several(integers), most, (values, count) => {
        const ticks = linearTicks(values, count);
        expectAscending(ticks, count);
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(...values));
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(...values));
        const step = Number((ticks[1]! - ticks[0]!).toPrecision(9));
        expect(round(step), String(step)).toBe(true);
        for (const tick of ticks) expect(tick / step).toBeCloseTo(Math.round(tick / step), 6);
      }),
    );
  });

  it('are there for every size and sign', () => {
    fc.assert(
      fc.property(several(signed), most, (values, count) => {
        expectAscending(linearTicks(values, count), count);
      }),
      {
        examples: [
          [[-2e-308], 3],
          [[5e-324, 0], 3],
          [[-1e300, 1e300], 3],
        ],
      },
    );
  });

  it('are written without noise', () => {
    const texts = linearTicks([0, 0.7], 12).map(String);
    expect(texts).toEqual(['0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7']);
  });
});

describe('log ticks', () => {
  it('are powers of two where all values are', () => {
    fc.assert(
      fc.property(several(fc.integer({ min: -40, max: 40 })), most, (exponents, count) => {
        const ticks = logTicks(
          exponents.map((e) => 2 ** e),
          count,
        );
        expectAscending(ticks, count);
        for (const tick of ticks) expect(Number.isInteger(Math.log2(tick))).toBe(true);
        expect(Math.log2(ticks[0]!)).toBe(Math.min(...exponents));
      }),
    );
  });

  it('are otherwise powers of ten, and 2 and 5 times them where the values are close', () => {
    fc.assert(
      fc.property(several(positive), most, (values, count) => {
        const ticks = logTicks([...values, 3], count);
        expectAscending(ticks, count);
        for (const tick of ticks) expect(round(tick), String(tick)).toBe(true);
      }),
      { examples: [[[5e-324, 1.7e308], 3]] },
    );
    expect(logTicks([30, 400], 9)).toEqual([20, 50, 100, 200, 500]);
    expect(logTicks([3, 4e9], 4)).toEqual([1, 1e3, 1e6, 1e9]);
  });
});
