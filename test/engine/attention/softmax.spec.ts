import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softmaxRows, softmaxRowsBackward } from '../../../src/engine/index.js';

/** Numbers whose sums with whole shifts are exact: multiples of 2^-10 in ±2^10. */
const exact = fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((k) => k / 2 ** 10);
const nasty = fc.constantFrom(0, -0, 5e-324, 745, -745, 1e308, -1e308, -Infinity);
const softmax = (scores: number[]): Float64Array => {
  const P = Float64Array.from(scores);
  softmaxRows(P, P.length, 1, P.length);
  return P;
};
/** Exact to rounding, so that the test adds no error of its own. */
const sum = (values: Float64Array): number => {
  let [total, lost] = [0, 0];
  for (const v of [...values].sort((a, b) => a - b)) {
    const next = total + v;
    lost += total >= v ? total - next + v : v - next + total;
    total = next;
  }
  return total + lost;
};

describe('softmax of rows', () => {
  it('sums to 1 within 4 ε at every length', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(exact, nasty), { minLength: 1, maxLength: 300 }), (scores) => {
        fc.pre(scores.some((s) => s > -Infinity));
        const P = softmax(scores);
        expect(P.every((p) => p >= 0 && p <= 1)).toBe(true);
        expect(Math.abs(sum(P) - 1)).toBeLessThanOrEqual(4 * Number.EPSILON);
      }),
    );
    const long = softmax(Array.from({ length: 100_000 }, (_, j) => Math.sin(j)));
    expect(Math.abs(sum(long) - 1)).toBeLessThanOrEqual(4 * Number.EPSILON);
  });

  it('does not change by a bit when every score is shifted by the same exact amount', () => {
    fc.assert(
      fc.property(fc.array(exact, { minLength: 1, maxLength: 20 }), exact, (scores, shift) => {
        expect(softmax(scores.map((s) => s + shift))).toEqual(softmax(scores));
      }),
    );
  });

  it('never overflows', () => {
    expect(softmax([1e308, -1e308])).toEqual(Float64Array.of(1, 0));
    expect(softmax([800, 800])).toEqual(Float64Array.of(0.5, 0.5));
    expect(softmax([-800, -800, -800, -800])).toEqual(new Float64Array(4).fill(0.25));
  });

  it('ignores masked scores, and makes a wholly masked row zero', () => {
    const P = softmax([1, -Infinity, 3, -Infinity]);
    const Q = softmax([1, 3]);
    expect([...P]).toEqual([Q[0], 0, Q[1], 0]);
    expect(softmax([-Infinity, -Infinity])).toEqual(Float64Array.of(0, 0));
    const dP = Float64Array.of(3, 4);
    softmaxRowsBackward(dP, Float64Array.of(0, 0), 2, 1, 2);
    expect(dP.every((v) => v === 0)).toBe(true);
  });

  it('works row by row, and leaves what lies between the rows alone', () => {
    const S = Float64Array.of(1, 2, 99, 5, 4, 98);
    softmaxRows(S, 3, 2, 2);
    expect([S[2], S[5]]).toEqual([99, 98]);
    expect(S.subarray(0, 2)).toEqual(softmax([1, 2]));
    expect(S.subarray(3, 5)).toEqual(softmax([5, 4]));
  });

  it('has gradients that sum to zero over a row: a shift of all scores changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(exact, exact), { minLength: 1, maxLength: 12 }), (pairs) => {
        const P = softmax(pairs.map(([s]) => s / 512));
        const dS = Float64Array.from(pairs.map(([, d]) => d));
        const top = Math.max(...dS.map(Math.abs));
        softmaxRowsBackward(dS, P, P.length, 1, P.length);
        expect(Math.abs(sum(dS))).toBeLessThanOrEqual(8 * Number.EPSILON * top);
      }),
    );
  });
});
