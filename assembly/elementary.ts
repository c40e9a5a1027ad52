// exp, tanh and σ on two lanes: the same operations in the same order as src/engine/elementary.ts.
// Not: whole arrays, which are done in activations.ts.

// Constants, each twice, for one load each: the compiler of the runtime would otherwise build every one of
// them anew from an integer, three instructions at every use. rounder is 1.5 · 2^52 + 1023: adding it to k
// leaves k + 1023, the exponent of 2^k, in the low bits.
const constants: usize = memory.data<f64>([
  1.442695040888963387, 1.442695040888963387, // log2e
  6755399441056767.0, 6755399441056767.0, // rounder
  6.9314718036912381649e-1, 6.9314718036912381649e-1, // ln2High
  1.90821492927058770002e-10, 1.90821492927058770002e-10, // ln2Low
  0.5, 0.5, // q0
  0.16666666666666669, 0.16666666666666669, // q1
  0.04166666666662415, 0.04166666666662415, // q2
  0.008333333333330062, 0.008333333333330062, // q3
  0.0013888888917219482, 0.0013888888917219482, // q4
  0.00019841269863058052, 0.00019841269863058052, // q5
  2.4801521286995407e-5, 2.4801521286995407e-5, // q6
  2.755726845310753e-6, 2.755726845310753e-6, // q7
  2.7620092706650667e-7, 2.7620092706650667e-7, // q8
  2.510038877245065e-8, 2.510038877245065e-8, // q9
  1.0, 1.0, // one
  -0.0, -0.0, // sign
  22.0, 22.0, // saturated
  2.0, 2.0, // two
  708.0, 708.0, // limit
  18014398509481984.0, 18014398509481984.0, // most: 2^54
], 16);

// @ts-ignore: decorator
@inline export function log2e(): v128 { return v128.load(constants, 0); }
// @ts-ignore: decorator
@inline export function rounder(): v128 { return v128.load(constants, 16); }
// @ts-ignore: decorator
@inline export function ln2High(): v128 { return v128.load(constants, 32); }
// @ts-ignore: decorator
@inline export function ln2Low(): v128 { return v128.load(constants, 48); }
// @ts-ignore: decorator
@inline export function q0(): v128 { return v128.load(constants, 64); }
// @ts-ignore: decorator
@inline export function q1(): v128 { return v128.load(constants, 80); }
// @ts-ignore: decorator
@inline export function q2(): v128 { return v128.load(constants, 96); }
// @ts-ignore: decorator
@inline export function q3(): v128 { return v128.load(constants, 112); }
// @ts-ignore: decorator
@inline export function q4(): v128 { return v128.load(constants, 128); }
// @ts-ignore: decorator
@inline export function q5(): v128 { return v128.load(constants, 144); }
// @ts-ignore: decorator
@inline export function q6(): v128 { return v128.load(constants, 160); }
// @ts-ignore: decorator
@inline export function q7(): v128 { return v128.load(constants, 176); }
// @ts-ignore: decorator
@inline export function q8(): v128 { return v128.load(constants, 192); }
// @ts-ignore: decorator
@inline export function q9(): v128 { return v128.load(constants, 208); }
// @ts-ignore: decorator
@inline export function one(): v128 { return v128.load(constants, 224); }
// @ts-ignore: decorator
@inline export function sign(): v128 { return v128.load(constants, 240); }
// @ts-ignore: decorator
@inline export function saturated(): v128 { return v128.load(constants, 256); }
// @ts-ignore: decorator
@inline export function two(): v128 { return v128.load(constants, 272); }
// @ts-ignore: decorator
@inline export function limit(): v128 { return v128.load(constants, 288); }
// @ts-ignore: decorator
@inline export function most(): v128 { return v128.load(constants, 304); }

/** a + b r */
// @ts-ignore: decorator
@inline function line(a: v128, b: v128, r: v128): v128 {
  return f64x2.add(a, f64x2.mul(b, r));
}

/** k of x = k ln 2 + r, plus the rounder. */
// @ts-ignore: decorator
@inline function rounded(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, log2e()), rounder());
}

/** r² Q(r), with e^r - 1 = r + r² Q(r), in pairs of terms that can be done side by side. */
// @ts-ignore: decorator
@inline export function curve(r: v128, q0: v128, q1: v128, q2: v128, q3: v128, q4: v128, q5: v128, q6: v128, q7: v128, q8: v128, q9: v128): v128 {
  const s = f64x2.mul(r, r);
  const s2 = f64x2.mul(s, s);
  const q01 = line(q0, q1, r), q23 = line(q2, q3, r), q45 = line(q4, q5, r);
  const q67 = line(q6, q7, r), q89 = line(q8, q9, r);
  const upper = f64x2.add(f64x2.add(q45, f64x2.mul(s, q67)), f64x2.mul(s2, q89));
  return f64x2.mul(s, f64x2.add(f64x2.add(q01, f64x2.mul(s, q23)), f64x2.mul(s2, upper)));
}

