/**
 * The Elman network (Elman 1990) with outputs; the same parameters at every step:
 *
 *   h_t = tanh(Whh h_{t-1} + Wxh x_t + bh)
 *   y_t = Why h_t + by
 *
 * With O = 0 (the default) there are no outputs, and Why and by are empty. The step's
 * equations stand line by line in kernels/rnn.ts, what x and the biases give and get in walk.ts.
 */
import { acceptForward, startBackward } from './cell.js';
import { previousOf, walkBackward, walkForward } from './walk.js';
import { at } from './kernels/rows.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { packedSize } from './kernels/kernels.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Dims } from './alphabet.js';

/** The names of the Elman network. Wxh (H,D), Whh (H,H), bh (H), Why (O,H), by (O). */
export interface RnnNames {
  /** Wxh (H,D), Whh (H,H), bh (H); Why (O,H) and by (O), which are empty without outputs. */
  parameter: 'Wxh' | 'Whh' | 'bh' | 'Why' | 'by';
  /** The state before the first step: (B,H). */
  initial: 'h0';
  /** States h (T,B,H) and outputs y (T,B,O). */
  output: 'h' | 'y';
  /** The state after the last step: (B,H). */
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
  const { Wxh, Whh, Why } = parameters;
  const { bh, by } = parameters as Partial<typeof parameters>;
  const h = arena.alloc('tape', T * B * H, 'anything');
  const y = arena.alloc('tape', T * B * O, 'anything');

  arena.scope(() => {
    const packed = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packABt(packed, Whh, H, H, H);
    const onX = [{ Wx: Wxh, ld: D, first: 0, n: H }];
    walkForward(arena, dims, given.x, h, bh, onX, ({ of, before, steps }) => {
      kernels.rnn.forward(of(h), before(h, initial.h0), packed, steps, B, H); // h = tanh(a + Whh h₋)
    });
  });
  arena.scope(() => {
    const bias = by ?? arena.alloc('workspace', O);
    kernels.addABt(y, O, h, H, Why, H, T * B, O, H, bias); // y = Why h + by
  });
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
  const { T, B, H, O = 0 } = dims;
  const { h } = run.outputs;
  const { gradients, states, fresh } = startBackward<RnnNames, 'h'>(arena, rnn, run, upstream);
  const { Wxh: dWxh, Whh: dWhh, Why: dWhy, x: dx, h0: dh0 } = gradients;
  const { bh: dbh, by: dby } = gradients as Partial<typeof gradients>;

  if (upstream.y) {
    kernels.addAB(states.h, H, upstream.y, O, parameters.Why, H, T * B, H, O); // dh += Whyᵀ dy
    kernels.addAtB(dWhy, H, upstream.y, O, h, H, O, H, T * B); // dWhy = Σ_t dy_t h_tᵀ
    if (dby) kernels.addRows(dby, upstream.y, O, T * B); // dby = Σ_t dy_t
  }
  arena.scope(() => {
    const packed = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packAB(packed, parameters.Whh, H, H, H);
    const onX = [{ Wx: parameters.Wxh, dWx: dWxh, ld: dims.D, first: 0, n: H }];
    walkBackward(arena, dims, H, { x, dx, fresh }, onX, dbh, (da, piece) => {
      const { of, before, steps, start } = piece;
      kernels.rnn.backward(da, of(states.h), before(states.h, dh0), of(h), packed, steps, B, H); // da = dh ⊙ (1 - h²), dh₋ = Whhᵀ da
      const hPrev = previousOf(arena, h, initial.h0, piece);
      kernels.addAtB(dWhh, H, da, H, hPrev, H, H, H, steps * B, start); // dWhh = Σ_t da_t h_{t-1}ᵀ
    });
  });
  return { gradients, states };
}

/**
 * The Elman network (Elman 1990). Without O in the sizes there is no y:
 *
 *   h = tanh(Whh h₋ + Wxh x + bh)      y = Why h + by
 *
 * It starts uniform in ±1/√H.
 *
 * @example
 * ```ts
 * import { Arena, createParameters, rng, rnn } from 'bptt';
 *
 * const arena = new Arena();
 * const dims = { T: 5, B: 2, D: 3, H: 4, O: 1 };
 * const parameters = createParameters(arena, rnn, dims, { random: rng(7) });
 * const run = rnn.forward(arena, dims, parameters, { x: new Float64Array(5 * 2 * 3) });
 * run.outputs.y.length; // → 5 * 2 * 1
 * const upstream = { y: new Float64Array(5 * 2 * 1).fill(1) }; // the loss is the sum of all y
 * const { gradients } = rnn.backward(arena, run, upstream);
 * gradients.by; // → [5 * 2]
 * gradients.Whh.length; // → 4 * 4
 * ```
 */
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
