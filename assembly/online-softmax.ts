// Attention without the T×T matrix: src/engine/kernels/online-softmax.ts on two lanes, each sum in the same
// order. Its equations are explained there. Tile by tile: the keys and values of a tile are packed once and
// all queries pass over them, so a packed tile stays in the cache and packing costs O(T) in all.
import { anyExp } from './elementary';
import { exp } from './activations';
import { packAB, packABt } from './pack';
import { addPacked } from './product';
import { addTransposed } from './transposed';

/** Rows and columns of a tile of scores: as in src/engine/kernels/online-softmax.ts. */
// @ts-ignore: decorator
@inline const queryTile: i32 = 64;
// @ts-ignore: decorator
@inline const keyTile: i32 = 64;

/** n to a whole number of panels. */
// @ts-ignore: decorator
@inline function panels(n: i32): i32 { return (n + 15) & ~15; }

/** O (Tq,B,heads·dv) is added to, m and l (B,heads,Tq) are written; hidden (B,Tk), if any, is not 0 at padding. */
export function onlineForward(o: usize, m: usize, l: usize, room: usize, q: usize, k: usize, v: usize, hidden: usize, Tq: i32, Tk: i32, B: i32, heads: i32, dk: i32, dv: i32, causal: i32, padded: i32): void {
  const ldqk = B * heads * dk, ldvo = B * heads * dv;
  const scale = 1.0 / sqrt<f64>(dk);
  const width = panels(min(keyTile, Tk)), ld = width + 8;
  const S = room, pk = S + ((min(queryTile, Tq) * ld) << 3), pv = pk + ((width * dk) << 3);
  for (let block = 0; block < B * heads; block++) {
    const seen = padded ? hidden + (((block / heads) * Tk) << 3) : 0;
    for (let i = 0; i < Tq; i++) { store<f64>(m + (i << 3), -Infinity); store<f64>(l + (i << 3), 0.0); }
    for (let j0 = 0; j0 < Tk; j0 += keyTile) {
      const columns = min(keyTile, Tk - j0), all = panels(columns);
      packABt(pk, k + ((j0 * ldqk) << 3), ldqk, columns, dk);
      packAB(pv, v + ((j0 * ldvo) << 3), ldvo, dv, columns);
      const ahead = causal ? Tk - Tq + 1 - j0 : Tk; // query i sees the first i + ahead keys of this tile
      for (let i0 = max(0, 1 - ahead); i0 < Tq; i0 += queryTile) {
        const rows = min(queryTile, Tq - i0);
        const oi = o + ((i0 * ldvo) << 3);
        memory.fill(S, 0, (rows * ld) << 3);
        addPacked(S, ld, q + ((i0 * ldqk) << 3), ldqk, pk, rows, all, dk); // S = Q Kᵀ
        for (let r = 0; r < rows; r++) {
          const i = i0 + r, at = i << 3;
          foldRow(S + ((r * ld) << 3), all, min(columns, i + ahead), seen ? seen + (j0 << 3) : 0, scale, m + at, l + at, oi + ((r * ldvo) << 3), dv);
        }
        addPacked(oi, ldvo, S, ld, pv, rows, dv, columns); // O += e^(S-m') V
      }
    }
    q += dk << 3; k += dk << 3; v += dv << 3; o += dv << 3; m += Tq << 3; l += Tq << 3;
  }
}

/** One row of scores becomes e^(s-m'); m, l and the row of O move on to the new maximum m'. */
function foldRow(s: usize, all: i32, visible: i32, hidden: usize, scale: f64, m: usize, l: usize, o: usize, dv: i32): void {
  const n = scaleRow(s, all, visible, hidden, scale);
  const old = load<f64>(m);
  const found = largest(s, n);
  const top = found > old ? found : old; // m' = max(m, max_j s_j)
  if (top == -Infinity) { // nothing visible so far, or nothing but NaN
    const sums = keepOnlyNaN(s, n);
    store<f64>(l, load<f64>(l) + (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)));
    return;
  }
  const sums = expRow(s, n, top); // e^(s_j-m')
  if (top != old) {
    const shrink = f64x2.extract_lane(anyExp(f64x2.splat(old - top)), 0); // e^(m-m')
    store<f64>(l, load<f64>(l) * shrink);
    scaleBy(o, dv, shrink); // O e^(m-m')
  }
  store<f64>(l, load<f64>(l) + (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)));
  store<f64>(m, top);
}

