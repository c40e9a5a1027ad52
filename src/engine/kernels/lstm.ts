/**
 * The LSTM's step with its equations line by line, and the time loop over such steps, forward and backward,
 * as plain loops: what goes from step to step and so cannot be one product over all steps. `lstm` is the twin
 * of assembly/lstm.ts; variants of the LSTM bring steps of their own. Gate order f, i, c, o.
 */
import { sigmoid, tanh } from '../elementary.js';
import { addPacked } from './packed.js';
import { at } from './rows.js';
import type { PackedProduct } from './kernels.js';

/** The LSTM over time: what a kernel set does from step to step. Arrays are time-major; lengths are not checked. */
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

/** One step of one sequence, everything but the products. */
export interface LstmStep {
  /** a (4H), the gates before their nonlinearities, becomes the gates; c, tanhC, h (H) are written. */
  forward(
    a: Float64Array,
    c: Float64Array,
    tanhC: Float64Array,
    h: Float64Array,
    cPrev: Float64Array,
    H: number,
  ): void;
  /** da (4H) is written; dc (H) gets what comes through h and is then the total; dcPrev (H) is added to. */
  backward(
    da: Float64Array,
    dh: Float64Array,
    dc: Float64Array,
    dcPrev: Float64Array,
    gates: Float64Array,
    c: Float64Array,
    tanhC: Float64Array,
    cPrev: Float64Array,
    H: number,
  ): void;
}

export const lstmStep: LstmStep = {
  forward(a, c, tanhC, h, cPrev, H) {
    for (let j = 0; j < H; j++) {
      // prettier-ignore
      const f = (a[j]         = sigmoid(a[j])),          // f = σ(a_f)
            i = (a[H + j]     = sigmoid(a[H + j])),      // i = σ(a_i)
            g = (a[2 * H + j] = tanh(a[2 * H + j])),     // c̃ = tanh(a_c)
            o = (a[3 * H + j] = sigmoid(a[3 * H + j])); // o = σ(a_o)
      c[j] = f * cPrev[j] + i * g; // c = f ⊙ c₋ + i ⊙ c̃
      tanhC[j] = tanh(c[j]);
      h[j] = o * tanhC[j]; // h = o ⊙ tanh(c)
    }
  },

  backward(da, dhAll, dcAll, dcPrev, gates, _c, tanhC, cPrev, H) {
    for (let j = 0; j < H; j++) {
      // prettier-ignore
      const f = gates[j],         i = gates[H + j],
            g = gates[2 * H + j], o = gates[3 * H + j],
            tc = tanhC[j],        dh = dhAll[j];
      const dc = (dcAll[j] += dh * o * (1 - tc * tc)); // dc += dh ⊙ o ⊙ (1 - tanh²c)
      // prettier-ignore
      {
        da[j]         = dc * cPrev[j] * f * (1 - f); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
        da[H + j]     = dc * g * i * (1 - i);        // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
        da[2 * H + j] = dc * i * (1 - g * g);        // da_c = dc ⊙ i ⊙ (1 - c̃²)
        da[3 * H + j] = dh * tc * o * (1 - o);       // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
      }
      dcPrev[j] += dc * f; // dc₋ += dc ⊙ f
    }
  },
};

/** The time loop over a step whose gates are `blocks` blocks of H. Backward visits time and batch from the end. */
export const lstmLoopOf = (blocks: number, step: LstmStep, product: PackedProduct): LstmLoop => ({
  forward(gates, c, tanhC, h, h0, c0, Wh, T, B, H) {
    const width = blocks * H;
    for (let t = 0; t < T; t++) {
      const hPrev = t === 0 ? h0 : at(h, t - 1, B * H);
      const cPrev = t === 0 ? c0 : at(c, t - 1, B * H);
      product(at(gates, t, B * width), width, hPrev, H, Wh, B, width, H); // a = b + Wx x + Wh h₋
      for (let n = 0; n < B; n++) {
        const row = t * B + n;
        // prettier-ignore
        step.forward(at(gates, row, width), at(c, row, H), at(tanhC, row, H), at(h, row, H), at(cPrev, n, H), H);
      }
    }
  },

  backward(da, dh, dc, dh0, dc0, gates, c, tanhC, c0, Wh, T, B, H) {
    const width = blocks * H;
    for (let t = T - 1; t >= 0; t--) {
      const cPrev = t === 0 ? c0 : at(c, t - 1, B * H);
      const dhPrev = t === 0 ? dh0 : at(dh, t - 1, B * H);
      const dcPrev = t === 0 ? dc0 : at(dc, t - 1, B * H);
      for (let n = B - 1; n >= 0; n--) {
        const row = t * B + n;
        // prettier-ignore
        step.backward(
          at(da, row, width), at(dh, row, H), at(dc, row, H), at(dcPrev, n, H),
          at(gates, row, width), at(c, row, H), at(tanhC, row, H), at(cPrev, n, H), H,
        );
      }
      product(dhPrev, H, at(da, t, B * width), width, Wh, B, H, width); // dh₋ += Whᵀ da
    }
  },
});

export const lstm: LstmLoop = lstmLoopOf(4, lstmStep, addPacked);
