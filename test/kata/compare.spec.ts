/** Comparing numbers: what is equal, and which entry is the first that is not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareOutputs, sameBits, unfit } from '../../src/kata/compare.js';
import { copyValues } from '../../src/kata/cases.js';
import type { Shapes, Values } from '../../src/kata/values.js';
import type { RawValue } from '../../src/kata/subject.js';

const entry = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
const row = (n: number) =>
  fc.float64Array({ minLength: n, maxLength: n, noNaN: true, min: -9, max: 9 });
const values: fc.Arbitrary<Values> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([m, n]) =>
    fc.record({ s: entry, v: row(n), M: fc.array(row(n), { minLength: m, maxLength: m }) }),
  );

it('is equal to itself, also by bits; a copy is too', () => {
  fc.assert(
    fc.property(values, (all) => {
      expect(compareOutputs(all, copyValues(all))).toEqual({ same: true });
      expect(sameBits(all, copyValues(all))).toBe(true);
    }),
  );
});

it('names the one entry that is off, on the scale of its output', () => {
  fc.assert(
    fc.property(values, fc.nat(), fc.nat(), fc.boolean(), (all, a, b, isNaN) => {
      const got = copyValues(all);
      const M = got.M as Float64Array[];
      const [j, k] = [a % M.length, b % M[0]!.length];
      const scale = Math.max(
        1e-6,
        ...(all.M as Float64Array[]).flatMap((r) => [...r].map(Math.abs)),
      );
      const expected = M[j]![k]!;
      M[j]![k] = isNaN ? NaN : expected + 1e-6 * scale;
      fc.pre(!Object.is(M[j]![k], expected));
      expect(compareOutputs(all, got)).toEqual({
        same: false,
        first: { output: 'M', index: [j, k], expected, got: M[j]![k] },
      });
      expect(sameBits(all, got)).toBe(false);
    }),
  );
});

it('a difference far below the largest entry is rounding', () => {
  const want = { v: Float64Array.of(1000, 1e-3) };
  expect(compareOutputs(want, { v: Float64Array.of(1000, 1e-3 + 1e-8) }).same).toBe(true);
  expect(compareOutputs(want, { v: Float64Array.of(1000, 1e-3 + 1e-5) }).same).toBe(false);
});

it('NaN is equal to nothing, itself included; bits tell 0 from -0', () => {
  const not = { v: Float64Array.of(NaN) };
  expect(compareOutputs(not, not).same).toBe(false);
  expect(sameBits(not, not)).toBe(true);
  expect(sameBits({ s: 0 }, { s: -0 })).toBe(false);
  expect(sameBits({ v: Float64Array.of(1) }, {})).toBe(false);
});

it('any other shape than the declared one is unfit, with both in the sentence', () => {
  const shapes = { M: { kind: 'matrix', axes: ['H', 'D'] } } as const satisfies Shapes;
  const dims = { T: 3, D: 4, H: 2, O: 5, S: 6, K: 7, V: 8, N: 2, B: 9 };
  const rowsOf = (...lengths: number[]): RawValue => ({
    kind: 'rows',
    rows: lengths.map((n) => new Float64Array(n)),
  });
  expect(unfit(shapes, dims, { M: rowsOf(4, 4) }).kind).toBe('fits');
  for (const [raw, says] of [
    [rowsOf(2, 2, 2, 2), '4 rows of 2'],
    [rowsOf(4, 3), '2 rows of 4 or 3'],
    [rowsOf(), '0 rows'],
    [{ kind: 'vector', data: new Float64Array(8) }, 'a Float64Array of 8'],
    [{ kind: 'scalar', value: 1 }, 'a number'],
    [{ kind: 'other', says: 'a string' }, 'a string'],
  ] as const) {
    const fitting = unfit(shapes, dims, { M: raw });
    expect(fitting).toMatchObject({ kind: 'unfit' });
    expect('says' in fitting && fitting.says).toContain(`H = 2 rows of D = 4, got ${says}`);
  }
  for (const outputs of [{}, { toString: rowsOf(4, 4) }, { M: rowsOf(4, 4), m: rowsOf() }])
    expect(unfit(shapes, dims, outputs).kind).toBe('unfit');
});