/** In e^r = 1 + high - low, for r = x - k ln 2, the part low, of which k ln2Low is given. */
// @ts-ignore: decorator
@inline function lowOf(high: v128, low: v128): v128 {
  return f64x2.sub(low, curve(f64x2.sub(high, low), q0(), q1(), q2(), q3(), q4(), q5(), q6(), q7(), q8(), q9()));
}

/** e^x = 2^k (1 + (high - low)), from 2^k. */
// @ts-ignore: decorator
@inline export function expOf(power: v128, high: v128, low: v128, unit: v128): v128 {
  return f64x2.mul(f64x2.add(unit, f64x2.sub(high, low)), power);
}

/** σ = 1 / (1 + e^-x), from e^-x = 2^k (1 + (high - low)). */
// @ts-ignore: decorator
@inline export function sigmoidOf(power: v128, high: v128, low: v128, unit: v128): v128 {
  const sum = f64x2.add(power, unit);
  const rest = f64x2.sub(unit, f64x2.sub(sum, power));
  return f64x2.div(unit, f64x2.add(sum, f64x2.add(f64x2.mul(power, f64x2.sub(high, low)), rest)));
}

/** tanh |x| = E / (E + 2) in two parts each, from e^2|x| = 2^k (1 + (high - low)). */
// @ts-ignore: decorator
@inline export function tanhOf(power: v128, high: v128, low: v128, unit: v128, pair: v128, half: v128, cap: v128): v128 {
  const less = f64x2.sub(power, unit);
  const a = f64x2.mul(power, high);
  const A = f64x2.add(less, a);
  const b = f64x2.sub(f64x2.mul(power, low), f64x2.sub(a, f64x2.sub(A, less)));
  const E = f64x2.pmin(f64x2.sub(A, b), cap);
  const E2 = f64x2.sub(f64x2.sub(A, E), b);
  const d = f64x2.add(E, pair);
  const d2 = f64x2.add(f64x2.sub(E, f64x2.sub(d, pair)), E2);
  const y = f64x2.div(E, d);
  return f64x2.add(y, f64x2.mul(f64x2.sub(E2, f64x2.mul(y, d2)), f64x2.sub(half, f64x2.mul(half, y))));
}

/** e^x over the whole range. */
export function anyExp(x: v128): v128 {
  const k = f64x2.sub(rounded(x), rounder());
  const high = f64x2.sub(x, f64x2.mul(k, ln2High()));
  const y = f64x2.add(one(), f64x2.sub(high, lowOf(high, f64x2.mul(k, ln2Low()))));
  const tiny = f64x2.lt(k, f64x2.splat(-1021.0));
  const huge = f64x2.eq(k, f64x2.splat(1024.0));
  const shifted = v128.bitselect(f64x2.splat(1000.0), v128.and(f64x2.splat(-1.0), huge), tiny);
  const power = i64x2.shl(f64x2.add(f64x2.add(k, shifted), rounder()), 52);
  const second = v128.bitselect(
    f64x2.splat(9.33263618503218878990e-302), // 2^-1000
    v128.bitselect(f64x2.splat(2.0), f64x2.splat(1.0), huge),
    tiny,
  );
  let e = f64x2.mul(f64x2.mul(y, power), second);
  e = v128.andnot(e, f64x2.lt(x, f64x2.splat(-745.1332191019412)));
  e = v128.bitselect(f64x2.splat(Infinity), e, f64x2.gt(x, f64x2.splat(709.782712893384)));
  return v128.bitselect(x, e, f64x2.ne(x, x));
}

/** The lanes where |x| > 708: there 2^k may not be an ordinary number. */
// @ts-ignore: decorator
@inline function extreme(x: v128): v128 {
  return f64x2.gt(f64x2.abs(x), limit());
}

/** σ(x) over the whole range. */
export function anySigmoid(x: v128): v128 {
  const minus = f64x2.neg(x);
  const t = rounded(minus);
  const k = f64x2.sub(t, rounder());
  const high = f64x2.sub(minus, f64x2.mul(k, ln2High()));
  const modest = sigmoidOf(i64x2.shl(t, 52), high, lowOf(high, f64x2.mul(k, ln2Low())), one());
  return v128.bitselect(f64x2.pmin(anyExp(x), one()), modest, extreme(x));
}

/** tanh(x). */
export function anyTanh(x: v128): v128 {
  const z = f64x2.pmin(f64x2.abs(x), saturated());
  const w = f64x2.add(z, z);
  const t = rounded(w);
  const k = f64x2.sub(t, rounder());
  const high = f64x2.sub(w, f64x2.mul(k, ln2High()));
  const y = tanhOf(i64x2.shl(t, 52), high, lowOf(high, f64x2.mul(k, ln2Low())), one(), two(), q0(), most());
  return v128.or(y, v128.and(x, sign()));
}
