/** exp, tanh and σ against their exact values, in units of the last place. */
import { all, create } from 'mathjs';
import type { BigNumber } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { exp, rng, sigmoid, tanh } from '../../src/engine/index.js';
import * as exact from './exact.js';

/** What is exact beyond any doubt: the two ends of each function. */
const limits: Record<string, (x: number) => number | undefined> = {
  exp: (x) => (x > 710 ? Infinity : x < -746 ? 0 : undefined),
  sigmoid: (x) => (x > 40 ? 1 : x < -746 ? 0 : undefined),
  tanh: (x) => (Math.abs(x) > 20 ? Math.sign(x) : undefined),
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
      const error = exact.ulpsBetween(y, exact[name](x));
      if (error > worst) [worst, where] = [error, x];
    }
    if (process.env.BPTT_ULP_POINTS !== undefined)
      process.stdout.write(`${name}: at most ${worst.toFixed(3)} ulp, at x = ${where}\n`);
    expect(worst, `worst at x = ${where}`).toBeLessThanOrEqual(2);
  });

  it('keeps NaN, zeros and infinities', () => {
    expect(f(NaN)).toBeNaN();
    expect([f(-Infinity), f(0), f(-0), f(Infinity)]).toEqual(
      { exp: [0, 1, 1, Infinity], tanh: [-1, 0, -0, 1], sigmoid: [0, 0.5, 0.5, 1] }[name],
    );
  });
});

describe('the exact values', () => {
  /** Digits: 120 bits are 36 of them, and (e^x)² - 1 loses up to 12 near 0. */
  const big = create(all!, { number: 'BigNumber', precision: 50 });
  const two = big.bignumber(2);
  const decimal = ({ m, e }: exact.Binary): BigNumber =>
    big.bignumber(m.toString()).mul(two.pow(e));

  it('are those of another arithmetic, to 36 digits', () => {
    for (let k = 0; k < points.length; k += Math.ceil(points.length / 100)) {
      const x = points[k]!;
      const E = decimal(exact.exactly(x)).exp();
      const square = E.mul(E);
      const wanted = {
        exp: E,
        sigmoid: E.div(E.add(1)),
        tanh:
          Math.abs(x) < 1e-4 ? decimal(exact.exactly(x)).tanh() : square.sub(1).div(square.add(1)),
      };
      for (const name of ['exp', 'sigmoid', 'tanh'] as const)
        if (limits[name]!(x) === undefined)
          expect(
            decimal(exact[name](x)).div(wanted[name]).sub(1).abs().toNumber(),
            `${name}(${x})`,
          ).toBeLessThan(1e-36);
    }
  });
});
