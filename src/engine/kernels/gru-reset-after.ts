/**
 * The time loop of the GRU that resets after the product, forward and backward, with its equations line by
 * line: what goes from step to step and so cannot be one product over all steps. Gate order z, r, h; z weighs
 * the old state. It has no twin: with either kernel set it is these loops around that set's packed product.
 */
import { sigmoid, tanh } from '../elementary.js';
import { at } from './rows.js';
import type { PackedProduct } from './kernels.js';

export const gruResetAfterLoop = (product: PackedProduct) => ({
  /**
   * gates (T,B,3H) hold b + Wx x and become z, r, h̃; ahh and h (T,B,H) are written. Wzr (2H,H) and Whh (H,H), the h columns, are packed by packABt.
   */
  forward(
    gates: Float64Array,
    ahh: Float64Array,
    h: Float64Array,
    h0: Float64Array,
    Wzr: Float64Array,
    Whh: Float64Array,
    bhh: Float64Array,
    T: number,
    B: number,
    H: number,
  ): void {
    for (let t = 0; t < T; t++) {
      const hPrev = t === 0 ? h0 : at(h, t - 1, B * H);
      product(at(gates, t, B * 3 * H), 3 * H, hPrev, H, Wzr, B, 2 * H, H); // a = b + Wx x + Wh h₋
      product(at(ahh, t, B * H), H, hPrev, H, Whh, B, H, H, bhh); // a_hh = Whh h₋ + bhh
      for (let n = 0; n < B; n++) {
        const a = at(gates, t * B + n, 3 * H);
        const row = (t * B + n) * H;
        for (let j = 0; j < H; j++) {
          // prettier-ignore
          const z = (a[j]         = sigmoid(a[j])),                            // z = σ(a_z)
                r = (a[H + j]     = sigmoid(a[H + j])),                        // r = σ(a_r)
                g = (a[2 * H + j] = tanh(a[2 * H + j] + r * ahh[row + j])); // h̃ = tanh(a_h + r ⊙ a_hh)
          h[row + j] = (1 - z) * g + z * hPrev[n * H + j]; // h = (1 - z) ⊙ h̃ + z ⊙ h₋
        }
      }
    }
  },

  /**
   * da (T,B,3H) and dahh (T,B,H) are written; dh (T,B,H) holds what reaches each state from outside and
   * becomes the total; dh0 (B,H) is added to. Wzr and Whh are packed by packAB.
   */
  backward(
    da: Float64Array,
    dahh: Float64Array,
    dhAll: Float64Array,
    dh0: Float64Array,
    gates: Float64Array,
    ahh: Float64Array,
    h: Float64Array,
    h0: Float64Array,
    Wzr: Float64Array,
    Whh: Float64Array,
    T: number,
    B: number,
    H: number,
  ): void {
    for (let t = T - 1; t >= 0; t--) {
      const hPrev = t === 0 ? h0 : at(h, t - 1, B * H);
      const dhPrev = t === 0 ? dh0 : at(dhAll, t - 1, B * H);
      for (let n = 0; n < B; n++) {
        const gate = (t * B + n) * 3 * H;
        const row = (t * B + n) * H;
        for (let j = 0; j < H; j++) {
          // prettier-ignore
          const z = gates[gate + j],         r = gates[gate + H + j],
                g = gates[gate + 2 * H + j], dh = dhAll[row + j];
          const dah = dh * (1 - z) * (1 - g * g); // da_h = dh ⊙ (1 - z) ⊙ (1 - h̃²)
          // prettier-ignore
          {
            da[gate + j]         = dh * (hPrev[n * H + j] - g) * z * (1 - z); // da_z = dh ⊙ (h₋ - h̃) ⊙ z ⊙ (1 - z)
            da[gate + H + j]     = dah * ahh[row + j] * r * (1 - r);          // da_r = da_h ⊙ a_hh ⊙ r ⊙ (1 - r)
            da[gate + 2 * H + j] = dah;
            dahh[row + j]        = dah * r;                                   // da_hh = da_h ⊙ r
          }
          dhPrev[n * H + j] += dh * z; // dh₋ += dh ⊙ z
        }
      }
      product(dhPrev, H, at(da, t, B * 3 * H), 3 * H, Wzr, B, H, 2 * H); // dh₋ += Wzᵀ da_z + Wrᵀ da_r
      product(dhPrev, H, at(dahh, t, B * H), H, Whh, B, H, H); // dh₋ += Whhᵀ da_hh
    }
  },
});
