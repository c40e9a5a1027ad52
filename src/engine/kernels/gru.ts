/**
 * The GRU's time loop, forward and backward, as plain loops: what goes from step to step and so cannot be
 * one product over all steps. Twin of assembly/gru.ts. Gate order z, r, h; z weighs the new candidate, the
 * reset gate acts before the product.
 */
import { sigmoid, tanh } from '../elementary.js';
import { addPacked } from './packed.js';
import { at } from './rows.js';

/** The GRU over time: what a kernel set does from step to step. Arrays are time-major; lengths are not checked. */
export interface GruLoop {
  /**
   * gates (T,B,3H) hold b + Wx x and become z, r, h̃; rh = r ⊙ h₋ and h (T,B,H) are written.
   * Wzr (2H,H) and Wh (H,H), the h columns, are packed by packABt.
   */
  forward(
    gates: Float64Array,
    rh: Float64Array,
    h: Float64Array,
    h0: Float64Array,
    Wzr: Float64Array,
    Wh: Float64Array,
    T: number,
    B: number,
    H: number,
  ): void;
  /**
   * da (T,B,3H) is written; dh (T,B,H) holds what reaches each state from outside and becomes the total;
   * dh0 (B,H) is added to; drh (B,H) is room for d(r ⊙ h₋). Wzr and Wh are packed by packAB.
   */
  backward(
    da: Float64Array,
    dh: Float64Array,
    dh0: Float64Array,
    drh: Float64Array,
    gates: Float64Array,
    h: Float64Array,
    h0: Float64Array,
    Wzr: Float64Array,
    Wh: Float64Array,
    T: number,
    B: number,
    H: number,
  ): void;
}

export const gru: GruLoop = {
  forward(gates, rh, h, h0, Wzr, Wh, T, B, H) {
    for (let t = 0; t < T; t++) {
      const hPrev = t === 0 ? h0 : at(h, t - 1, B * H);
      const a = at(gates, t, B * 3 * H);
      addPacked(a, 3 * H, hPrev, H, Wzr, B, 2 * H, H);
      for (let n = 0; n < B; n++) {
        for (let j = 0; j < 2 * H; j++) a[n * 3 * H + j] = sigmoid(a[n * 3 * H + j]); // z = σ(a_z)   r = σ(a_r)
        for (let j = 0; j < H; j++)
          rh[(t * B + n) * H + j] = a[n * 3 * H + H + j] * hPrev[n * H + j]; // r ⊙ h₋
      }
      addPacked(a.subarray(2 * H), 3 * H, at(rh, t, B * H), H, Wh, B, H, H);
      for (let n = 0; n < B; n++) {
        for (let j = 0; j < H; j++) {
          const z = a[n * 3 * H + j];
          const g = (a[n * 3 * H + 2 * H + j] = tanh(a[n * 3 * H + 2 * H + j])); // h̃ = tanh(a_h)
          h[(t * B + n) * H + j] = (1 - z) * hPrev[n * H + j] + z * g; // h = (1 - z) ⊙ h₋ + z ⊙ h̃
        }
      }
    }
  },

  backward(da, dhAll, dh0, drh, gates, h, h0, Wzr, Wh, T, B, H) {
    for (let t = T - 1; t >= 0; t--) {
      const hPrev = t === 0 ? h0 : at(h, t - 1, B * H);
      const dhPrev = t === 0 ? dh0 : at(dhAll, t - 1, B * H);
      const daStep = at(da, t, B * 3 * H);
      for (let n = 0; n < B; n++) {
        const gate = (t * B + n) * 3 * H;
        for (let j = 0; j < H; j++) {
          const z = gates[gate + j];
          const g = gates[gate + 2 * H + j];
          const dh = dhAll[(t * B + n) * H + j];
          daStep[n * 3 * H + j] = dh * (g - hPrev[n * H + j]) * z * (1 - z); // da_z = dh ⊙ (h̃ - h₋) ⊙ z ⊙ (1 - z)
          daStep[n * 3 * H + 2 * H + j] = dh * z * (1 - g * g); // da_h = dh ⊙ z ⊙ (1 - h̃²)
          dhPrev[n * H + j] += dh * (1 - z);
        }
      }
      drh.fill(0);
      addPacked(drh, H, daStep.subarray(2 * H), 3 * H, Wh, B, H, H); // d(r⊙h₋) = Whᵀ da_h
      for (let n = 0; n < B; n++) {
        for (let j = 0; j < H; j++) {
          const r = gates[(t * B + n) * 3 * H + H + j];
          daStep[n * 3 * H + H + j] = drh[n * H + j] * hPrev[n * H + j] * r * (1 - r); // da_r = d(r⊙h₋) ⊙ h₋ ⊙ r ⊙ (1 - r)
          dhPrev[n * H + j] += drh[n * H + j] * r;
        }
      }
      addPacked(dhPrev, H, daStep, 3 * H, Wzr, B, H, 2 * H); // dh₋ += Wzᵀ da_z + Wrᵀ da_r
    }
  },
};
