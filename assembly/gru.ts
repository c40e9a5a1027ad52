// The GRU's time loop, forward and backward: src/engine/kernels/gru.ts on two lanes, the same
// operations in the same order. Its equations are explained there.
import { anySigmoid, extreme, modestSigmoid, tanh2 } from './elementary';
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
  for (let j = 0; j < H; j += 2) {
    const last = j + 1 == H;
    const here = <usize>j << 3, r = a + (H << 3) + here;
    const az = take(a + here, last), ar = take(r, last);
    let z: v128, reset: v128;
    if (v128.any_true(v128.or(extreme(az), extreme(ar)))) {
      z = anySigmoid(az); reset = anySigmoid(ar);
    } else {
      z = modestSigmoid(az); // z = σ(a_z)
      reset = modestSigmoid(ar); // r = σ(a_r)
    }
    put(a + here, z, last);
    put(r, reset, last);
    put(rh + here, f64x2.mul(reset, take(hPrev + here, last)), last); // r ⊙ h₋
  }
}

function update(a: usize, h: usize, hPrev: usize, H: i32): void {
  const one = f64x2.splat(1.0);
  for (let j = 0; j < H; j += 2) {
    const last = j + 1 == H;
    const here = <usize>j << 3, candidate = a + (H << 4) + here;
    const z = take(a + here, last);
    const g = tanh2(take(candidate, last)); // h̃ = tanh(a_h)
    put(candidate, g, last);
    put(h + here, f64x2.add(f64x2.mul(f64x2.sub(one, z), take(hPrev + here, last)), f64x2.mul(z, g)), last); // h = (1 - z) ⊙ h₋ + z ⊙ h̃
  }
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
  const one = f64x2.splat(1.0), H2 = H << 4;
  for (let j = 0; j < H; j += 2) {
    const last = j + 1 == H;
    const here = <usize>j << 3;
    const z = take(a + here, last), g = take(a + H2 + here, last), dhj = take(dh + here, last);
    const notZ = f64x2.sub(one, z);
    put(da + here, f64x2.mul(f64x2.mul(f64x2.mul(dhj, f64x2.sub(g, take(hPrev + here, last))), z), notZ), last); // da_z = dh ⊙ (h̃ - h₋) ⊙ z ⊙ (1 - z)
    put(da + H2 + here, f64x2.mul(f64x2.mul(dhj, z), f64x2.sub(one, f64x2.mul(g, g))), last); // da_h = dh ⊙ z ⊙ (1 - h̃²)
    put(dhPrev + here, f64x2.add(take(dhPrev + here, last), f64x2.mul(dhj, notZ)), last); // dh₋ += dh ⊙ (1 - z)
  }
}

function resetBackward(da: usize, drh: usize, dhPrev: usize, a: usize, hPrev: usize, H: i32): void {
  const one = f64x2.splat(1.0), H1 = H << 3;
  for (let j = 0; j < H; j += 2) {
    const last = j + 1 == H;
    const here = <usize>j << 3;
    const r = take(a + H1 + here, last), d = take(drh + here, last);
    put(da + H1 + here, f64x2.mul(f64x2.mul(f64x2.mul(d, take(hPrev + here, last)), r), f64x2.sub(one, r)), last); // da_r = d(r⊙h₋) ⊙ h₋ ⊙ r ⊙ (1 - r)
    put(dhPrev + here, f64x2.add(take(dhPrev + here, last), f64x2.mul(d, r)), last); // dh₋ += d(r⊙h₋) ⊙ r
  }
}
