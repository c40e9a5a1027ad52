/**
 * The Elman network (Elman 1990) with outputs; the same parameters at every step:
 *
 *   h_t = tanh(Whh h_{t-1} + Wxh x_t + bh)
 *   y_t = Why h_t + by
 *
 * With O = 0 (the default) there are no outputs, and Why and by are empty.
 */
import { acceptForward, acceptUpstream, addTo, at, createGradients, fillRows } from './cell.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { tanh } from './elementary.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Dims } from './alphabet.js';

export interface RnnNames {
  parameter: 'Wxh' | 'Whh' | 'bh' | 'Why' | 'by';
  initial: 'h0';
  output: 'h' | 'y';
  final: 'hT';
}

function forward(
  arena: Arena,
  dims: Dims,
  parameters: Parameters<RnnNames>,
  given: Given<RnnNames>,
): Run<RnnNames> {
  const { T, B, D, H, O = 0 } = dims;
  const initial = acceptForward(arena, rnn, dims, parameters, given);
  const { Wxh, Whh, bh, Why, by } = parameters as Partial<typeof parameters> & typeof parameters;
  const h = arena.alloc('tape', T * B * H);
  const y = arena.alloc('tape', T * B * O);

  fillRows(h, bh, T * B);
  kernels.addABt(h, H, given.x, D, Wxh, D, T * B, H, D);
  for (let t = 0; t < T; t++) {
    const a = at(h, t, B * H);
    kernels.addABt(a, H, t === 0 ? initial.h0 : at(h, t - 1, B * H), H, Whh, H, B, H, H);
    for (let j = 0; j < B * H; j++) a[j] = tanh(a[j]); // h = tanh(Whh h₋ + Wxh x + bh)
  }
  fillRows(y, by, T * B);
  kernels.addABt(y, O, h, H, Why, H, T * B, O, H); // y = Why h + by
  return {
    dims,
    parameters,
    x: given.x,
    initial,
    outputs: { h, y },
    finals: { hT: at(h, T - 1, B * H) },
    tape: {},
  };
}

/**
 *   dh += Whyᵀ dy              da = dh ⊙ (1 - h²)
 *   dh₋ = Whhᵀ da              dx = Wxhᵀ da
 *   dWhh = Σ_t da_t h_{t-1}ᵀ   dWxh = Σ_t da_t x_tᵀ   dbh = Σ_t da_t
 *   dWhy = Σ_t dy_t h_tᵀ       dby = Σ_t dy_t
 */
function backward(
  arena: Arena,
  run: Run<RnnNames>,
  upstream: Upstream<RnnNames>,
): BackwardResult<RnnNames> {
  const { dims, parameters, x, initial } = run;
  const { T, B, D, H, O = 0 } = dims;
  const { h } = run.outputs;
  acceptUpstream(rnn, dims, upstream);
  const gradients = createGradients(arena, rnn, run);
  const states = { h: arena.alloc('gradients', T * B * H) };
  const { bh, by } = gradients as Partial<typeof gradients>;

  addTo(states.h, upstream.h);
  addTo(at(states.h, T - 1, B * H), upstream.hT);
  if (upstream.y) {
    kernels.addAB(states.h, H, upstream.y, O, parameters.Why, H, T * B, H, O); // dh += Whyᵀ dy
    kernels.addAtB(gradients.Why, H, upstream.y, O, h, H, O, H, T * B); // dWhy = Σ_t dy_t h_tᵀ
    if (by) kernels.addRows(by, upstream.y, O, T * B); // dby = Σ_t dy_t
  }
  arena.scope(() => {
    const da = arena.alloc('workspace', T * B * H);
    for (let t = T - 1; t >= 0; t--) {
      for (let j = t * B * H; j < (t + 1) * B * H; j++) da[j] = states.h[j] * (1 - h[j] * h[j]); // da = dh ⊙ (1 - h²)
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      kernels.addAB(dhPrev, H, at(da, t, B * H), H, parameters.Whh, H, B, H, H); // dh₋ = Whhᵀ da
    }
    kernels.addAB(gradients.x, D, da, H, parameters.Wxh, D, T * B, D, H); // dx = Wxhᵀ da
    kernels.addAtB(gradients.Whh, H, da.subarray(B * H), H, h, H, H, H, (T - 1) * B); // dWhh = Σ_t da_t h_{t-1}ᵀ
    kernels.addAtB(gradients.Whh, H, da, H, initial.h0, H, H, H, B); // … and its last term, t = 1
    kernels.addAtB(gradients.Wxh, D, da, H, x, D, H, D, T * B); // dWxh = Σ_t da_t x_tᵀ
    if (bh) kernels.addRows(bh, da, H, T * B); // dbh = Σ_t da_t
  });
  return { gradients, states };
}

export const rnn: Cell<RnnNames> = {
  kind: 'rnn',
  parameters: { Wxh: ['H', 'D'], Whh: ['H', 'H'], bh: ['H'], Why: ['O', 'H'], by: ['O'] },
  initial: { h0: ['B', 'H'] },
  outputs: { h: ['T', 'B', 'H'], y: ['T', 'B', 'O'] },
  finals: { hT: ['B', 'H'] },

  /** uniform(±1/√H). */
  initialize(parameters, { H }, random) {
    fillUniform(parameters.slab, random, -1 / Math.sqrt(H), 1 / Math.sqrt(H));
  },
  forward,
  backward,
};