/** s (visible) := scale s, -∞ at padding; 0 behind it, but -∞ where that makes the count even. Returns the count. */
// @ts-ignore: decorator
@inline function scaleRow(s: usize, all: i32, visible: i32, hidden: usize, scale: f64): i32 {
  const n = (visible + 1) & ~1;
  memory.fill(s + (n << 3), 0, (all - n) << 3);
  if (visible & 1) store<f64>(s + (visible << 3), -Infinity);
  const factor = f64x2.splat(scale);
  if (hidden) {
    // The number behind the last visible one is -∞ already, whatever stands in hidden there.
    const nothing = f64x2.splat(-Infinity), zero = f64x2.splat(0.0);
    for (let j = 0; j < n; j += 2) {
      const at = s + (j << 3);
      const mask = j + 1 < visible ? v128.load(hidden + (j << 3)) : v128.load64_splat(hidden + (j << 3));
      v128.store(at, v128.bitselect(nothing, f64x2.mul(v128.load(at), factor), f64x2.ne(mask, zero)));
    }
  } else for (let j = 0; j < n; j += 2) v128.store(s + (j << 3), f64x2.mul(v128.load(s + (j << 3)), factor));
  return n;
}

/** The largest of s (n), n even; NaN is passed over. */
// @ts-ignore: decorator
@inline function largest(s: usize, n: i32): f64 {
  let t0 = f64x2.splat(-Infinity), t1 = t0;
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    t0 = f64x2.pmax(t0, v128.load(s + (j << 3)));
    t1 = f64x2.pmax(t1, v128.load(s + (j << 3), 16));
  }
  if (j < n) t0 = f64x2.pmax(t0, v128.load(s + (j << 3)));
  t0 = f64x2.pmax(t0, t1);
  const a = f64x2.extract_lane(t0, 0), b = f64x2.extract_lane(t0, 1);
  return b > a ? b : a;
}

/** s (n) := e^(s-shift), n even; returns the sums of the even and of the odd ones. */
function expRow(s: usize, n: i32, shift: f64): v128 {
  const by = f64x2.splat(shift);
  for (let at = s, end = s + (n << 3); at < end; at += 16) v128.store(at, f64x2.sub(v128.load(at), by));
  exp(s, s, n);
  let sums = f64x2.splat(0.0);
  for (let at = s, end = s + (n << 3); at < end; at += 16) sums = f64x2.add(sums, v128.load(at));
  return sums;
}

/** s (n) := NaN where it is NaN, else 0; returns the sums of the even and of the odd ones. */
function keepOnlyNaN(s: usize, n: i32): v128 {
  let sums = f64x2.splat(0.0);
  for (let j = 0; j < n; j += 2) {
    const x = v128.load(s + (j << 3));
    const e = v128.and(x, f64x2.ne(x, x));
    v128.store(s + (j << 3), e);
    sums = f64x2.add(sums, e);
  }
  return sums;
}

/** o (n) *= factor. */
function scaleBy(o: usize, n: i32, factor: f64): void {
  const by = f64x2.splat(factor);
  let j = 0;
  for (; j + 2 <= n; j += 2) v128.store(o + (j << 3), f64x2.mul(v128.load(o + (j << 3)), by));
  if (j < n) store<f64>(o + (j << 3), load<f64>(o + (j << 3)) * factor);
}

