/** The exponent p of bytes ~ T^p, as the slope of a line through the logarithms, with its interval. */
import type { Exponent } from './report.js';

/** 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom; the last stands for all further ones. */
const student = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228] as const;

/** @returns null for fewer than three different T, or where there is nothing to take a logarithm of. */
export function fittedExponent(
  points: readonly (readonly [T: number, bytes: number])[],
): Exponent | null {
  const n = points.length;
  if (new Set(points.map(([T]) => T)).size < 3 || points.some(([, bytes]) => bytes <= 0))
    return null;
  const x = points.map(([T]) => Math.log2(T));
  const y = points.map(([, bytes]) => Math.log2(bytes));
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = x.reduce((sum, xi) => sum + (xi - mx) ** 2, 0);
  const value = x.reduce((sum, xi, i) => sum + (xi - mx) * (y[i]! - my), 0) / sxx;
  const scatter = x.reduce((sum, xi, i) => sum + (y[i]! - my - value * (xi - mx)) ** 2, 0);
  const reach = student[Math.min(n - 2, student.length) - 1]! * Math.sqrt(scatter / (n - 2) / sxx);
  return { value, low: value - reach, high: value + reach };
}
