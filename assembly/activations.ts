// exp, tanh and σ of whole arrays, in three passes over a block: a hundred cycles lie between x and σ(x), and a
// processor looks only a few numbers ahead, so it would wait; in each pass the way is short. The operations and
// their order are those of elementary.ts, and so are the bits.
import {
  anyExp, anySigmoid, anyTanh, curve, expOf, limit, ln2High, ln2Low, log2e, most, one, q0, q1, q2,
  q3, q4, q5, q6, q7, q8, q9, rounder, saturated, sigmoidOf, sign, tanhOf, two,
} from './elementary';

/** How many numbers go through the passes together. */
// @ts-ignore: decorator
@inline const block: i32 = 128;
// What passes hand on, in three rows: high, low (first k ln2Low alone), and k with the rounder, for e^x = 2^k (1 + high - low).
const room: usize = memory.data(3072, 16);

/** The first pass for x: k, high, and k ln2Low, to `r` in the room. */
// @ts-ignore: decorator
@inline function reduce(r: usize, x: v128, L: v128, R: v128, H: v128, l: v128): void {
  const t = f64x2.add(f64x2.mul(x, L), R);
  const k = f64x2.sub(t, R);
  v128.store(r, f64x2.sub(x, f64x2.mul(k, H)));
  v128.store(r, f64x2.mul(k, l), 1024);
  v128.store(r, t, 2048);
}

/** The second pass, up to `end` of the room: low. */
function curves(end: usize): void {
  const a0 = q0(), a1 = q1(), a2 = q2(), a3 = q3(), a4 = q4(), a5 = q5(), a6 = q6(), a7 = q7(), a8 = q8(), a9 = q9();
  for (let r = room; r < end; r += 16) {
    const low = v128.load(r, 1024);
    v128.store(r, f64x2.sub(low, curve(f64x2.sub(v128.load(r), low), a0, a1, a2, a3, a4, a5, a6, a7, a8, a9)), 1024);
  }
}

/** 2^k, high and low, for the last pass. */
// @ts-ignore: decorator
@inline function powerAt(r: usize): v128 { return i64x2.shl(v128.load(r, 2048), 52); }
// @ts-ignore: decorator
@inline function highAt(r: usize): v128 { return v128.load(r); }
// @ts-ignore: decorator
@inline function lowAt(r: usize): v128 { return v128.load(r, 1024); }

/** y (n) = σ(x). */
export function sigmoid(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const bytes: usize = (min(n, block) & ~1) << 3, end = room + bytes;
    const L = log2e(), R = rounder(), H = ln2High(), l = ln2Low(), minus = sign(), farthest = limit();
    let wild = f64x2.splat(0.0);
    for (let r = room, from = x; r < end; r += 16, from += 16) {
      const v = v128.load(from);
      wild = v128.or(wild, f64x2.gt(v128.andnot(v, minus), farthest));
      reduce(r, v128.xor(v, minus), L, R, H, l);
    }
    if (v128.any_true(wild)) {
      for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, anySigmoid(v128.load(x + j)));
    } else {
      curves(end);
      const unit = one();
      for (let r = room, to = y; r < end; r += 16, to += 16) v128.store(to, sigmoidOf(powerAt(r), highAt(r), lowAt(r), unit));
    }
    x += bytes; y += bytes;
  }
  if (n & 1) v128.store64_lane(y, anySigmoid(v128.load64_splat(x)), 0);
}

/** y (n) = tanh(x). */
export function tanh(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const end = room + ((min(n, block) & ~1) << 3);
    const L = log2e(), R = rounder(), H = ln2High(), l = ln2Low(), minus = sign(), farthest = saturated();
    for (let r = room, from = x; r < end; r += 16, from += 16) {
      const z = f64x2.pmin(v128.andnot(v128.load(from), minus), farthest);
      reduce(r, f64x2.add(z, z), L, R, H, l);
    }
    curves(end);
    const unit = one(), pair = two(), half = q0(), cap = most();
    for (let r = room; r < end; r += 16, y += 16, x += 16)
      v128.store(y, v128.or(tanhOf(powerAt(r), highAt(r), lowAt(r), unit, pair, half, cap), v128.and(v128.load(x), minus)));
  }
  if (n & 1) v128.store64_lane(y, anyTanh(v128.load64_splat(x)), 0);
}

/** y (n) = e^x. */
export function exp(y: usize, x: usize, n: i32): void {
  for (; n >= 2; n -= block) {
    const bytes: usize = (min(n, block) & ~1) << 3, end = room + bytes;
    const L = log2e(), R = rounder(), H = ln2High(), l = ln2Low(), minus = sign(), farthest = limit();
    let wild = f64x2.splat(0.0);
    for (let r = room, from = x; r < end; r += 16, from += 16) {
      const v = v128.load(from);
      wild = v128.or(wild, f64x2.gt(v128.andnot(v, minus), farthest));
      reduce(r, v, L, R, H, l);
    }
    if (v128.any_true(wild)) {
      for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, anyExp(v128.load(x + j)));
    } else {
      curves(end);
      const unit = one();
      for (let r = room, to = y; r < end; r += 16, to += 16) v128.store(to, expOf(powerAt(r), highAt(r), lowAt(r), unit));
    }
    x += bytes; y += bytes;
  }
  if (n & 1) v128.store64_lane(y, anyExp(v128.load64_splat(x)), 0);
}
