/**
 * The LSTM with peepholes (Gers & Schmidhuber 2000): gates that also see the cell, each unit its own,
 * through a diagonal weight. Not a full matrix, and not a path for h.
 *
 *   f = σ(Wf [h₋, x] + pf ⊙ c₋ + bf)    i = σ(Wi [h₋, x] + pi ⊙ c₋ + bi)
 *   c̃ = tanh(Wc [h₋, x] + bc)           c = f ⊙ c₋ + i ⊙ c̃
 *   o = σ(Wo [h₋, x] + po ⊙ c + bo)     h = o ⊙ tanh(c)
 *
 * Two variants: all three gates peep, and only the forget gate (no pi, no po). The output gate sees
 * the *new* c. The slab is W (4H, H+D), then the peepholes pf, pi, po, then b (4H), in the order f, i, c, o.
 */
import { kernels } from './kernels/current.js';
import { lstmCell } from './lstm-family.js';
import { lstmLoopOf } from './kernels/lstm.js';
import { sigmoid, tanh } from './elementary.js';
import type { LstmFamilyNames } from './lstm-family.js';
import type { LstmNames } from './lstm.js';
import type { LstmStep } from './kernels/lstm.js';

/** The names of the LSTM whose forget gate peeps: those of the LSTM, and pf (H). */
export type LstmPeepholeForgetNames = LstmFamilyNames<LstmNames['parameter'] | 'pf'>;
/** The names of the LSTM with all peepholes: those of the LSTM, and pf, pi, po (H). */
export type LstmPeepholeNames = LstmFamilyNames<LstmNames['parameter'] | 'pf' | 'pi' | 'po'>;

/** A step with the peepholes p: pf, or pf, pi and po, (H) each; dp is where their gradients go, in backward. */
const stepOf = (
  all: boolean,
  p: Float64Array,
  dp: Float64Array = new Float64Array(0),
): LstmStep => ({
  forward(a, c, tanhC, h, cPrev, H) {
    for (let j = 0; j < H; j++) {
      if (all) a[H + j] += p[H + j] * cPrev[j]; // a_i += pi ⊙ c₋
      // prettier-ignore
      const f = (a[j]         = sigmoid(a[j] + p[j] * cPrev[j])), // f = σ(a_f + pf ⊙ c₋)
            i = (a[H + j]     = sigmoid(a[H + j])),               // i = σ(a_i)
            g = (a[2 * H + j] = tanh(a[2 * H + j])); // c̃ = tanh(a_c)
      c[j] = f * cPrev[j] + i * g; // c = f ⊙ c₋ + i ⊙ c̃
      if (all) a[3 * H + j] += p[2 * H + j] * c[j]; // a_o += po ⊙ c
      const o = (a[3 * H + j] = sigmoid(a[3 * H + j])); // o = σ(a_o)
      tanhC[j] = tanh(c[j]);
      h[j] = o * tanhC[j]; // h = o ⊙ tanh(c)
    }
  },

  backward(da, dhAll, dcAll, dcPrev, gates, c, tanhC, cPrev, H) {
    for (let j = 0; j < H; j++) {
      // prettier-ignore
      const f = gates[j],         i = gates[H + j],
            g = gates[2 * H + j], o = gates[3 * H + j],
            tc = tanhC[j],        dh = dhAll[j];
      const dao = dh * tc * o * (1 - o); // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
      dcAll[j] += dh * o * (1 - tc * tc); // dc += dh ⊙ o ⊙ (1 - tanh²c)
      if (all) dcAll[j] += p[2 * H + j] * dao; // dc += po ⊙ da_o
      const dc = dcAll[j];
      const daf = dc * cPrev[j] * f * (1 - f); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
      const dai = dc * g * i * (1 - i); // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
      // prettier-ignore
      {
        da[j]         = daf;
        da[H + j]     = dai;
        da[2 * H + j] = dc * i * (1 - g * g); // da_c = dc ⊙ i ⊙ (1 - c̃²)
        da[3 * H + j] = dao;
      }
      dcPrev[j] += dc * f + p[j] * daf; // dc₋ += dc ⊙ f + pf ⊙ da_f
      dp[j] += daf * cPrev[j]; // dpf = Σ_t da_f,t ⊙ c_{t-1}
      if (!all) continue;
      dcPrev[j] += p[H + j] * dai; // dc₋ += pi ⊙ da_i
      dp[H + j] += dai * cPrev[j]; // dpi = Σ_t da_i,t ⊙ c_{t-1}
      dp[2 * H + j] += dao * c[j]; // dpo = Σ_t da_o,t ⊙ c_t
    }
  },
});

const weights = { Wf: ['H', 'H+D'], Wi: ['H', 'H+D'], Wc: ['H', 'H+D'], Wo: ['H', 'H+D'] } as const;
const biases = { bf: ['H'], bi: ['H'], bc: ['H'], bo: ['H'] } as const;

/**
 * The LSTM whose gates see the cell (Gers & Schmidhuber 2000), each unit its own through p (H):
 *
 *   f = σ(Wf [h₋, x] + pf ⊙ c₋ + bf)    i = σ(Wi [h₋, x] + pi ⊙ c₋ + bi)
 *   c̃ = tanh(Wc [h₋, x] + bc)           c = f ⊙ c₋ + i ⊙ c̃
 *   o = σ(Wo [h₋, x] + po ⊙ c + bo)     h = o ⊙ tanh(c)
 *
 * f and i see c₋, o sees the new c. It starts with bf = 1 and all else uniform in ±1/√H.
 */
export const lstmPeephole = lstmCell({
  kind: 'lstm-peephole',
  parameters: { ...weights, pf: ['H'], pi: ['H'], po: ['H'], ...biases },
  blocks: 4,
  vectors: 3,
  loop: (p, dp) => lstmLoopOf(4, stepOf(true, p, dp), kernels.addPacked),
});

/** lstmPeephole with one peephole: f = σ(Wf [h₋, x] + pf ⊙ c₋ + bf), and all else as in lstm. */
export const lstmPeepholeForget = lstmCell({
  kind: 'lstm-peephole-forget',
  parameters: { ...weights, pf: ['H'], ...biases },
  blocks: 4,
  vectors: 1,
  loop: (p, dp) => lstmLoopOf(4, stepOf(false, p, dp), kernels.addPacked),
});
