/**
 * The LSTM's time loop, forward and backward, as plain loops: what goes from step to step and so cannot
 * be one product over all steps. Twin of assembly/lstm.ts. Gate order f, i, c, o.
 */
import { sigmoid, tanh } from '../elementary.js';
import { addPacked } from './packed.js';
import { at } from './rows.js';

export interface LstmLoop {
  /**
   * gates (T,B,4H) hold b + Wx x and become f, i, c̃, o; c, tanhC, h (T,B,H) are written.
   * Wh (4H,H), the h columns of W, is packed by packABt.
   */
  forward(
    gates: Float64Array,
    c: Float64Array,
    tanhC: Float64Array,
    h: Float64Array,
    h0: Float64Array,
    c0: Float64Array,
    Wh: Float64Array,
    T: number,
    B: number,
    H: number,
  ): void;
  /**
   * da (T,B,4H) is written; dh, dc (T,B,H) hold what reaches each state from outside and become the
   * totals; dh0, dc0 (B,H) are added to. Wh is packed by packAB.
   */
  backward(
    da: Float64Array,
    dh: Float64Array,
    dc: Float64Array,
    dh0: Float64Array,
    dc0: Float64Array,
    gates: Float64Array,
    c: Float64Array,
    tanhC: Float64Array,
    c0: Float64Array,
    Wh: Float64Array,
    T: number,
    B: number,
    H: number,
  ): void;
}

export const lstm: LstmLoop = {
  forward(gates, c, tanhC, h, h0, c0, Wh, T, B, H) {
    for (let t = 0; t < T; t++) {
      const hPrev = t === 0 ? h0 : at(h, t - 1, B * H);
      const cPrev = t === 0 ? c0 : at(c, t - 1, B * H);
      addPacked(at(gates, t, B * 4 * H), 4 * H, hPrev, H, Wh, B, 4 * H, H); // a = b + Wx x + Wh h₋
      for (let n = 0; n < B; n++) {
        const a = gates.subarray((t * B + n) * 4 * H, (t * B + n + 1) * 4 * H);
        const row = (t * B + n) * H;
        for (let j = 0; j < H; j++) {
          // prettier-ignore
          const f = (a[j]         = sigmoid(a[j])),          // f = σ(a_f)
                i = (a[H + j]     = sigmoid(a[H + j])),      // i = σ(a_i)
                g = (a[2 * H + j] = tanh(a[2 * H + j])),     // c̃ = tanh(a_c)
                o = (a[3 * H + j] = sigmoid(a[3 * H + j])); // o = σ(a_o)
          c[row + j] = f * cPrev[n * H + j] + i * g; // c = f ⊙ c₋ + i ⊙ c̃
          tanhC[row + j] = tanh(c[row + j]);
          h[row + j] = o * tanhC[row + j]; // h = o ⊙ tanh(c)
        }
      }
    }
  },

  backward(da, dhAll, dcAll, dh0, dc0, gates, c, tanhC, c0, Wh, T, B, H) {
    for (let t = T - 1; t >= 0; t--) {
      const cPrev = t === 0 ? c0 : at(c, t - 1, B * H);
      const dhPrev = t === 0 ? dh0 : at(dhAll, t - 1, B * H);
      const dcPrev = t === 0 ? dc0 : at(dcAll, t - 1, B * H);
      for (let n = 0; n < B; n++) {
        const gate = (t * B + n) * 4 * H;
        const row = (t * B + n) * H;
        for (let j = 0; j < H; j++) {
          // prettier-ignore
          const f = gates[gate + j],         i = gates[gate + H + j],
                g = gates[gate + 2 * H + j], o = gates[gate + 3 * H + j],
                tc = tanhC[row + j],         dh = dhAll[row + j];
          const dc = (dcAll[row + j] += dh * o * (1 - tc * tc)); // dc += dh ⊙ o ⊙ (1 - tanh²c)
          // prettier-ignore
          {
            da[gate + j]         = dc * cPrev[n * H + j] * f * (1 - f); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
            da[gate + H + j]     = dc * g * i * (1 - i);                // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
            da[gate + 2 * H + j] = dc * i * (1 - g * g);                // da_c = dc ⊙ i ⊙ (1 - c̃²)
            da[gate + 3 * H + j] = dh * tc * o * (1 - o);               // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
          }
          dcPrev[n * H + j] += dc * f; // dc₋ += dc ⊙ f
        }
      }
      addPacked(dhPrev, H, at(da, t, B * 4 * H), 4 * H, Wh, B, H, 4 * H); // dh₋ += Whᵀ da
    }
  },
};
