// exp, tanh and σ of whole arrays, in three passes over a block: a hundred cycles lie between x and σ(x), and a
// processor looks only a few numbers ahead, so it would wait; in each pass the way is short. The operations and
// their order are those of elementary.ts, and so are the bits.
import {
  anyExp, anySigmoid, curve, extreme, limit, ln2High, ln2Low, log2e, modestExp, modestSigmoid, one, q0, q1, q2, q3, q4, q5, q6,
  q7, q8, q9, rounder, saturated, sign, tanh2, two,
} from './elementary';

/** How many numbers go through the passes together. */
// @ts-ignore: decorator
@inline const block: i32 = 128;
// What passes hand on: for x = k ln 2 + high - low, high (in its place e^(high - low) - 1, later), low, and k with the rounder.
const room: usize = memory.data(3072, 16);

/** k, high and low of x, to `r` in the room. */
// @ts-ignore: decorator
@inline function reduce(r: usize, x: v128, L: v128, R: v128, H: v128, l: v128): void {
  const t = f64x2.add(f64x2.mul(x, L), R);
  const k = f64x2.sub(t, R);
  v128.store(r, f64x2.sub(x, f64x2.mul(k, H)));
  v128.store(r, f64x2.mul(k, l), 1024);
  v128.store(r, t, 2048);
}

/** high := e^(high - low) - 1, up to `end` of the room. */
function smallExps(end: usize): void {
  const a0 = q0(), a1 = q1(), a2 = q2(), a3 = q3(), a4 = q4(), a5 = q5(), a6 = q6(), a7 = q7(), a8 = q8(), a9 = q9();
  for (let r = room; r < end; r += 16) {
    const high = v128.load(r), low = v128.load(r, 1024);
    v128.store(r, f64x2.sub(high, f64x2.sub(low, curve(f64x2.sub(high, low), a0, a1, a2, a3, a4, a5, a6, a7, a8, a9))));
  }
}

/** e^x for what reduce was given: (1 + (e^r - 1)) 2^k. */
// @ts-ignore: decorator
@inline function whole(r: usize, unit: v128): v128 {
  return f64x2.mul(f64x2.add(unit, v128.load(r)), i64x2.shl(v128.load(r, 2048), 52));
}

/** y (n) = σ(x). */
export function sigmoid(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const bytes: usize = (min(n, block) & ~1) << 3, end = room + bytes;
    const L = log2e(), R = rounder(), H = ln2High(), l = ln2Low(), minus = sign(), least = f64x2.neg(limit());
    let wild = f64x2.splat(0.0);
    for (let r = room, from = x; r < end; r += 16, from += 16) {
      const v = v128.or(v128.load(from), minus); // -|x|
      wild = v128.or(wild, f64x2.lt(v, least));
      reduce(r, v, L, R, H, l);
    }
    if (v128.any_true(wild)) {
      for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, anySigmoid(v128.load(x + j)));
      y += bytes; x += bytes;
    } else {
      smallExps(end);
      const unit = one(), zero = f64x2.splat(0.0);
      for (let r = room; r < end; r += 16, y += 16, x += 16) {
        const e = whole(r, unit);
        const above = v128.and(f64x2.ge(v128.load(x), zero), unit); // 1 where x >= 0, else 0
        v128.store(y, f64x2.div(f64x2.pmax(e, above), f64x2.add(unit, e))); // (x < 0 ? e : 1) / (1 + e), as e <= 1
      }
    }
  }
  if (n & 1) {
    const last = v128.load64_splat(x);
    v128.store64_lane(y, v128.any_true(extreme(last)) ? anySigmoid(last) : modestSigmoid(last), 0);
  }
}

/** y (n) = tanh(x). */
export function tanh(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const end = room + ((min(n, block) & ~1) << 3);
    const L = log2e(), R = rounder(), H = ln2High(), l = ln2Low(), most = saturated();
    for (let r = room, from = x; r < end; r += 16, from += 16) {
      const z = f64x2.pmin(f64x2.abs(v128.load(from)), most);
      reduce(r, f64x2.add(z, z), L, R, H, l);
    }
    smallExps(end);
    const unit = one(), pair = two(), minus = sign();
    for (let r = room; r < end; r += 16, y += 16, x += 16) {
      const power = i64x2.shl(v128.load(r, 2048), 52);
      const E = f64x2.add(f64x2.mul(power, v128.load(r)), f64x2.sub(power, unit)); // e^2|x| - 1
      v128.store(y, v128.or(f64x2.div(E, f64x2.add(E, pair)), v128.and(v128.load(x), minus)));
    }
  }
  if (n & 1) v128.store64_lane(y, tanh2(v128.load64_splat(x)), 0);
}

/** y (n) = e^x. */
export function exp(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const bytes: usize = (min(n, block) & ~1) << 3, end = room + bytes;
    const L = log2e(), R = rounder(), H = ln2High(), l = ln2Low();
    let wild = f64x2.splat(0.0);
    for (let r = room, from = x; r < end; r += 16, from += 16) {
      const v = v128.load(from);
      wild = v128.or(wild, extreme(v));
      reduce(r, v, L, R, H, l);
    }
    if (v128.any_true(wild)) {
      for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, anyExp(v128.load(x + j)));
    } else {
      smallExps(end);
      const unit = one();
      for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, whole(room + j, unit));
    }
    x += bytes; y += bytes;
  }
  if (n & 1) {
    const last = v128.load64_splat(x);
    v128.store64_lane(y, v128.any_true(extreme(last)) ? anyExp(last) : modestExp(last), 0);
  }
}
