/**
 * The natural logarithm, the same bits on every machine: fdlibm's e_log.c in its own order of operations,
 * within 1 ulp. Math.log promises neither. Not defined by tables: only +, -, ×, ÷ and the exponent bits.
 */

const ln2High = 6.9314718036912381649e-1; // 33 bits, so k * ln2High is exact
const ln2Low = 1.90821492927058770002e-10;

const bits = new DataView(new ArrayBuffer(8));

/** ln x; -∞ at 0, NaN below. */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0) || x === Infinity) return x > 0 ? x : NaN;
  // x = 2^k (1 + f) with √½ < 1 + f < √2
  let k = 0;
  if (x < 2 ** -1022) {
    x *= 2 ** 54;
    k = -54;
  }
  bits.setFloat64(0, x);
  const high = bits.getInt32(0);
  const fraction = high & 0xfffff;
  const carry = (fraction + 0x95f64) & 0x100000;
  k += (high >> 20) - 1023 + (carry >> 20);
  bits.setInt32(0, fraction | (carry ^ 0x3ff00000));
  const f = bits.getFloat64(0) - 1;
  // ln(1 + f) = f - f²/2 + s (f²/2 + R(s²)), s = f / (2 + f)
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + even + odd) + k * ln2Low) - f);
}

/** ln(1 + x) for a finite x > -1, also where x is too small for 1 + x to know it (Kahan). */
export function log1p(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? x : log(sum) * (x / (sum - 1));
}
