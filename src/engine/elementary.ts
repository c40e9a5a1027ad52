/**
 * exp, tanh and σ, each within 2 ulp of the exact value over the whole range, and the same bits on
 * every machine: only +, -, ×, ÷ and comparisons, in a fixed order. Math.exp and Math.tanh promise
 * neither. Twin of assembly/elementary.ts, which does two at a time; without branches for that reason.
 */

const log2e = 1.442695040888963387;
const ln2High = 6.9314718036912381649e-1; // 33 bits, so k * ln2High is exact
const ln2Low = 1.90821492927058770002e-10;

/** 1.5 · 2^52 + 1023: adding and taking it away rounds to a whole number (the twin reads 2^k off its low bits). */
const rounder = 6755399441056767;

/** 2^k for k = -1074 … 1023, at index k + 1074. */
const powersOfTwo = Float64Array.from({ length: 2098 }, (_, j) => 2 ** (j - 1074));

/**
 * r² Q(r), with e^r - 1 = r + r² Q(r) for |r| <= ln 2 / 2. Q interpolates (e^r - 1 - r) / r² at the ten
 * Chebyshev points; the error is 2e-17 of e^r. Terms are paired, so that they can be done side by side.
 */
function curve(r: number): number {
  const s = r * r;
  const s2 = s * s;
  // prettier-ignore
  const q01 = 0.5 + 0.16666666666666669 * r,                   q23 = 0.04166666666662415 + 0.008333333333330062 * r,
        q45 = 0.0013888888917219482 + 0.00019841269863058052 * r, q67 = 2.4801521286995407e-5 + 2.755726845310753e-6 * r,
        q89 = 2.7620092706650667e-7 + 2.510038877245065e-8 * r;
  return s * (q01 + s * q23 + s2 * (q45 + s * q67 + s2 * q89));
}

/** The whole k in x = k ln 2 + r. */
const wholeOf = (x: number): number => x * log2e + rounder - rounder;

/** In e^r = 1 + high - low, for r = x - k ln 2, the parts high = x - k ln 2 (its 33 bits) and low. */
const highOf = (x: number, k: number): number => x - k * ln2High;
function lowOf(high: number, k: number): number {
  const low = k * ln2Low;
  return low - curve(high - low);
}

/** e^x. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (x !== x) return x;
  const k = wholeOf(x);
  const high = highOf(x, k);
  const y = 1 + (high - lowOf(high, k));
  if (k === 1024) return y * powersOfTwo[1023 + 1074] * 2;
  if (k < -1021) return y * powersOfTwo[k + 1000 + 1074] * powersOfTwo[-1000 + 1074];
  return y * powersOfTwo[k + 1074];
}

/**
 * tanh(x) = E / (E + 2) with E = e^2|x| - 1. E and E + 2 are kept in two parts each, and what rounding took
 * from the first parts is put back into the quotient y, as dy = (dE - y d(E + 2)) / (E + 2).
 */
export function tanh(x: number): number {
  if (x !== x) return x;
  const w = 2 * Math.min(Math.abs(x), 22);
  const k = wholeOf(w);
  const high = highOf(w, k);
  const power = powersOfTwo[k + 1074];
  const less = power - 1;
  const a = power * high;
  const A = less + a;
  const b = power * lowOf(high, k) - (a - (A - less)); // 2^k - 1 + 2^k high is A + (a - (A - less)) exactly
  const E = Math.min(A - b, 2 ** 54); // where E + 2 is E, and tanh 1
  const E2 = A - E - b;
  const d = E + 2;
  const d2 = E - (d - 2) + E2;
  const y = E / d;
  const z = y + (E2 - y * d2) * (0.5 - 0.5 * y); // 1 / d = (1 - y) / 2
  return x < 0 || Object.is(x, -0) ? -z : z;
}

/** σ(x) = 1 / (1 + e^-x), where 1 + e^-x = (1 + 2^k) + 2^k (e^r - 1) is rounded once. */
export function sigmoid(x: number): number {
  if (x !== x) return x;
  if (Math.abs(x) > 708) return Math.min(exp(x), 1);
  const k = wholeOf(-x);
  const high = highOf(-x, k);
  const power = powersOfTwo[k + 1074];
  const sum = power + 1;
  const rest = 1 - (sum - power); // what rounding took from the sum
  return 1 / (sum + (power * (high - lowOf(high, k)) + rest));
}
