// exp, tanh and σ of whole arrays, in three passes over a block: a hundred cycles lie between x and σ(x), and a
// processor looks only a few numbers ahead, so it would wait; in each pass the way is short. The operations and
// their order are those of elementary.ts, and so are the bits.
import {
  anyExp, anySigmoid, curve, extreme, ln2High, ln2Low, log2e, modestExp, modestSigmoid, one, q0, q1, q2, q3, q4, q5, q6,
  q7, q8, q9, rounder, saturated, sign, tanh2, two,
} from './elementary';

/** How many numbers go through the passes together. */
// @ts-ignore: decorator
@inline const block: i32 = 128;
// What passes hand on: x - k ln 2 as high - low, then in high's place e^(high - low) - 1; and k, rounded.
const highs: usize = memory.data(1024, 16), lows: usize = memory.data(1024, 16), ks: usize = memory.data(1024, 16);

/** k, high and low of x. */
// @ts-ignore: decorator
@inline function reduce(x: v128, j: usize, L: v128, R: v128, high: v128, low: v128): void {
  const t = f64x2.add(f64x2.mul(x, L), R);
  const k = f64x2.sub(t, R);
  v128.store(ks + j, t);
  v128.store(highs + j, f64x2.sub(x, f64x2.mul(k, high)));
  v128.store(lows + j, f64x2.mul(k, low));
}

/** e^(high - low) - 1, for `bytes` of both. */
function smallExps(bytes: usize): void {
  const a0 = q0(), a1 = q1(), a2 = q2(), a3 = q3(), a4 = q4(), a5 = q5(), a6 = q6(), a7 = q7(), a8 = q8(), a9 = q9();
  for (let j: usize = 0; j < bytes; j += 16) {
    const high = v128.load(highs + j), low = v128.load(lows + j);
    v128.store(highs + j, f64x2.sub(high, f64x2.sub(low, curve(f64x2.sub(high, low), a0, a1, a2, a3, a4, a5, a6, a7, a8, a9))));
  }
}

/** y (n) = σ(x). */
export function sigmoid(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const bytes: usize = (min(n, block) & ~1) << 3;
    const L = log2e(), R = rounder(), high = ln2High(), low = ln2Low(), minus = sign();
    let wild = f64x2.splat(0.0);
    for (let j: usize = 0; j < bytes; j += 16) {
      const at = v128.load(x + j);
      wild = v128.or(wild, extreme(at));
      reduce(v128.or(at, minus), j, L, R, high, low); // -|x|
    }
    if (v128.any_true(wild)) {
      for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, anySigmoid(v128.load(x + j)));
    } else {
      smallExps(bytes);
      const unit = one(), zero = f64x2.splat(0.0);
      for (let j: usize = 0; j < bytes; j += 16) {
        const e = f64x2.mul(f64x2.add(unit, v128.load(highs + j)), i64x2.shl(v128.load(ks + j), 52));
        v128.store(y + j, f64x2.div(v128.bitselect(unit, e, f64x2.ge(v128.load(x + j), zero)), f64x2.add(unit, e)));
      }
    }
    x += bytes; y += bytes;
  }
  if (n & 1) {
    const last = v128.load64_splat(x);
    v128.store64_lane(y, v128.any_true(extreme(last)) ? anySigmoid(last) : modestSigmoid(last), 0);
  }
}

/** y (n) = tanh(x). */
export function tanh(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const bytes: usize = (min(n, block) & ~1) << 3;
    const L = log2e(), R = rounder(), high = ln2High(), low = ln2Low(), most = saturated();
    for (let j: usize = 0; j < bytes; j += 16) {
      const z = f64x2.pmin(f64x2.abs(v128.load(x + j)), most);
      reduce(f64x2.add(z, z), j, L, R, high, low);
    }
    smallExps(bytes);
    const unit = one(), pair = two(), minus = sign();
    for (let j: usize = 0; j < bytes; j += 16) {
      const power = i64x2.shl(v128.load(ks + j), 52);
      const E = f64x2.add(f64x2.mul(power, v128.load(highs + j)), f64x2.sub(power, unit));
      v128.store(y + j, v128.or(f64x2.div(E, f64x2.add(E, pair)), v128.and(v128.load(x + j), minus)));
    }
    x += bytes; y += bytes;
  }
  if (n & 1) v128.store64_lane(y, tanh2(v128.load64_splat(x)), 0);
}

/** y (n) = e^x. */
export function exp(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const bytes: usize = (min(n, block) & ~1) << 3;
    const L = log2e(), R = rounder(), high = ln2High(), low = ln2Low();
    let wild = f64x2.splat(0.0);
    for (let j: usize = 0; j < bytes; j += 16) {
      const at = v128.load(x + j);
      wild = v128.or(wild, extreme(at));
      reduce(at, j, L, R, high, low);
    }
    if (v128.any_true(wild)) {
      for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, anyExp(v128.load(x + j)));
    } else {
      smallExps(bytes);
      const unit = one();
      for (let j: usize = 0; j < bytes; j += 16)
        v128.store(y + j, f64x2.mul(f64x2.add(unit, v128.load(highs + j)), i64x2.shl(v128.load(ks + j), 52)));
    }
    x += bytes; y += bytes;
  }
  if (n & 1) {
    const last = v128.load64_splat(x);
    v128.store64_lane(y, v128.any_true(extreme(last)) ? anyExp(last) : modestExp(last), 0);
  }
}
