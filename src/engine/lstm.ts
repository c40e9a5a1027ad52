/**
 * The LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000), no peepholes:
 *
 *   f = σ(Wf [h₋, x] + bf)        i = σ(Wi [h₋, x] + bi)
 *   c̃ = tanh(Wc [h₋, x] + bc)     o = σ(Wo [h₋, x] + bo)
 *   c = f ⊙ c₋ + i ⊙ c̃            h = o ⊙ tanh(c)
 *
 * The four blocks stand in the order f, i, c, o, so W (4H, H+D) and b (4H) are the parameters' slab as it lies.
 * Here stands what is one product over all steps; the loop over time, with these equations line by line, is in
 * kernels/lstm.ts.
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
  const gates = arena.alloc('tape', T * B * 4 * H, 'anything'); // (T,B,4H): f, i, c̃, o after their nonlinearities
  const c = arena.alloc('tape', T * B * H, 'anything');
  const tanhC = arena.alloc('tape', T * B * H, 'anything');
  const h = arena.alloc('tape', T * B * H, 'anything');

  arena.scope(() => {
    const Wx = arena.alloc('workspace', packedSize(4 * H, D), 'anything');
    const Wh = arena.alloc('workspace', packedSize(4 * H, H), 'anything');
    kernels.packABt(Wx, W.subarray(H), H + D, 4 * H, D);
    kernels.packABt(Wh, W, H + D, 4 * H, H);
    const piece = pieceOf(B * 4 * H);
    for (let t = 0; t < T; t += piece) {
      const steps = Math.min(piece, T - t);
      const a = at(gates, t, B * 4 * H, steps);
      const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
      const cPrev = t === 0 ? initial.c0 : at(c, t - 1, B * H);
      fillRows(a, b, steps * B);
      kernels.addPacked(a, 4 * H, at(given.x, t, B * D, steps), D, Wx, steps * B, 4 * H, D); // a = b + Wx x
      // prettier-ignore
      kernels.lstm.forward( // … + Wh h₋, step by step
        a, at(c, t, B * H, steps), at(tanhC, t, B * H, steps), at(h, t, B * H, steps), hPrev, cPrev, Wh, steps, B, H,
      );
    }
  });
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
    const piece = pieceOf(B * 4 * H);
    const daPiece = arena.alloc('workspace', Math.min(piece, T) * B * 4 * H, 'anything');
    const Wx = arena.alloc('workspace', packedSize(D, 4 * H), 'anything');
    const Wh = arena.alloc('workspace', packedSize(H, 4 * H), 'anything');
    kernels.packAB(Wx, W.subarray(H), H + D, D, 4 * H);
    kernels.packAB(Wh, W, H + D, H, 4 * H);
    for (let end = T; end > 0; end -= piece) {
      const t = Math.max(0, end - piece);
      const steps = end - t;
      const da = at(daPiece, 0, B * 4 * H, steps);
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      const dcPrev = t === 0 ? gradients.c0 : at(states.c, t - 1, B * H);
      const cPrev = t === 0 ? initial.c0 : at(c, t - 1, B * H);
      // prettier-ignore
      kernels.lstm.backward(
        da, at(states.h, t, B * H, steps), at(states.c, t, B * H, steps), dhPrev, dcPrev,
        at(gates, t, B * 4 * H, steps), at(c, t, B * H, steps), at(tanhC, t, B * H, steps), cPrev, Wh, steps, B, H,
      );
      kernels.addPacked(at(gradients.x, t, B * D, steps), D, da, 4 * H, Wx, steps * B, D, 4 * H); // dx = Wxᵀ da
      addTimesPrevious(dW, H + D, da, 4 * H, 4 * H, h, initial.h0, t, steps, B, H); // dWh = Σ_t da_t h_{t-1}ᵀ
      kernels.addAtB(
        dW.subarray(H),
        H + D,
        da,
        4 * H,
        at(x, t, B * D, steps),
        D,
        4 * H,
        D,
        steps * B,
      ); // dWx = Σ_t da_t x_tᵀ
      if (db) kernels.addRows(db, da, 4 * H, steps * B); // db = Σ_t da_t
    }
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
