// The GRU's time loop, forward and backward: src/engine/kernels/gru.ts on two lanes, the same
// operations in the same order. Its equations are explained there.
import { sigmoid, tanh } from './activations';
import { put, take } from './lanes';
import { addPacked } from './product';

/** gates (T,B,3H) hold b + Wx x and become z, r, h̃; P packs the h columns of Wz and Wr, Q those of Wh. */
export function gruForward(gates: usize, rh: usize, h: usize, h0: usize, p: usize, q: usize, T: i32, B: i32, H: i32): void {
  const state = (B * H) << 3, H1 = H << 3;
  for (let t = 0; t < T; t++) {
    const hPrev = t == 0 ? h0 : h - state;
    addPacked(gates, 3 * H, hPrev, H, p, B, 2 * H, H);
    for (let n = 0; n < B; n++) resetGate(gates + n * 3 * H1, rh + n * H1, hPrev + n * H1, H);
    addPacked(gates + 2 * H1, 3 * H, rh, H, q, B, H, H);
    for (let n = 0; n < B; n++) update(gates + n * 3 * H1, h + n * H1, hPrev + n * H1, H);
    gates += 3 * state; rh += state; h += state;
  }
}

function resetGate(a: usize, rh: usize, hPrev: usize, H: i32): void {
  const H1 = H << 3, whole = H1 & ~15, odd = H & 1;
  sigmoid(a, a, 2 * H); // z = σ(a_z)   r = σ(a_r)
  for (let j = 0; j < whole; j += 16) reset(rh + j, a + H1 + j, hPrev + j, false);
  if (odd) reset(rh + whole, a + H1 + whole, hPrev + whole, true);
}

/** r ⊙ h₋ */
// @ts-ignore: decorator
@inline function reset(rh: usize, r: usize, hPrev: usize, last: bool): void {
  put(rh, f64x2.mul(take(r, last), take(hPrev, last)), last);
}

function update(a: usize, h: usize, hPrev: usize, H: i32): void {
  const H1 = H << 3, whole = H1 & ~15, odd = H & 1;
  tanh(a + 2 * H1, a + 2 * H1, H); // h̃ = tanh(a_h)
  for (let j = 0; j < whole; j += 16) mix(h + j, a + j, a + 2 * H1 + j, hPrev + j, false);
  if (odd) mix(h + whole, a + whole, a + 2 * H1 + whole, hPrev + whole, true);
}

/** h = (1 - z) ⊙ h₋ + z ⊙ h̃ */
// @ts-ignore: decorator
@inline function mix(h: usize, at: usize, candidate: usize, hPrev: usize, last: bool): void {
  const z = take(at, last);
  put(h, f64x2.add(f64x2.mul(f64x2.sub(f64x2.splat(1.0), z), take(hPrev, last)), f64x2.mul(z, take(candidate, last))), last);
}

/** da (T,B,3H) := …; dh (T,B,H) += what reaches each state; drh (B,H) is room; P packs Wzᵀ and Wrᵀ, Q Whᵀ. */
export function gruBackward(da: usize, dh: usize, dh0: usize, drh: usize, gates: usize, h: usize, h0: usize, p: usize, q: usize, T: i32, B: i32, H: i32): void {
  const state = (B * H) << 3, H1 = H << 3;
  for (let t = T - 1; t >= 0; t--) {
    const at = <usize>t * state;
    const hPrev = t == 0 ? h0 : h + at - state;
    const dhPrev = t == 0 ? dh0 : dh + at - state;
    const daStep = da + 3 * at, a = gates + 3 * at;
    for (let n = 0; n < B; n++)
      updateBackward(daStep + n * 3 * H1, dh + at + n * H1, dhPrev + n * H1, a + n * 3 * H1, hPrev + n * H1, H);
    memory.fill(drh, 0, state);
    addPacked(drh, H, daStep + 2 * H1, 3 * H, q, B, H, H); // d(r⊙h₋) = Whᵀ da_h
    for (let n = 0; n < B; n++)
      resetBackward(daStep + n * 3 * H1, drh + n * H1, dhPrev + n * H1, a + n * 3 * H1, hPrev + n * H1, H);
    addPacked(dhPrev, H, daStep, 3 * H, p, B, H, 2 * H); // dh₋ += Wzᵀ da_z + Wrᵀ da_r
  }
}

function updateBackward(da: usize, dh: usize, dhPrev: usize, a: usize, hPrev: usize, H: i32): void {
  const H1 = H << 3, whole = H1 & ~15, odd = H & 1;
  for (let j = 0; j < whole; j += 16) mixBackward(da + j, dh + j, dhPrev + j, a + j, hPrev + j, H1, false);
  if (odd) mixBackward(da + whole, dh + whole, dhPrev + whole, a + whole, hPrev + whole, H1, true);
}

// @ts-ignore: decorator
@inline function mixBackward(da: usize, dh: usize, dhPrev: usize, a: usize, hPrev: usize, H1: usize, last: bool): void {
  const one = f64x2.splat(1.0);
  const z = take(a, last), g = take(a + 2 * H1, last), dhj = take(dh, last);
  const notZ = f64x2.sub(one, z);
  put(da, f64x2.mul(f64x2.mul(f64x2.mul(dhj, f64x2.sub(g, take(hPrev, last))), z), notZ), last); // da_z = dh ⊙ (h̃ - h₋) ⊙ z ⊙ (1 - z)
  put(da + 2 * H1, f64x2.mul(f64x2.mul(dhj, z), f64x2.sub(one, f64x2.mul(g, g))), last); // da_h = dh ⊙ z ⊙ (1 - h̃²)
  put(dhPrev, f64x2.add(take(dhPrev, last), f64x2.mul(dhj, notZ)), last); // dh₋ += dh ⊙ (1 - z)
}

function resetBackward(da: usize, drh: usize, dhPrev: usize, a: usize, hPrev: usize, H: i32): void {
  const H1 = H << 3, whole = H1 & ~15, odd = H & 1;
  for (let j = 0; j < whole; j += 16) gateBackward(da + H1 + j, drh + j, dhPrev + j, a + H1 + j, hPrev + j, false);
  if (odd) gateBackward(da + H1 + whole, drh + whole, dhPrev + whole, a + H1 + whole, hPrev + whole, true);
}

// @ts-ignore: decorator
@inline function gateBackward(da: usize, drh: usize, dhPrev: usize, at: usize, hPrev: usize, last: bool): void {
  const r = take(at, last), d = take(drh, last);
  put(da, f64x2.mul(f64x2.mul(f64x2.mul(d, take(hPrev, last)), r), f64x2.sub(f64x2.splat(1.0), r)), last); // da_r = d(r⊙h₋) ⊙ h₋ ⊙ r ⊙ (1 - r)
  put(dhPrev, f64x2.add(take(dhPrev, last), f64x2.mul(d, r)), last); // dh₋ += d(r⊙h₋) ⊙ r
}
