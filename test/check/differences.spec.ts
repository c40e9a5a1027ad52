import { describe, expect, it } from 'vitest';
import { breakAt, fivePoint, follow, ridders } from '../../src/check/index.js';

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
  it('meets no break, and is not suspected of one', () => {
    for (const x of points) {
      expect(follow(breakAt(x), f)).toBeUndefined();
      expect(follow(fivePoint(x, f(x)), f).suspect).toBe(false);
    }
  });
});

describe('a break', () => {
  it.each([0, 1e-7, -3e-5])('of |x - a| is seen from %s away', (away) => {
    expect(follow(breakAt(0.3 + away), (x) => Math.abs(x - 0.3))).toBe('kink');
  });
  it.each([0, 1e-7, -3e-5])('of sign(x - a) is seen from %s away', (away) => {
    expect(follow(breakAt(0.3 + away), (x) => Math.sign(x - 0.3))).toBe('jump');
  });
  it.each([Math.abs, Math.sign, (x: number) => Math.max(0, x)])(
    'of %s is suspected at its very place, whatever is added to it',
    (f) => {
      for (const slope of [-2, 0, 0.7]) {
        const g = (x: number) => f(x - 0.3) + Math.sin(slope * x);
        expect(follow(fivePoint(0.3, g(0.3)), g).suspect).toBe(true);
      }
    },
  );
});