/** dQ, dK, dV are added to; L and delta (B,heads,Tq). */
export function onlineBackward(dq: usize, dk_: usize, dv_: usize, room: usize, q: usize, k: usize, v: usize, dO: usize, L: usize, delta: usize, hidden: usize, Tq: i32, Tk: i32, B: i32, heads: i32, dk: i32, dv: i32, causal: i32, padded: i32): void {
  const ldqk = B * heads * dk, ldvo = B * heads * dv;
  const scale = 1.0 / sqrt<f64>(dk);
  const most = min(queryTile, Tq), width = panels(min(keyTile, Tk)), ld = width + 8;
  const P = room, dS = P + ((most * ld) << 3);
  const pk = dS + ((most * ld) << 3), pv = pk + ((width * dk) << 3); // Kᵀ, Vᵀ
  const rk = pv + ((width * dv) << 3), rq = rk + ((panels(dk) * width) << 3); // K, Q
  const ro = rq + ((panels(dk) * most) << 3); // dO
  for (let block = 0; block < B * heads; block++) {
    const seen = padded ? hidden + (((block / heads) * Tk) << 3) : 0;
    for (let j0 = 0; j0 < Tk; j0 += keyTile) {
      const columns = min(keyTile, Tk - j0), all = panels(columns);
      const keys = (j0 * ldqk) << 3, values = (j0 * ldvo) << 3;
      packABt(pk, k + keys, ldqk, columns, dk);
      packABt(pv, v + values, ldvo, columns, dv);
      packAB(rk, k + keys, ldqk, dk, columns);
      const ahead = causal ? Tk - Tq + 1 - j0 : Tk;
      for (let i0 = max(0, 1 - ahead); i0 < Tq; i0 += queryTile) {
        const rows = min(queryTile, Tq - i0);
        const qi = q + ((i0 * ldqk) << 3), dOi = dO + ((i0 * ldvo) << 3);
        packAB(rq, qi, ldqk, dk, rows);
        packAB(ro, dOi, ldvo, dv, rows);
        memory.fill(P, 0, (rows * ld) << 3);
        memory.fill(dS, 0, (rows * ld) << 3);
        addPacked(P, ld, qi, ldqk, pk, rows, all, dk); // S = Q Kᵀ
        addPacked(dS, ld, dOi, ldvo, pv, rows, all, dv); // dP = dO Vᵀ
        for (let r = 0; r < rows; r++) {
          const i = i0 + r, row = (r * ld) << 3;
          weightRow(P + row, all, min(columns, i + ahead), seen ? seen + (j0 << 3) : 0, scale, load<f64>(L + (i << 3)));
          scoreRow(dS + row, P + row, all, load<f64>(delta + (i << 3)), scale);
        }
        addTransposed(dv_ + values, ldvo, P, ld, ro, columns, dv, rows); // dV = Pᵀ dO
        addPacked(dq + ((i0 * ldqk) << 3), ldqk, dS, ld, rk, rows, dk, columns); // dQ = dS K
        addTransposed(dk_ + keys, ldqk, dS, ld, rq, columns, dk, rows); // dK = dSᵀ Q
      }
    }
    q += dk << 3; k += dk << 3; v += dv << 3; dq += dk << 3; dk_ += dk << 3; dv_ += dv << 3;
    dO += dv << 3; L += Tq << 3; delta += Tq << 3;
  }
}

/** s (visible) becomes P = e^(s-L); 0 where the row has no softmax. */
function weightRow(s: usize, all: i32, visible: i32, hidden: usize, scale: f64, L: f64): void {
  if (L == -Infinity) { memory.fill(s, 0, all << 3); return; }
  expRow(s, scaleRow(s, all, visible, hidden, scale), L);
  if (visible & 1) store<f64>(s + (visible << 3), 0.0); // NaN if L is
}

/** ds (all) holds dP and becomes P ⊙ (dP - δ) / √dk. */
function scoreRow(ds: usize, p: usize, all: i32, delta: f64, scale: f64): void {
  const mean = f64x2.splat(delta), factor = f64x2.splat(scale);
  for (let j = 0; j < all; j += 2) {
    const at = <usize>j << 3;
    v128.store(ds + at, f64x2.mul(f64x2.mul(v128.load(p + at), f64x2.sub(v128.load(ds + at), mean)), factor));
  }
}
