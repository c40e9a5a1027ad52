import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittedExponent } from '../../../src/bench/memory/exponent.js';

const doublings = [64, 128, 256, 512, 1024, 2048, 4096, 8192];
const factor = fc.double({ min: 0.01, max: 1e6, noNaN: true });

describe('the exponent', () => {
  it('of a power is that power, with no width', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3, noNaN: true }), factor, (p, a) => {
        const { value, low, high } = fittedExponent(doublings.map((T) => [T, a * T ** p]))!;
        expect(value).toBeCloseTo(p, 9);
        expect(high - low).toBeLessThan(1e-9);
      }),
    );
  });

  it('does not change with the unit, or with the order of the points', () => {
    const bytes = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(bytes, factor, (all, a) => {
        const points = doublings.map((T, k) => [T, all[k]!] as const);
        const one = fittedExponent(points)!;
        const other = fittedExponent(points.map(([T, b]) => [T, a * b] as const).reverse())!;
        expect(other.value).toBeCloseTo(one.value, 6);
        expect(other.low).toBeCloseTo(one.low, 6);
        expect(one.low).toBeLessThanOrEqual(one.value);
        expect(one.high).toBeGreaterThanOrEqual(one.value);
      }),
    );
  });

  it('is the slope of statistics books, interval and all', () => {
    // y = 2, 1, 4, 3 at x = 0, 1, 2, 3: slope 0.6, residual sum 3.2, so ± 4.303 · √(1.6 / 5).
    const { value, low, high } = fittedExponent([[1, 4], [2, 2], [4, 16], [8, 8]])!; // prettier-ignore
    expect(value).toBeCloseTo(0.6, 12);
    expect(high - value).toBeCloseTo(4.303 * Math.sqrt(1.6 / 5), 12);
    expect(value - low).toBeCloseTo(4.303 * Math.sqrt(1.6 / 5), 12);
  });

  it('is not guessed from fewer than three sizes, or from nothing', () => {
    expect(fittedExponent([])).toBeNull();
    expect(fittedExponent([[1, 1], [2, 2]])).toBeNull(); // prettier-ignore
    expect(fittedExponent([[2, 1], [2, 2], [4, 3]])).toBeNull(); // prettier-ignore
    expect(fittedExponent([[1, 0], [2, 0], [4, 0]])).toBeNull(); // prettier-ignore
  });
});
