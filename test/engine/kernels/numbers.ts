/** Numbers to try kernels on, and equality of bits. Not a spec. */
import { expect } from 'vitest';
import { rng } from '../../../src/engine/index.js';

const nasty = [
  ...[0, -0, 1, -1, Infinity, -Infinity, NaN],
  ...[5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308],
  ...[1e-310, 1e154, -1e-154, 2 ** 53 + 2, 0.1, 1 / 3],
];

/** Ordinary numbers of all sizes, `share` of them nasty ones. */
export function numbers(length: number, seed: number, share: number): Float64Array {
  const random = rng(seed);
  return Float64Array.from({ length }, () =>
    random() < share
      ? nasty[Math.floor(random() * nasty.length)]!
      : (random() - 0.5) * 2 ** (8 * random() - 4),
  );
}

/** The same bits, where every NaN is the same. */
export function expectSameBits(got: Float64Array, want: Float64Array, what: string): void {
  expect(got.length, what).toBe(want.length);
  for (let j = 0; j < want.length; j++)
    if (!Object.is(got[j], want[j]))
      expect.fail(`${what}[${j}]: simd gives ${got[j]}, loops give ${want[j]}`);
}
