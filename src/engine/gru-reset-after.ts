/**
 * The GRU in the convention of cuDNN and PyTorch («reset after», Keras' `reset_after=True`): the reset
 * gate acts *after* the product, so the candidate has one bias inside (bhh) and one outside (bh) of r,
 * and z weighs the *old* state. (The source's GRU does both the other way: see gru.ts.)
 *
 *   z = σ(Wz [h₋, x] + bz)              r = σ(Wr [h₋, x] + br)
 *   h̃ = tanh(Wxh x + bh + r ⊙ a_hh)     a_hh = Whh h₋ + bhh
 *   h = (1 - z) ⊙ h̃ + z ⊙ h₋
 *
 * PyTorch's weight_ih, weight_hh, bias_ih and bias_hh hold the blocks r, z, n: Wr = [W_hr, W_ir],
 * Wz = [W_hz, W_iz], Whh = W_hn, Wxh = W_in, br = b_ir + b_hr, bz = b_iz + b_hz, bh = b_in, bhh = b_hn.
 * The step's equations stand line by line in kernels/gru-reset-after.ts, what x and the biases give and get in walk.ts.
 * The slab is Wz, Wr (2H, H+D), Whh (H,H), Wxh (H,D), then the biases bz, br, bh, bhh.
 */
import { acceptForward, startBackward } from './cell.js';
import { previousOf, walkBackward, walkForward } from './walk.js';
import { at, pieceOf } from './kernels/rows.js';
import { fillUniform } from './rng.js';
import { gruResetAfterLoop } from './kernels/gru-reset-after.js';
import { kernels } from './kernels/current.js';
import { packedSize } from './kernels/kernels.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Arrays, Dims } from './alphabet.js';

/** The names of the GRU that resets after the product. Wz, Wr (H, H+D), Whh (H, H), Wxh (H, D), all b (H). */
export interface GruResetAfterNames {
  /** Wz, Wr (H, H+D), Whh (H,H), Wxh (H,D) and bz, br, bh, bhh (H). */
  parameter: 'Wz' | 'Wr' | 'Whh' | 'Wxh' | 'bz' | 'br' | 'bh' | 'bhh';
  /** The state before the first step: (B,H). */
  initial: 'h0';
  /** States h (T,B,H). */
  output: 'h';
  /** The state after the last step: (B,H). */
  final: 'hT';
}

/** The gates' W (2H, H+D), all weights on x, and the biases b (3H: z, r, h) and bhh (H). */
function partsOf(slab: Float64Array, { H, D }: Dims) {
  const [gates, weights] = [2 * H * (H + D), 3 * H * (H + D)];
  const biased = slab.length > weights;
  return {
    W: slab.subarray(0, gates),
    Wx: slab.subarray(H, gates),
    Whh: slab.subarray(gates, gates + H * H),
    Wxh: slab.subarray(gates + H * H, weights),
    b: biased ? slab.subarray(weights, weights + 3 * H) : undefined,
    bhh: biased ? slab.subarray(weights + 3 * H) : undefined,
  };
}

function forward(
  arena: Arena,
  dims: Dims,
  parameters: Parameters<GruResetAfterNames>,
  given: Given<GruResetAfterNames>,
): Run<GruResetAfterNames> {
  const { T, B, D, H } = dims;
  const initial = acceptForward(arena, gruResetAfter, dims, parameters, given);
  const { W, Wx, Whh, Wxh, b, bhh } = partsOf(parameters.slab, dims);
  const gates = arena.alloc('tape', T * B * 3 * H, 'anything'); // (T,B,3H): z, r, h̃ after their nonlinearities
  const ahh = arena.alloc('tape', T * B * H, 'anything'); // Whh h₋ + bhh, what r multiplies
  const h = arena.alloc('tape', T * B * H, 'anything');

  arena.scope(() => {
    const bias = bhh ?? arena.alloc('workspace', H);
    const packedZr = arena.alloc('workspace', packedSize(2 * H, H), 'anything');
    const packedH = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packABt(packedZr, W, H + D, 2 * H, H);
    kernels.packABt(packedH, Whh, H, H, H);
    const onX = [
      { Wx, ld: H + D, first: 0, n: 2 * H },
      { Wx: Wxh, ld: D, first: 2 * H, n: H },
    ];
    const loop = gruResetAfterLoop(kernels.addPacked);
    walkForward(arena, dims, given.x, gates, b, onX, (piece) => {
      // prettier-ignore
      loop.forward( // a = b + Wx x + Wh h₋, and the equations, step by step
        piece.of(gates), piece.of(ahh), piece.of(h), piece.before(h, initial.h0), packedZr, packedH, bias, piece.steps, B, H,
      );
    });
  });
  return {
    dims,
    parameters,
    x: given.x,
    initial,
    outputs: { h },
    finals: { hT: at(h, T - 1, B * H) },
    tape: { gates, ahh },
  };
}

