// The Elman network's time loop, forward and backward: src/engine/kernels/rnn.ts on two lanes.
import { tanh } from './activations';
import { put, take } from './lanes';
import { addPacked } from './product';

/** h (T,B,H) holds bh + Wxh x and becomes the states; P packs Whh. */
export function rnnForward(h: usize, h0: usize, p: usize, T: i32, B: i32, H: i32): void {
  const state = (B * H) << 3;
  for (let t = 0; t < T; t++) {
    addPacked(h, H, t == 0 ? h0 : h - state, H, p, B, H, H);
    tanh(h, h, B * H); // h = tanh(Whh h₋ + Wxh x + bh)
    h += state;
  }
}

/** da (T,B,H) := dh ⊙ (1 - h²); dh += what reaches each state; P packs Whhᵀ. */
export function rnnBackward(da: usize, dh: usize, dh0: usize, h: usize, p: usize, T: i32, B: i32, H: i32): void {
  const state = (B * H) << 3, whole = state & ~15, odd = (B * H) & 1;
  for (let t = T - 1; t >= 0; t--) {
    const at = <usize>t * state;
    for (let j = at, end = at + whole; j < end; j += 16) throughTanh(da + j, dh + j, h + j, false);
    if (odd) throughTanh(da + at + whole, dh + at + whole, h + at + whole, true);
    addPacked(t == 0 ? dh0 : dh + at - state, H, da + at, H, p, B, H, H); // dh₋ += Whhᵀ da
  }
}

/** da = dh ⊙ (1 - h²) */
// @ts-ignore: decorator
@inline function throughTanh(da: usize, dh: usize, h: usize, last: bool): void {
  const hj = take(h, last);
  put(da, f64x2.mul(take(dh, last), f64x2.sub(f64x2.splat(1.0), f64x2.mul(hj, hj))), last);
}
