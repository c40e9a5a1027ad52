import { all, create } from 'mathjs';
import type { BigNumber } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { exp, rng, sigmoid, tanh } from '../../src/engine/index.js';

const big = create(all!, { number: 'BigNumber', precision: 50 });
type Big = BigNumber;
const exact: Record<string, (x: Big) => Big> = {
  exp: (x) => x.exp(),
  sigmoid: (x) => x.neg().exp().add(1).pow(-1),
  tanh: (x) => x.tanh(),
};

/** What is exact beyond any doubt, and would cost BigNumber minutes: the two ends of each function. */
const limits: Record<string, (x: number) => number | undefined> = {
  exp: (x) => (x > 710 ? Infinity : x < -746 ? 0 : undefined),
  sigmoid: (x) => (x > 40 ? 1 : x < -746 ? 0 : undefined),
  tanh: (x) => (Math.abs(x) > 20 ? Math.sign(x) : undefined),
};

/** The double's exact value: bignumber(x) alone would round to the digits that x prints as. */
const exactly = (x: number): Big => {
  let halvings = 0;
  for (; !Number.isInteger(x); halvings++) x *= 2;
  return big.divide(
    big.bignumber(BigInt(x).toString()),
    big.pow(big.bignumber(2), halvings),
  ) as Big;
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
      const want = exact[name]!(exactly(x));
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