/**
 *   da_z = dh ⊙ (h₋ - h̃) ⊙ z ⊙ (1 - z)    da_h = dh ⊙ (1 - z) ⊙ (1 - h̃²)
 *   da_r = da_h ⊙ a_hh ⊙ r ⊙ (1 - r)      da_hh = da_h ⊙ r
 *   dh₋ = dh ⊙ z + Wzᵀ da_z + Wrᵀ da_r (their h columns) + Whhᵀ da_hh
 *   dx = Wzᵀ da_z + Wrᵀ da_r (their x columns) + Wxhᵀ da_h
 *   dWhh = Σ_t da_hh,t h_{t-1}ᵀ    dWxh = Σ_t da_h,t x_tᵀ    dbhh = Σ_t da_hh,t    db = Σ_t da_t
 */
function backward(
  arena: Arena,
  run: Run<GruResetAfterNames>,
  upstream: Upstream<GruResetAfterNames>,
): BackwardResult<GruResetAfterNames> {
  const { dims, x, initial } = run;
  const { T, B, D, H } = dims;
  const { h } = run.outputs;
  const { gates, ahh } = run.tape as Arrays<'gates' | 'ahh'>;
  const { gradients, states, fresh } = startBackward<GruResetAfterNames, 'h'>(
    arena,
    gruResetAfter,
    run,
    upstream,
  );
  const { W, Wx, Whh, Wxh } = partsOf(run.parameters.slab, dims);
  const d = partsOf(gradients.slab, dims);

  arena.scope(() => {
    const room = arena.alloc('workspace', Math.min(pieceOf(B * 3 * H), T) * B * H, 'anything'); // da_hh of a piece
    const packedZr = arena.alloc('workspace', packedSize(H, 2 * H), 'anything');
    const packedH = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packAB(packedZr, W, H + D, H, 2 * H);
    kernels.packAB(packedH, Whh, H, H, H);
    const onX = [
      { Wx, dWx: d.Wx, ld: H + D, first: 0, n: 2 * H },
      { Wx: Wxh, dWx: d.Wxh, ld: D, first: 2 * H, n: H },
    ];
    const loop = gruResetAfterLoop(kernels.addPacked);
    walkBackward(arena, dims, 3 * H, { x, dx: gradients.x, fresh }, onX, d.b, (da, piece) => {
      const dahh = at(room, 0, B * H, piece.steps);
      // prettier-ignore
      loop.backward(
        da, dahh, piece.of(states.h), piece.before(states.h, gradients.h0),
        piece.of(gates), piece.of(ahh), piece.of(h), piece.before(h, initial.h0), packedZr, packedH, piece.steps, B, H,
      );
      const hPrev = previousOf(arena, h, initial.h0, piece);
      const rows = piece.steps * B;
      kernels.addAtB(d.W, H + D, da, 3 * H, hPrev, H, 2 * H, H, rows, piece.start); // dWz, dWr: Σ_t da_t h_{t-1}ᵀ
      kernels.addAtB(d.Whh, H, dahh, H, hPrev, H, H, H, rows, piece.start); // dWhh = Σ_t da_hh,t h_{t-1}ᵀ
      if (d.bhh) kernels.addRows(d.bhh, dahh, H, rows); // dbhh = Σ_t da_hh,t
    });
  });
  return { gradients, states };
}

/**
 * The GRU as PyTorch and cuDNN compute it: r acts after the product, on a bias too, and z weighs the old state (in
 * gru both are the other way):
 *
 *   z = σ(Wz [h₋, x] + bz)      r = σ(Wr [h₋, x] + br)
 *   h̃ = tanh(Wxh x + bh + r ⊙ (Whh h₋ + bhh))      h = (1 - z) ⊙ h̃ + z ⊙ h₋
 *
 * Weights of PyTorch, whose blocks are r, z, n: Wr = [W_hr, W_ir], Wz = [W_hz, W_iz], Whh = W_hn, Wxh = W_in,
 * br = b_ir + b_hr, bz = b_iz + b_hz, bh = b_in, bhh = b_hn. It starts uniform in ±1/√H.
 */
export const gruResetAfter: Cell<GruResetAfterNames> = {
  kind: 'gru-reset-after',
  parameters: {
    Wz: ['H', 'H+D'],
    Wr: ['H', 'H+D'],
    Whh: ['H', 'H'],
    Wxh: ['H', 'D'],
    bz: ['H'],
    br: ['H'],
    bh: ['H'],
    bhh: ['H'],
  },
  initial: { h0: ['B', 'H'] },
  outputs: { h: ['T', 'B', 'H'] },
  finals: { hT: ['B', 'H'] },

  /** uniform(±1/√H). */
  initialize(parameters, { H }, random) {
    fillUniform(parameters.slab, random, -1 / Math.sqrt(H), 1 / Math.sqrt(H));
  },
  forward,
  backward,
};
