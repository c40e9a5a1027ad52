/** Which multiples of some columns add up to a vector: found where they do, and nothing claimed where they do not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { combination } from '../../src/kata/regress.js';
import { rng } from '../../src/engine/index.js';

const problem = fc.record({
  seed: fc.nat(1e6),
  rows: fc.integer({ min: 8, max: 30 }),
  coefficients: fc.array(fc.constantFrom(-2, -1, 0, 0.5, 1, 3), { minLength: 1, maxLength: 5 }),
});

const drawn = (seed: number, rows: number, count: number): Float64Array[] => {
  const random = rng(seed + 1);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: rows }, () => 2 * random() - 1),
  );
};
const mixed = (columns: readonly Float64Array[], coefficients: readonly number[], rows: number) =>
  Float64Array.from({ length: rows }, (_, j) =>
    coefficients.reduce((sum, c, k) => sum + c * columns[k]![j]!, 0),
  );

it('gives back the coefficients, a column that says nothing new among them', () => {
  fc.assert(
    fc.property(problem, ({ seed, rows, coefficients }) => {
      const columns = drawn(seed, rows, coefficients.length);
      const found = combination(mixed(columns, coefficients, rows), [...columns, columns[0]!], 1);
      expect(found).toHaveLength(coefficients.length + 1);
      for (const [k, c] of [...coefficients, 0].entries()) expect(found![k]).toBeCloseTo(c, 9);
    }),
  );
});

it('is undefined for a vector that the columns do not reach, and for one that is no vector of numbers', () => {
  fc.assert(
    fc.property(
      problem,
      fc.constantFrom(1e-3, NaN, Infinity, 1e308),
      ({ seed, rows, coefficients }, off) => {
        const columns = drawn(seed, rows, coefficients.length);
        const vector = mixed(columns, coefficients, rows);
        vector[0]! += off;
        expect(combination(vector, columns, 1)).toBeUndefined();
      },
    ),
  );
});
