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
import { acceptForward, acceptUpstream, addTo, at, createGradients, fillRows } from './cell.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { sigmoid, tanh } from './elementary.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Dims } from './alphabet.js';
import type { LstmNames } from './lstm.js';

export interface LstmCoupledNames extends LstmNames {
  parameter: 'Wf' | 'Wc' | 'Wo' | 'bf' | 'bc' | 'bo';
}

/** The stacked weights W (3H, H+D) and biases b (3H) of a parameter or gradient slab. */
function stacked(slab: Float64Array, { H, D }: Dims) {
  const weights = 3 * H * (H + D);
  return {
    W: slab.subarray(0, weights),
    b: slab.length > weights ? slab.subarray(weights) : undefined,
  };
}

function forward(
  arena: Arena,
  dims: Dims,
  parameters: Parameters<LstmCoupledNames>,
  given: Given<LstmCoupledNames>,
): Run<LstmCoupledNames> {
  const { T, B, D, H } = dims;
  const initial = acceptForward(arena, lstmCoupled, dims, parameters, given);
  const { W, b } = stacked(parameters.slab, dims);
  const gates = arena.alloc('tape', T * B * 3 * H); // (T,B,3H): f, c̃, o after their nonlinearities
  const c = arena.alloc('tape', T * B * H);
  const tanhC = arena.alloc('tape', T * B * H);
  const h = arena.alloc('tape', T * B * H);

  // a = b + Wx x for every step at once; the recurrence adds Wh h₋ step by step.
  fillRows(gates, b, T * B);
  kernels.addABt(gates, 3 * H, given.x, D, W.subarray(H), H + D, T * B, 3 * H, D);
  for (let t = 0; t < T; t++) {
    const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
    const cPrev = t === 0 ? initial.c0 : at(c, t - 1, B * H);
    kernels.addABt(at(gates, t, B * 3 * H), 3 * H, hPrev, H, W, H + D, B, 3 * H, H);
    for (let n = 0; n < B; n++) {
      const a = gates.subarray((t * B + n) * 3 * H, (t * B + n + 1) * 3 * H);
      const row = (t * B + n) * H;
      for (let j = 0; j < H; j++) {
        // prettier-ignore
        const f = (a[j]         = sigmoid(a[j])),          // f = σ(a_f)
              i = 1 - f,                                   // i = 1 - f
              g = (a[H + j]     = tanh(a[H + j])),         // c̃ = tanh(a_c)
              o = (a[2 * H + j] = sigmoid(a[2 * H + j])); // o = σ(a_o)
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
 *   dc += dh ⊙ o ⊙ (1 - tanh²c)            do = dh ⊙ tanh(c)
 *   df = dc ⊙ (c₋ - c̃)    dc̃ = dc ⊙ i     dc₋ = dc ⊙ f
 *   da_f = df ⊙ f ⊙ (1 - f)    da_c = dc̃ ⊙ (1 - c̃²)    da_o = do ⊙ o ⊙ (1 - o)
 *   d[h₋, x] = Wᵀ da       dW = Σ_t da_t [h_{t-1}, x_t]ᵀ       db = Σ_t da_t
 */
function backward(
  arena: Arena,
  run: Run<LstmCoupledNames>,
  upstream: Upstream<LstmCoupledNames>,
): BackwardResult<LstmCoupledNames> {
  const { dims, x, initial } = run;
  const { T, B, D, H } = dims;
  const { h, c } = run.outputs;
  const { gates, tanhC } = run.tape as { gates: Float64Array; tanhC: Float64Array };
  acceptUpstream(lstmCoupled, dims, upstream);
  const gradients = createGradients(arena, lstmCoupled, run);
  const states = { h: arena.alloc('gradients', T * B * H), c: arena.alloc('gradients', T * B * H) };
  const { W } = stacked(run.parameters.slab, dims);
  const { W: dW, b: db } = stacked(gradients.slab, dims);

  addTo(states.h, upstream.h);
  addTo(states.c, upstream.c);
  addTo(at(states.h, T - 1, B * H), upstream.hT);
  addTo(at(states.c, T - 1, B * H), upstream.cT);
  arena.scope(() => {
    const da = arena.alloc('workspace', T * B * 3 * H);
    for (let t = T - 1; t >= 0; t--) {
      const cPrev = t === 0 ? initial.c0 : at(c, t - 1, B * H);
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      const dcPrev = t === 0 ? gradients.c0 : at(states.c, t - 1, B * H);
      for (let n = 0; n < B; n++) {
        const gate = (t * B + n) * 3 * H;
        const row = (t * B + n) * H;
        for (let j = 0; j < H; j++) {
          // prettier-ignore
          const f = gates[gate + j],         g = gates[gate + H + j],
                o = gates[gate + 2 * H + j], tc = tanhC[row + j],
                dh = states.h[row + j],      old = cPrev[n * H + j];
          const dc = (states.c[row + j] += dh * o * (1 - tc * tc)); // dc += dh ⊙ o ⊙ (1 - tanh²c)
          // prettier-ignore
          {
            da[gate + j]         = dc * (old - g) * f * (1 - f);   // da_f = dc ⊙ (c₋ - c̃) ⊙ f ⊙ (1 - f)
            da[gate + H + j]     = dc * (1 - f) * (1 - g * g);     // da_c = dc ⊙ i ⊙ (1 - c̃²)
            da[gate + 2 * H + j] = dh * tc * o * (1 - o);          // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
          }
          dcPrev[n * H + j] += dc * f; // dc₋ = dc ⊙ f
        }
      }
      kernels.addAB(dhPrev, H, at(da, t, B * 3 * H), 3 * H, W, H + D, B, H, 3 * H); // dh₋ = Whᵀ da
    }
    kernels.addAB(gradients.x, D, da, 3 * H, W.subarray(H), H + D, T * B, D, 3 * H); // dx = Wxᵀ da
    kernels.addAtB(dW, H + D, da.subarray(B * 3 * H), 3 * H, h, H, 3 * H, H, (T - 1) * B); // dWh = Σ_t da_t h_{t-1}ᵀ
    kernels.addAtB(dW, H + D, da, 3 * H, initial.h0, H, 3 * H, H, B); // … and its last term, t = 1
    kernels.addAtB(dW.subarray(H), H + D, da, 3 * H, x, D, 3 * H, D, T * B); // dWx = Σ_t da_t x_tᵀ
    if (db) kernels.addRows(db, da, 3 * H, T * B); // db = Σ_t da_t
  });
  return { gradients, states };
}

export const lstmCoupled: Cell<LstmCoupledNames> = {
  kind: 'lstm-coupled',
  parameters: {
    Wf: ['H', 'H+D'],
    Wc: ['H', 'H+D'],
    Wo: ['H', 'H+D'],
    bf: ['H'],
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
