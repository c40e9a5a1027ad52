import { all, create } from 'mathjs';
import type { BigNumber } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { exp, rng, sigmoid, tanh } from '../../src/engine/index.js';

/** Digits: the errors to measure are near 1e-16 of a value, so 32 leave sixteen to measure them with. */
const big = create(all!, { number: 'BigNumber', precision: 32 });
type Big = BigNumber;

const seen = new Map<number, Big>();
/** e^x: most of the time of this file, so each point's is computed once, for all three functions. */
const bigExp = (x: number): Big => {
  const known = seen.get(x);
  if (known) return known;
  const value = exactly(x).exp();
  seen.set(x, value);
  return value;
};

const exact: Record<string, (x: number) => Big> = {
  exp: bigExp,
  sigmoid: (x) => bigExp(x).div(bigExp(x).add(1)),
  tanh: (x) => {
    // (e^x)² - 1 cancels near 0 and loses as many digits as x has zeros: from there on the series is short.
    if (Math.abs(x) < 1e-4) return exactly(x).tanh();
    const square = bigExp(x).mul(bigExp(x));
    return square.sub(1).div(square.add(1));
  },
};

/** What is exact beyond any doubt, and would cost BigNumber minutes: the two ends of each function. */
const limits: Record<string, (x: number) => number | undefined> = {
  exp: (x) => (x > 710 ? Infinity : x < -746 ? 0 : undefined),
  sigmoid: (x) => (x > 40 ? 1 : x < -746 ? 0 : undefined),
  tanh: (x) => (Math.abs(x) > 20 ? Math.sign(x) : undefined),
};

const powers = new Map<number, Big>();
/** 2^n. */
const powerOfTwo = (n: number): Big => {
  const known = powers.get(n);
  if (known) return known;
  const value = big.pow(big.bignumber(2), n) as Big;
  powers.set(n, value);
  return value;
};

/** The double's exact value: bignumber(x) alone would round to the digits that x prints as. */
const exactly = (x: number): Big => {
  let halvings = 0;
  for (; !Number.isInteger(x); halvings++) x *= 2;
  return big.bignumber(BigInt(x).toString()).mul(powerOfTwo(-halvings));
};

/** The distance to the next double: the unit in which errors are measured here. */
const ulp = (y: number): number => {
  const bits = new BigInt64Array(new Float64Array([Math.abs(y)]).buffer);
  const here = new Float64Array(bits.buffer)[0]!;
  bits[0]! += 1n;
  return new Float64Array(bits.buffer)[0]! - here;
};

// Every region has its share; `npm run test:ulp` takes 100,000 points, the suite 3,000.
const total = Number(process.env.BPTT_ULP_POINTS ?? 3000);
const random = rng(2026);
const some = (share: number, draw: () => number): number[] =>
  Array.from({ length: Math.round(total * share) }, draw);
const sign = (): number => (random() < 0.5 ? -1 : 1);
const points = [
  ...some(0.35, () => 40 * random() - 20),
  ...some(0.35, () => 4 * random() - 2), // where tanh bends
  ...some(0.15, () => 1490 * random() - 745),
  ...some(0.1, () => sign() * 2 ** (-1074 * random())), // tiny and subnormal
  ...some(0.05, () => sign() * 2 ** (1023 * random())), // huge
  ...[0.625, 0.6249999999999999, 22, 22.5, 709.78, -708.5, -744.9, 0.34657359027997264],
  ...[5e-324, -5e-324, 2.2250738585072014e-308, 709.782712893384, -745.1332191019411],
];

describe.each([
  ['exp', exp],
  ['tanh', tanh],
  ['sigmoid', sigmoid],
] as const)('%s', (name, f) => {
  it(`is within 2 ulp of the exact value at ${points.length} points`, () => {
    let worst = 0;
    let where = 0;
    for (const x of points) {
      const y = f(x);
      const limit = limits[name]!(x);
      if (limit !== undefined) {
        expect(y, `${name}(${x})`).toBe(limit);
        continue;
      }
      const want = exact[name]!(x);
      const error = Number(
        big.divide(big.abs(big.subtract(exactly(y), want)), exactly(ulp(Number(want)))),
      );
      if (error > worst) [worst, where] = [error, x];
    }
    expect(worst, `worst at x = ${where}`).toBeLessThanOrEqual(2);
  });

  it('keeps NaN, zeros and infinities', () => {
    expect(f(NaN)).toBeNaN();
    expect([f(-Infinity), f(0), f(-0), f(Infinity)]).toEqual(
      { exp: [0, 1, 1, Infinity], tanh: [-1, 0, -0, 1], sigmoid: [0, 0.5, 0.5, 1] }[name],
    );
  });
});
