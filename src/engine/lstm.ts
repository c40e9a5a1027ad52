/**
 * The LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000), no peepholes:
 *
 *   f = σ(Wf [h₋, x] + bf)        i = σ(Wi [h₋, x] + bi)
 *   c̃ = tanh(Wc [h₋, x] + bc)     o = σ(Wo [h₋, x] + bo)
 *   c = f ⊙ c₋ + i ⊙ c̃            h = o ⊙ tanh(c)
 *
 * and backward, from dh and dc at a step to its pre-activations and to the step before:
 *
 *   dc += dh ⊙ o ⊙ (1 - tanh²c)        do = dh ⊙ tanh(c)
 *   df = dc ⊙ c₋    di = dc ⊙ c̃    dc̃ = dc ⊙ i    dc₋ = dc ⊙ f
 *   da_f = df ⊙ f ⊙ (1 - f)  …  da_c = dc̃ ⊙ (1 - c̃²)
 *   d[h₋, x] = Wᵀ da       dW = Σ_t da_t [h_{t-1}, x_t]ᵀ       db = Σ_t da_t
 *
 * The four blocks stand in the order f, i, c, o, so W (4H, H+D) and b (4H) are the parameters' slab as it lies.
 * Line by line these equations stand in kernels/lstm.ts (a step), and the products in lstm-family.ts and walk.ts.
 */
import { kernels } from './kernels/current.js';
import { lstmCell } from './lstm-family.js';
import type { LstmFamilyNames } from './lstm-family.js';

/** The names of the LSTM. W are (H, H+D), b (H); states h and c (B,H). */
export type LstmNames = LstmFamilyNames<'Wf' | 'Wi' | 'Wc' | 'Wo' | 'bf' | 'bi' | 'bc' | 'bo'>;

/**
 * The LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000). Gate order f, i, c, o:
 *
 *   f = σ(Wf [h₋, x] + bf)      i = σ(Wi [h₋, x] + bi)      c̃ = tanh(Wc [h₋, x] + bc)
 *   c = f ⊙ c₋ + i ⊙ c̃          o = σ(Wo [h₋, x] + bo)      h = o ⊙ tanh(c)
 *
 * It starts with bf = 1 and all else uniform in ±1/√H.
 */
export const lstm = lstmCell({
  kind: 'lstm',
  parameters: {
    ...{ Wf: ['H', 'H+D'], Wi: ['H', 'H+D'], Wc: ['H', 'H+D'], Wo: ['H', 'H+D'] },
    ...{ bf: ['H'], bi: ['H'], bc: ['H'], bo: ['H'] },
  },
  blocks: 4,
  loop: () => kernels.lstm,
});
