/**
 * exp, tanh and σ, each within 2 ulp of the exact value over the whole range, and the same bits on
 * every machine: only +, -, ×, ÷ and comparisons, in a fixed order. Math.exp and Math.tanh promise
 * neither. Coefficients: fdlibm's e_exp.c (Remez fit on |r| <= ln 2 / 2) and Cephes' tanh.c.
 */

const log2e = 1.442695040888963387;
const ln2High = 6.9314718036912381649e-1; // 33 bits, so k * ln2High is exact
const ln2Low = 1.90821492927058770002e-10;

/** 2^k for k = -1074 … 1023, at index k + 1074. */
const powersOfTwo = Float64Array.from({ length: 2098 }, (_, j) => 2 ** (j - 1074));

/** e^x. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (x !== x) return x;
  // x = k ln 2 + r with |r| <= ln 2 / 2
  const k = Math.floor(x * log2e + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  // e^r = 1 + r + r c / (2 - c), c = r - r² P(r²)
  const s = r * r;
  const c =
    r -
    s *
      (1.66666666666666019037e-1 +
        s *
          (-2.77777777770155933842e-3 +
            s *
              (6.61375632143793436117e-5 +
                s * (-1.6533902205465251539e-6 + s * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k === 1024) return y * 2 * powersOfTwo[1023 + 1074];
  if (k < -1021) return y * powersOfTwo[k + 1000 + 1074] * powersOfTwo[-1000 + 1074];
  return y * powersOfTwo[k + 1074];
}

/** tanh(x): a rational function near 0, where 1 - 2 / (e^2x + 1) would cancel. */
export function tanh(x: number): number {
  const z = Math.abs(x);
  if (z < 0.625) {
    const s = x * x;
    const p =
      (-9.64399179425052238628e-1 * s - 9.92877231001918586564e1) * s - 1.61468768441708447952e3;
    const q =
      ((s + 1.12811678491632931402e2) * s + 2.23548839060100448583e3) * s +
      4.84406305325125486048e3;
    return x === 0 ? x : x + x * s * (p / q);
  }
  const y = z > 22 ? 1 : 1 - 2 / (exp(2 * z) + 1);
  return x < 0 ? -y : x > 0 ? y : x;
}

/** σ(x) = 1 / (1 + e^-x): by e^-|x|, which never overflows and keeps the left tail's relative accuracy. */
export function sigmoid(x: number): number {
  const e = exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}
