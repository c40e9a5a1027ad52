import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apart, four, nested, short, took } from '../../src/ui/numbers.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const relative = (x: number, shown: string): number =>
  x === 0 ? Math.abs(Number(shown)) : Math.abs((Number(shown) - x) / x);
// At the ends of the range a double has too few digits left, or rounding up overflows.
const normal = finite.filter((x) => x === 0 || (Math.abs(x) > 1e-300 && Math.abs(x) < 1e307));

describe('numbers', () => {
  it('are short: two digits, right to 5 %', () => {
    fc.assert(
      fc.property(normal, (x) => {
        expect(relative(x, short(x))).toBeLessThanOrEqual(0.0501);
        expect(short(x).length).toBeLessThanOrEqual(9);
      }),
    );
    expect([short(0.31), short(-2e-16), short(0), short(-0)]).toEqual([
      '3.1e-1',
      '-2.0e-16',
      '0',
      '0',
    ]);
  });

  it('are four digits, right to 5e-4, and whole where they are whole', () => {
    fc.assert(
      fc.property(normal, (x) => {
        expect(relative(x, four(x))).toBeLessThanOrEqual(5.001e-4);
        expect(four(x).length).toBeLessThanOrEqual(11);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), (n) => {
        expect(Number(four(n))).toBe(n);
      }),
    );
    expect([four(0.76159), four(-0), four(1e-4), four(1e21)]).toEqual([
      ...['0.7616', '0', '1.000e-4', '1.000e+21'],
    ]);
  });

  it('say what is no number', () => {
    expect([four(NaN), four(Infinity), short(NaN), short(-Infinity)]).toEqual([
      ...['NaN', 'Infinity', 'NaN', '-Infinity'],
    ]);
  });

  it('that differ look different, however near they are', () => {
    const nearby = fc
      .tuple(finite, fc.integer({ min: -16, max: 0 }))
      .map(([x, power]) => [x, x * (1 + 10 ** power)] as const);
    fc.assert(
      fc.property(fc.oneof(nearby, fc.tuple(finite, finite)), ([a, b]) => {
        const [left, right] = apart(a, b);
        if (a === b) expect(left).toBe(right);
        else expect(left).not.toBe(right);
      }),
      { numRuns: 1000 },
    );
    expect(apart(0.5, 0.25)).toEqual(['0.5', '0.25']);
    expect(apart(0.428571, 0.428579)).toEqual(['0.42857', '0.42858']);
    expect(apart(NaN, 1)).toEqual(['NaN', '1']);
  });
});

describe('a nested list', () => {
  it('is one line like a matrix', () => {
    expect(nested(0.76159)).toBe('0.7616');
    expect(nested([1, 2.5])).toBe('[1 2.5]');
    expect(nested([[1, 2], [3, 4]])).toBe('[1 2; 3 4]'); // prettier-ignore
    expect(nested([])).toBe('[]');
    expect(nested([[]])).toBe('[]');
  });

  it('shows at most so many entries a row, and says how many it left out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), (values) => {
        const text = nested(values);
        const shown = text.slice(1, -1).split(' … ')[0]!.split(' ').filter(Boolean);
        expect(shown.map(Number)).toEqual(values.slice(0, 8));
        expect(text.includes(`… ${values.length - 8} more`)).toBe(values.length > 8);
      }),
    );
  });

  it('are times in milliseconds up to a second, then in seconds, right to 0.05 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600_000 }), (ms) => {
        const [, value, unit] = /^([\d.]+) (ms|s)$/.exec(took(ms))!;
        expect(unit).toBe(ms < 1000 ? 'ms' : 's');
        expect(Math.abs(Number(value) * (unit === 's' ? 1000 : 1) - ms)).toBeLessThanOrEqual(
          unit === 's' ? 50.001 : 0,
        );
      }),
    );
    expect([250, 999, 1000, 2790].map(took)).toEqual(['250 ms', '999 ms', '1.0 s', '2.8 s']);
  });
});
