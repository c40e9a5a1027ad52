/**
 * The LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000), no peepholes:
 *
 *   f = σ(Wf [h₋, x] + bf)        i = σ(Wi [h₋, x] + bi)
 *   c̃ = tanh(Wc [h₋, x] + bc)     o = σ(Wo [h₋, x] + bo)
 *   c = f ⊙ c₋ + i ⊙ c̃            h = o ⊙ tanh(c)
 *
 * The four blocks stand in the order f, i, c, o, so W (4H, H+D) and b (4H) are the parameters' slab as it lies.
 */
import { acceptForward, acceptUpstream, addTo, at, createGradients, fillRows } from './cell.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { sigmoid, tanh } from './elementary.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Dims } from './alphabet.js';

export interface LstmNames {
  parameter: 'Wf' | 'Wi' | 'Wc' | 'Wo' | 'bf' | 'bi' | 'bc' | 'bo';
  initial: 'h0' | 'c0';
  output: 'h' | 'c';
  final: 'hT' | 'cT';
}

/** The stacked weights W (4H, H+D) and biases b (4H) of a parameter or gradient slab. */
function stacked(
  slab: Float64Array,
  { H, D }: Dims,
): { W: Float64Array; b: Float64Array | undefined } {
  const weights = 4 * H * (H + D);
  return {
    W: slab.subarray(0, weights),
    b: slab.length > weights ? slab.subarray(weights) : undefined,
  };
}

