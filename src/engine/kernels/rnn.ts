/**
 * The Elman network's time loop, forward and backward, as plain loops: what goes from step to step and so
 * cannot be one product over all steps. Twin of assembly/rnn.ts.
 */
import { tanh } from '../elementary.js';
import { addPacked } from './packed.js';
import { at } from './rows.js';

/** The Elman network over time: what a kernel set does from step to step. Arrays are time-major; lengths are not checked. */
export interface RnnLoop {
  /** h (T,B,H) holds bh + Wxh x and becomes the states. Whh (H,H) is packed by packABt. */
  forward(
    h: Float64Array,
    h0: Float64Array,
    Whh: Float64Array,
    T: number,
    B: number,
    H: number,
  ): void;
  /** da (T,B,H) is written; dh (T,B,H) holds dL/dh_t from outside and becomes the total; dh0 (B,H) is added to. Whh is packed by packAB. */
  backward(
    da: Float64Array,
    dh: Float64Array,
    dh0: Float64Array,
    h: Float64Array,
    Whh: Float64Array,
    T: number,
    B: number,
    H: number,
  ): void;
}

export const rnn: RnnLoop = {
  forward(h, h0, Whh, T, B, H) {
    for (let t = 0; t < T; t++) {
      const a = at(h, t, B * H);
      addPacked(a, H, t === 0 ? h0 : at(h, t - 1, B * H), H, Whh, B, H, H);
      for (let j = 0; j < B * H; j++) a[j] = tanh(a[j]); // h = tanh(Whh h₋ + Wxh x + bh)
    }
  },

  backward(da, dh, dh0, h, Whh, T, B, H) {
    for (let t = T - 1; t >= 0; t--) {
      for (let j = t * B * H; j < (t + 1) * B * H; j++) da[j] = dh[j] * (1 - h[j] * h[j]); // da = dh ⊙ (1 - h²)
      const dhPrev = t === 0 ? dh0 : at(dh, t - 1, B * H);
      addPacked(dhPrev, H, at(da, t, B * H), H, Whh, B, H, H); // dh₋ += Whhᵀ da
    }
  },
};
