/**
 * The LSTM with coupled input and forget gates (Greff et al. 2017, «CIFG»): what is forgotten is what
 * is written, so there is no input gate to learn. Three blocks, as in a GRU, but a cell and an output gate.
 *
 *   f = σ(Wf [h₋, x] + bf)          i = 1 - f
 *   c̃ = tanh(Wc [h₋, x] + bc)       o = σ(Wo [h₋, x] + bo)
 *   c = f ⊙ c₋ + i ⊙ c̃              h = o ⊙ tanh(c)
 *
 * The three blocks stand in the order f, c, o, so W (3H, H+D) and b (3H) are the parameters' slab as it lies.
 */
import { kernels } from './kernels/current.js';
import { lstmCell } from './lstm-family.js';
import { lstmLoopOf } from './kernels/lstm.js';
import { sigmoid, tanh } from './elementary.js';
import type { LstmFamilyNames } from './lstm-family.js';
import type { LstmStep } from './kernels/lstm.js';

/** The names of the coupled LSTM: those of the LSTM without Wi and bi. */
export type LstmCoupledNames = LstmFamilyNames<'Wf' | 'Wc' | 'Wo' | 'bf' | 'bc' | 'bo'>;

const step: LstmStep = {
  forward(a, c, tanhC, h, cPrev, H) {
    for (let j = 0; j < H; j++) {
      // prettier-ignore
      const f = (a[j]         = sigmoid(a[j])),          // f = σ(a_f)
            i = 1 - f,                                   // i = 1 - f
            g = (a[H + j]     = tanh(a[H + j])),         // c̃ = tanh(a_c)
            o = (a[2 * H + j] = sigmoid(a[2 * H + j])); // o = σ(a_o)
      c[j] = f * cPrev[j] + i * g; // c = f ⊙ c₋ + i ⊙ c̃
      tanhC[j] = tanh(c[j]);
      h[j] = o * tanhC[j]; // h = o ⊙ tanh(c)
    }
  },

  backward(da, dhAll, dcAll, dcPrev, gates, _c, tanhC, cPrev, H) {
    for (let j = 0; j < H; j++) {
      // prettier-ignore
      const f = gates[j],         g = gates[H + j],
            o = gates[2 * H + j], tc = tanhC[j],
            dh = dhAll[j];
      const dc = (dcAll[j] += dh * o * (1 - tc * tc)); // dc += dh ⊙ o ⊙ (1 - tanh²c)
      // prettier-ignore
      {
        da[j]         = dc * (cPrev[j] - g) * f * (1 - f); // da_f = dc ⊙ (c₋ - c̃) ⊙ f ⊙ (1 - f)
        da[H + j]     = dc * (1 - f) * (1 - g * g);        // da_c = dc ⊙ i ⊙ (1 - c̃²)
        da[2 * H + j] = dh * tc * o * (1 - o);             // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
      }
      dcPrev[j] += dc * f; // dc₋ += dc ⊙ f
    }
  },
};

/**
 * The LSTM with i = 1 - f (Greff et al. 2017, CIFG): what is not kept is written. Three blocks of weights, as a GRU:
 *
 *   f = σ(Wf [h₋, x] + bf)      c̃ = tanh(Wc [h₋, x] + bc)      o = σ(Wo [h₋, x] + bo)
 *   c = f ⊙ c₋ + (1 - f) ⊙ c̃    h = o ⊙ tanh(c)
 *
 * It starts with bf = 1 and all else uniform in ±1/√H.
 */
export const lstmCoupled = lstmCell({
  kind: 'lstm-coupled',
  parameters: {
    ...{ Wf: ['H', 'H+D'], Wc: ['H', 'H+D'], Wo: ['H', 'H+D'] },
    ...{ bf: ['H'], bc: ['H'], bo: ['H'] },
  },
  blocks: 3,
  loop: () => lstmLoopOf(3, step, kernels.addPacked),
});