function forward(
  arena: Arena,
  dims: Dims,
  parameters: Parameters<LstmNames>,
  given: Given<LstmNames>,
): Run<LstmNames> {
  const { T, B, D, H } = dims;
  const initial = acceptForward(arena, lstm, dims, parameters, given);
  const { W, b } = stacked(parameters.slab, dims);
  const gates = arena.alloc('tape', T * B * 4 * H); // (T,B,4H): f, i, c̃, o after their nonlinearities
  const c = arena.alloc('tape', T * B * H);
  const tanhC = arena.alloc('tape', T * B * H);
  const h = arena.alloc('tape', T * B * H);

  // a = b + Wx x for every step at once; the recurrence adds Wh h₋ step by step.
  fillRows(gates, b, T * B);
  kernels.addABt(gates, 4 * H, given.x, D, W.subarray(H), H + D, T * B, 4 * H, D);
  for (let t = 0; t < T; t++) {
    const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
    const cPrev = t === 0 ? initial.c0 : at(c, t - 1, B * H);
    kernels.addABt(at(gates, t, B * 4 * H), 4 * H, hPrev, H, W, H + D, B, 4 * H, H);
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
  return {
    dims,
    parameters,
    x: given.x,
    initial,
    outputs: { h, c },
    finals: { hT: at(h, T - 1, B * H), cT: at(c, T - 1, B * H) },
    tape: { gates, tanhC },
  };
}

/**
 *   dc += dh ⊙ o ⊙ (1 - tanh²c)        do = dh ⊙ tanh(c)
 *   df = dc ⊙ c₋    di = dc ⊙ c̃    dc̃ = dc ⊙ i    dc₋ = dc ⊙ f
 *   da_f = df ⊙ f ⊙ (1 - f)  …  da_c = dc̃ ⊙ (1 - c̃²)
 *   d[h₋, x] = Wᵀ da       dW = Σ_t da_t [h_{t-1}, x_t]ᵀ       db = Σ_t da_t
 */
function backward(
  arena: Arena,
  run: Run<LstmNames>,
  upstream: Upstream<LstmNames>,
): BackwardResult<LstmNames> {
  const { dims, x, initial } = run;
  const { T, B, D, H } = dims;
  const { h, c } = run.outputs;
  const { gates, tanhC } = run.tape as { gates: Float64Array; tanhC: Float64Array };
  acceptUpstream(lstm, dims, upstream);
  const gradients = createGradients(arena, lstm, run);
  const states = { h: arena.alloc('gradients', T * B * H), c: arena.alloc('gradients', T * B * H) };
  const { W } = stacked(run.parameters.slab, dims);
  const { W: dW, b: db } = stacked(gradients.slab, dims);

  addTo(states.h, upstream.h);
  addTo(states.c, upstream.c);
  addTo(at(states.h, T - 1, B * H), upstream.hT);
  addTo(at(states.c, T - 1, B * H), upstream.cT);
  arena.scope(() => {
    const da = arena.alloc('workspace', T * B * 4 * H);
    for (let t = T - 1; t >= 0; t--) {
      const cPrev = t === 0 ? initial.c0 : at(c, t - 1, B * H);
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      const dcPrev = t === 0 ? gradients.c0 : at(states.c, t - 1, B * H);
      for (let n = 0; n < B; n++) {
        const gate = (t * B + n) * 4 * H;
        const row = (t * B + n) * H;
        for (let j = 0; j < H; j++) {
          // prettier-ignore
          const f = gates[gate + j],         i = gates[gate + H + j],
                g = gates[gate + 2 * H + j], o = gates[gate + 3 * H + j],
                tc = tanhC[row + j],         dh = states.h[row + j];
          const dc = (states.c[row + j] += dh * o * (1 - tc * tc)); // dc += dh ⊙ o ⊙ (1 - tanh²c)
          // prettier-ignore
          {
            da[gate + j]         = dc * cPrev[n * H + j] * f * (1 - f); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
            da[gate + H + j]     = dc * g * i * (1 - i);                // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
            da[gate + 2 * H + j] = dc * i * (1 - g * g);                // da_c = dc ⊙ i ⊙ (1 - c̃²)
            da[gate + 3 * H + j] = dh * tc * o * (1 - o);               // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
          }
          dcPrev[n * H + j] += dc * f; // dc₋ = dc ⊙ f
        }
      }
      kernels.addAB(dhPrev, H, at(da, t, B * 4 * H), 4 * H, W, H + D, B, H, 4 * H); // dh₋ = Whᵀ da
    }
    kernels.addAB(gradients.x, D, da, 4 * H, W.subarray(H), H + D, T * B, D, 4 * H); // dx = Wxᵀ da
    kernels.addAtB(dW, H + D, da.subarray(B * 4 * H), 4 * H, h, H, 4 * H, H, (T - 1) * B); // dWh = Σ_t da_t h_{t-1}ᵀ
    kernels.addAtB(dW, H + D, da, 4 * H, initial.h0, H, 4 * H, H, B); // … and its last term, t = 1
    kernels.addAtB(dW.subarray(H), H + D, da, 4 * H, x, D, 4 * H, D, T * B); // dWx = Σ_t da_t x_tᵀ
    if (db) kernels.addRows(db, da, 4 * H, T * B); // db = Σ_t da_t
  });
  return { gradients, states };
}

export const lstm: Cell<LstmNames> = {
  kind: 'lstm',
  parameters: {
    Wf: ['H', 'H+D'],
    Wi: ['H', 'H+D'],
    Wc: ['H', 'H+D'],
    Wo: ['H', 'H+D'],
    bf: ['H'],
    bi: ['H'],
    bc: ['H'],
    bo: ['H'],
  },
  initial: { h0: ['B', 'H'], c0: ['B', 'H'] },
  outputs: { h: ['T', 'B', 'H'], c: ['T', 'B', 'H'] },
  finals: { hT: ['B', 'H'], cT: ['B', 'H'] },

  /** uniform(±1/√H), and a forget bias of 1, so that the cell remembers before it has learnt anything. */
  initialize(parameters, { H }, random) {
    fillUniform(parameters.slab, random, -1 / Math.sqrt(H), 1 / Math.sqrt(H));
    (parameters as Partial<typeof parameters>).bf?.fill(1);
  },
  forward,
  backward,
};
