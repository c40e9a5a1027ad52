import { describe, expect, it } from 'vitest';
import { fivePoint, follow, kink, ridders } from '../../src/check/index.js';

const cases = [
  ['exp', Math.exp, Math.exp],
  ['sin', Math.sin, Math.cos],
  ['tanh', Math.tanh, (x: number) => 1 / Math.cosh(x) ** 2],
] as const;

describe.each(cases)('the derivative of %s', (_, f, derivative) => {
  const points = [-1.7, -0.3, 0, 0.4, 1.2];
  it('by five points is right to 1e-10', () => {
    for (const x of points)
      expect(Math.abs(follow(fivePoint(x), f).derivative - derivative(x))).toBeLessThan(1e-10);
  });
  it('by Ridders is right to within ten of its own error bars', () => {
    for (const x of points) {
      const { derivative: found, bar } = follow(ridders(x), f);
      expect(Math.abs(found - derivative(x))).toBeLessThanOrEqual(10 * bar);
      expect(bar).toBeLessThan(1e-9);
    }
  });
  it('meets no kink', () => {
    for (const x of points) expect(follow(kink(x), f)).toBe(false);
  });
});

describe('a kink', () => {
  it.each([0, 1e-7, -3e-5])('of |x - a| is seen from %s away', (away) => {
    expect(follow(kink(0.3 + away), (x) => Math.abs(x - 0.3))).toBe(true);
  });
});
