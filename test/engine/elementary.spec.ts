import { all, create } from 'mathjs';
import type { BigNumber } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { exp, rng, sigmoid, tanh } from '../../src/engine/index.js';

const big = create(all!, { number: 'BigNumber', precision: 100 });
type Big = BigNumber;
const exact: Record<string, (x: Big) => Big> = {
  exp: (x) => x.exp(),
  sigmoid: (x) => x.neg().exp().add(1).pow(-1),
  tanh: (x) => x.tanh(),
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

const random = rng(2026);
const points = [
  ...Array.from({ length: 1500 }, () => 40 * random() - 20),
  ...Array.from({ length: 500 }, () => 2 * random() - 1),
  ...Array.from({ length: 500 }, () => 1490 * random() - 745),
  ...Array.from({ length: 300 }, () => (random() < 0.5 ? -1 : 1) * 2 ** (-1074 * random())),
  ...[0.625, 0.6249999999999999, 22, 22.5, 709.78, -708.5, -744.9, 0.34657359027997264],
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
      const want = exact[name]!(exactly(x));
      const y = f(x);
      if (y === Infinity) continue; // only beyond the largest double, asserted below
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
