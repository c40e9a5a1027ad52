import { all, create } from 'mathjs';
import type { BigNumber } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { log, rng } from '../../src/engine/index.js';
import { log1p } from '../../src/engine/logarithm.js';

const big = create(all!, { number: 'BigNumber', precision: 60 });

/** The double's exact value: bignumber(x) alone would round to the digits that x prints as. */
const exactly = (x: number): BigNumber => {
  let halvings = 0;
  for (; !Number.isInteger(x); halvings++) x *= 2;
  return big.divide(
    big.bignumber(BigInt(x).toString()),
    big.pow(big.bignumber(2), halvings),
  ) as BigNumber;
};

/** The distance to the next double. */
const ulp = (y: number): number => {
  const bits = new BigInt64Array(new Float64Array([Math.abs(y)]).buffer);
  const here = new Float64Array(bits.buffer)[0]!;
  bits[0]! += 1n;
  return new Float64Array(bits.buffer)[0]! - here;
};

const random = rng(2026);
const points = [
  ...Array.from({ length: 300 }, () => 2 ** (2097 * random() - 1074)),
  ...Array.from({ length: 300 }, (_, k) => 1 + (random() - 0.5) / 2 ** (k % 50)),
  ...Array.from({ length: 200 }, () => 0.5 + 2 * random()),
  ...[5e-324, 2 ** -1022, Number.MAX_VALUE, Math.SQRT1_2, Math.SQRT2, 1 - 2 ** -53, 1 + 2 ** -52],
];

describe('the logarithm', () => {
  it(`is within 1 ulp of the exact value at ${points.length} points`, () => {
    let [worst, where] = [0, 0];
    for (const x of points) {
      const want = exactly(x).ln();
      const y = log(x);
      const error = exactly(y)
        .minus(want)
        .abs()
        .div(exactly(ulp(y)))
        .toNumber();
      if (error > worst) [worst, where] = [error, x];
    }
    expect(worst, `worst at x = ${where}`).toBeLessThanOrEqual(1);
    expect(worst, 'no point was ever rounded: the test measures nothing').toBeGreaterThan(0.1);
  });

  it('of 1 + x is within 3 ulp, also where 1 + x has lost x', () => {
    let worst = 0;
    for (let k = 0; k < 400; k++) {
      const x = (1 + random()) * 2 ** (k / 4 - 80) * (k % 2 ? 1 : -0.02);
      if (x <= -1) continue;
      const want = exactly(Math.abs(x)).times(Math.sign(x)).plus(1).ln();
      const y = log1p(x);
      const off = (y < 0 ? exactly(-y).neg() : exactly(y)).minus(want).abs();
      worst = Math.max(worst, off.div(exactly(ulp(y))).toNumber());
    }
    expect(worst).toBeLessThanOrEqual(3);
    expect(worst).toBeGreaterThan(0.1);
    expect([log1p(0), log1p(5e-324), log1p(2 ** -60)]).toEqual([0, 5e-324, 2 ** -60]);
  });

  it('knows the edges', () => {
    expect([log(1), log(0), log(-0), log(Infinity)]).toEqual([0, -Infinity, -Infinity, Infinity]);
    expect([log(-1), log(NaN), log(-Infinity)]).toEqual([NaN, NaN, NaN]);
  });
});
