/**
 * e^x, tanh and σ of a double to more than 120 bits, in whole numbers (BigInt) and a power of two: the oracle
 * of elementary.spec.ts, which checks it against mathjs. It shares no constant and no series with the engine,
 * and needs 50 µs for a point; mathjs's BigNumber takes up to a hundred times as long.
 */

/** m · 2^e. */
export interface Binary {
  readonly m: bigint;
  readonly e: number;
}

/** The double's own value, for finite x. */
export function exactly(x: number): Binary {
  const bits = new BigUint64Array(new Float64Array([x]).buffer)[0]!;
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { m: bits >> 63n === 0n ? m : -m, e: Math.max(exponent, 1) - 1075 };
}

/** Bits behind the point of a fixed-point number. */
const P = 192;
const one = 1n << BigInt(P);

/** m · 2^by, rounded down. */
const shifted = (m: bigint, by: number): bigint => (by < 0 ? m >> BigInt(-by) : m << BigInt(by));

/** ln 2 = 2 artanh(1/3) = 2 Σ 3^-(2n+1) / (2n+1), with 64 bits more, as it is multiplied by k. */
const ln2 = (() => {
  let sum = 0n;
  let power = (one << 65n) / 3n;
  for (let n = 1n; power > 0n; n += 2n, power /= 9n) sum += power / n;
  return sum;
})();

/** e^x, for |x| < 2000. */
export function exp(x: number): Binary {
  const { m, e } = exactly(x);
  const wide = shifted(m, e + P + 64);
  const k = wide / ln2 - (wide < 0n ? 1n : 0n); // x = k ln 2 + r with 0 <= r <= ln 2
  const q = (wide - k * ln2) >> (64n + 8n); //     r / 256: few terms are enough
  let sum = one;
  for (let n = 1n, term = q; term > 0n; term = ((term * q) >> BigInt(P)) / ++n) sum += term;
  for (let squared = 0; squared < 8; squared++) sum = (sum * sum) >> BigInt(P);
  return { m: sum, e: Number(k) - P };
}

/** E · 2^P as a whole number. */
const fixed = ({ m, e }: Binary): bigint => shifted(m, e + P);

/** σ(x) = E / (1 + E) with E = e^x, for -2000 < x < 40. */
export function sigmoid(x: number): Binary {
  const E = exp(x);
  return { m: (E.m * one) / (one + fixed(E)), e: E.e };
}

/** tanh(x) = (E - 1) / (E + 1) with E = e^2|x|, for |x| < 20; by its series where E - 1 would lose its bits. */
export function tanh(x: number): Binary {
  const { m, e } = exactly(x);
  if (Math.abs(x) < 2 ** -30) {
    const z = shifted(m * m, 2 * e + P); // x²
    return { m: m * (one - z / 3n + ((2n * z * z) >> BigInt(P)) / 15n), e: e - P }; // x - x³/3 + 2x⁵/15
  }
  const E = fixed(exp(2 * Math.abs(x)));
  return { m: (BigInt(Math.sign(x)) * (E - one) * one) / (E + one), e: -P };
}

/** Where a double ends: from here on the nearest is ∞. */
const overflow = 2n ** 1024n - 2n ** 970n;

/** How far y lies from the exact value, in units of the exact value's last place. */
export function ulpsBetween(y: number, want: Binary): number {
  if (y === Infinity) return shifted(want.m, want.e) >= overflow ? 0 : Infinity;
  if (!Number.isFinite(y)) return Infinity;
  const { m, e } = exactly(y);
  const low = Math.min(e, want.e);
  const apart = shifted(m, e - low) - shifted(want.m, want.e - low);
  const size = (want.m < 0n ? -want.m : want.m).toString(2).length + want.e; // |want| is in [2^(size-1), 2^size)
  const ulp = Math.max(size - 53, -1074);
  return Math.abs(Number(shifted(apart, low - ulp + 60))) / 2 ** 60;
}
