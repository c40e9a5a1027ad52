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
 * e^r - 1 = r + r² Q(r) for r = high - low, |r| <= ln 2 / 2. Q interpolates (e^r - 1 - r) / r² at the ten
 * Chebyshev points; the error is 2e-17 of e^r. Terms are paired, so that they can be done side by side.
 */
function smallExp(high: number, low: number): number {
  const r = high - low;
  const s = r * r;
  const s2 = s * s;
  // prettier-ignore
  const q01 = 0.5 + 0.16666666666666669 * r,                   q23 = 0.04166666666662415 + 0.008333333333330062 * r,
        q45 = 0.0013888888917219482 + 0.00019841269863058052 * r, q67 = 2.4801521286995407e-5 + 2.755726845310753e-6 * r,
        q89 = 2.7620092706650667e-7 + 2.510038877245065e-8 * r;
  const Q = q01 + s * q23 + s2 * (q45 + s * q67 + s2 * q89);
  return high - (low - s * Q);
}

/** e^x. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (x !== x) return x;
  // x = k ln 2 + r
  const k = x * log2e + rounder - rounder;
  const y = 1 + smallExp(x - k * ln2High, k * ln2Low);
  if (k === 1024) return y * powersOfTwo[1023 + 1074] * 2;
  if (k < -1021) return y * powersOfTwo[k + 1000 + 1074] * powersOfTwo[-1000 + 1074];
  return y * powersOfTwo[k + 1074];
}

/** tanh(x) = E / (E + 2) with E = e^2|x| - 1, which near 0 is as small as it should be. */
export function tanh(x: number): number {
  if (x !== x) return x;
  const z = Math.abs(x);
  const w = 2 * (z > 22 ? 22 : z); // from 22 on, tanh is 1
  const k = w * log2e + rounder - rounder;
  const power = powersOfTwo[k + 1074];
  const E = power * smallExp(w - k * ln2High, k * ln2Low) + (power - 1);
  const y = E / (E + 2);
  return x < 0 || Object.is(x, -0) ? -y : y;
}

/** σ(x) = 1 / (1 + e^-x): by e^-|x|, which never overflows and keeps the left tail's relative accuracy. */
export function sigmoid(x: number): number {
  const e = exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}
