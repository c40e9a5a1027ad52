/** The spectral norm against matrices whose singular values are known because they were put in. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spectralNorm } from '../../../src/bench/flow/spectral-norm.js';
import { fillUniform, orthogonal, rng } from '../../../src/engine/index.js';

const n = fc.integer({ min: 1, max: 9 });
const seed = fc.nat();

/** U diag(s) V with random orthogonal U and V. */
function withSingularValues(s: readonly number[], from: number): Float64Array {
  const m = s.length;
  const [U, V] = [new Float64Array(m * m), new Float64Array(m * m)];
  orthogonal(U, m, m, rng(from));
  orthogonal(V, m, m, rng(from + 1));
  const A = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++)
      for (let k = 0; k < m; k++) A[i * m + j]! += U[i * m + k]! * s[k]! * V[k * m + j]!;
  return A;
}

it('is the largest of the singular values, also where two are alike or most are zero', () => {
  const values = fc.array(fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 3, noNaN: true })), { minLength: 1, maxLength: 9 }); // prettier-ignore
  fc.assert(
    fc.property(values, seed, (s, from) => {
      const norm = spectralNorm(withSingularValues(s, from), s.length);
      expect(Math.abs(norm - Math.max(...s))).toBeLessThan(1e-13 * Math.max(1, ...s));
    }),
  );
});

it('lengthens no vector by more, and scales with the matrix to both ends of the number range', () => {
  fc.assert(
    fc.property(n, seed, (m, from) => {
      const random = rng(from);
      const A = new Float64Array(m * m);
      fillUniform(A, random, -1, 1);
      const x = Float64Array.from({ length: m }, () => random() - 0.5);
      const Ax = Float64Array.from({ length: m }, (_, i) =>
        x.reduce((sum, value, j) => sum + A[i * m + j]! * value, 0),
      );
      const norm = spectralNorm(A, m);
      expect(Math.hypot(...Ax)).toBeLessThanOrEqual(norm * Math.hypot(...x) * (1 + 1e-13));
      for (const scale of [2 ** -1000, 2 ** 1000])
        expect(spectralNorm(A.map((a) => a * scale), m) / scale / norm).toBeCloseTo(1, 12); // prettier-ignore
    }),
  );
});

it('is zero of zeros, and as infinite or undefined as an entry', () => {
  expect(spectralNorm(new Float64Array(4), 2)).toBe(0);
  expect(spectralNorm(Float64Array.of(1, 0, 0, -Infinity), 2)).toBe(Infinity);
  expect(spectralNorm(Float64Array.of(1, NaN, 0, 9), 2)).toBeNaN();
});
