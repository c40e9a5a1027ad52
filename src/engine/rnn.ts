/**
 * The Elman network (Elman 1990) with outputs; the same parameters at every step:
 *
 *   h_t = tanh(Whh h_{t-1} + Wxh x_t + bh)
 *   y_t = Why h_t + by
 *
 * With O = 0 (the default) there are no outputs, and Why and by are empty. Here stands what is one product
 * over all steps; the loop over time is in kernels/rnn.ts.
 */
import {
  acceptForward,
  acceptUpstream,
  addTimesPrevious,
  addTo,
  createGradients,
  fillRows,
} from './cell.js';
import { at, pieceOf } from './kernels/rows.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { packedSize } from './kernels/kernels.js';
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
  const h = arena.alloc('tape', T * B * H, 'anything');
  const y = arena.alloc('tape', T * B * O, 'anything');

  arena.scope(() => {
    const packedX = arena.alloc('workspace', packedSize(H, D), 'anything');
    const packedH = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packABt(packedX, Wxh, D, H, D);
    kernels.packABt(packedH, Whh, H, H, H);
    const piece = pieceOf(B * H);
    for (let t = 0; t < T; t += piece) {
      const steps = Math.min(piece, T - t);
      const a = at(h, t, B * H, steps);
      fillRows(a, bh, steps * B);
      kernels.addPacked(a, H, at(given.x, t, B * D, steps), D, packedX, steps * B, H, D); // a = bh + Wxh x
      kernels.rnn.forward(a, t === 0 ? initial.h0 : at(h, t - 1, B * H), packedH, steps, B, H); // h = tanh(a + Whh h₋)
    }
  });
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
    const piece = pieceOf(B * H);
    const daPiece = arena.alloc('workspace', Math.min(piece, T) * B * H, 'anything');
    const packedX = arena.alloc('workspace', packedSize(D, H), 'anything');
    const packedH = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packAB(packedX, parameters.Wxh, D, D, H);
    kernels.packAB(packedH, parameters.Whh, H, H, H);
    for (let end = T; end > 0; end -= piece) {
      const t = Math.max(0, end - piece);
      const steps = end - t;
      const da = at(daPiece, 0, B * H, steps);
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      const [dh, hHere] = [at(states.h, t, B * H, steps), at(h, t, B * H, steps)];
      kernels.rnn.backward(da, dh, dhPrev, hHere, packedH, steps, B, H); // da = dh ⊙ (1 - h²), dh₋ = Whhᵀ da
      kernels.addPacked(at(gradients.x, t, B * D, steps), D, da, H, packedX, steps * B, D, H); // dx = Wxhᵀ da
      addTimesPrevious(gradients.Whh, H, da, H, H, h, initial.h0, t, steps, B, H); // dWhh = Σ_t da_t h_{t-1}ᵀ
      kernels.addAtB(gradients.Wxh, D, da, H, at(x, t, B * D, steps), D, H, D, steps * B); // dWxh = Σ_t da_t x_tᵀ
      if (bh) kernels.addRows(bh, da, H, steps * B); // dbh = Σ_t da_t
    }
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
