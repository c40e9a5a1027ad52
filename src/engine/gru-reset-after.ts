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
 * The slab is Wz, Wr (2H, H+D), Whh (H,H), Wxh (H,D), then the biases bz, br, bh, bhh.
 */
import { acceptForward, acceptUpstream, addTo, at, createGradients, fillRows } from './cell.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { sigmoid, tanh } from './elementary.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Dims } from './alphabet.js';

export interface GruResetAfterNames {
  parameter: 'Wz' | 'Wr' | 'Whh' | 'Wxh' | 'bz' | 'br' | 'bh' | 'bhh';
  initial: 'h0';
  output: 'h';
  final: 'hT';
}

/** The stacked gate weights W (2H, H+D), and the biases b (3H: z, r, h) and bhh (H) of a slab. */
function stacked(slab: Float64Array, { H, D }: Dims) {
  const weights = 3 * H * (H + D);
  const biased = slab.length > weights;
  return {
    W: slab.subarray(0, 2 * H * (H + D)),
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
  const { W, b, bhh } = stacked(parameters.slab, dims);
  const { Whh, Wxh } = parameters;
  const gates = arena.alloc('tape', T * B * 3 * H); // (T,B,3H): z, r, h̃ after their nonlinearities
  const ahh = arena.alloc('tape', T * B * H); // Whh h₋ + bhh, what r multiplies
  const h = arena.alloc('tape', T * B * H);

  // a = b + Wx x for every step at once; the recurrence adds Wh h₋ (z, r) and r ⊙ a_hh (h̃) step by step.
  fillRows(gates, b, T * B);
  fillRows(ahh, bhh, T * B);
  kernels.addABt(gates, 3 * H, given.x, D, W.subarray(H), H + D, T * B, 2 * H, D);
  kernels.addABt(gates.subarray(2 * H), 3 * H, given.x, D, Wxh, D, T * B, H, D);
  for (let t = 0; t < T; t++) {
    const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
    kernels.addABt(at(gates, t, B * 3 * H), 3 * H, hPrev, H, W, H + D, B, 2 * H, H);
    kernels.addABt(at(ahh, t, B * H), H, hPrev, H, Whh, H, B, H, H); // a_hh = Whh h₋ + bhh
    for (let n = 0; n < B; n++) {
      const a = gates.subarray((t * B + n) * 3 * H, (t * B + n + 1) * 3 * H);
      const row = (t * B + n) * H;
      for (let j = 0; j < H; j++) {
        // prettier-ignore
        const z = (a[j]         = sigmoid(a[j])),                            // z = σ(a_z)
              r = (a[H + j]     = sigmoid(a[H + j])),                        // r = σ(a_r)
              g = (a[2 * H + j] = tanh(a[2 * H + j] + r * ahh[row + j])); // h̃ = tanh(a_h + r ⊙ a_hh)
        h[row + j] = (1 - z) * g + z * hPrev[n * H + j]; // h = (1 - z) ⊙ h̃ + z ⊙ h₋
      }
    }
  }
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
  const { dims, parameters, x, initial } = run;
  const { T, B, D, H } = dims;
  const { h } = run.outputs;
  const { gates, ahh } = run.tape as { gates: Float64Array; ahh: Float64Array };
  acceptUpstream(gruResetAfter, dims, upstream);
  const gradients = createGradients(arena, gruResetAfter, run);
  const states = { h: arena.alloc('gradients', T * B * H) };
  const { W } = stacked(parameters.slab, dims);
  const { W: dW, b: db, bhh: dbhh } = stacked(gradients.slab, dims);
  const { Whh, Wxh } = parameters;

  addTo(states.h, upstream.h);
  addTo(at(states.h, T - 1, B * H), upstream.hT);
  arena.scope(() => {
    const da = arena.alloc('workspace', T * B * 3 * H);
    const dahh = arena.alloc('workspace', T * B * H);
    for (let t = T - 1; t >= 0; t--) {
      const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      for (let n = 0; n < B; n++) {
        const gate = (t * B + n) * 3 * H;
        const row = (t * B + n) * H;
        for (let j = 0; j < H; j++) {
          // prettier-ignore
          const z = gates[gate + j],         r = gates[gate + H + j],
                g = gates[gate + 2 * H + j], dh = states.h[row + j];
          const dah = dh * (1 - z) * (1 - g * g); // da_h = dh ⊙ (1 - z) ⊙ (1 - h̃²)
          // prettier-ignore
          {
            da[gate + j]         = dh * (hPrev[n * H + j] - g) * z * (1 - z); // da_z = dh ⊙ (h₋ - h̃) ⊙ z ⊙ (1 - z)
            da[gate + H + j]     = dah * ahh[row + j] * r * (1 - r);          // da_r = da_h ⊙ a_hh ⊙ r ⊙ (1 - r)
            da[gate + 2 * H + j] = dah;
            dahh[row + j]        = dah * r;                                   // da_hh = da_h ⊙ r
          }
          dhPrev[n * H + j] += dh * z;
        }
      }
      kernels.addAB(dhPrev, H, at(da, t, B * 3 * H), 3 * H, W, H + D, B, H, 2 * H); // dh₋ += Wzᵀ da_z + Wrᵀ da_r
      kernels.addAB(dhPrev, H, at(dahh, t, B * H), H, Whh, H, B, H, H); // dh₋ += Whhᵀ da_hh
    }
    const dah = da.subarray(2 * H);
    kernels.addAB(gradients.x, D, da, 3 * H, W.subarray(H), H + D, T * B, D, 2 * H); // dx = Wzᵀ da_z + Wrᵀ da_r
    kernels.addAB(gradients.x, D, dah, 3 * H, Wxh, D, T * B, D, H); // … + Wxhᵀ da_h
    kernels.addAtB(dW, H + D, da.subarray(B * 3 * H), 3 * H, h, H, 2 * H, H, (T - 1) * B); // dWz, dWr: Σ_t da_t h_{t-1}ᵀ
    kernels.addAtB(dW, H + D, da, 3 * H, initial.h0, H, 2 * H, H, B); // … and their last term, t = 1
    kernels.addAtB(dW.subarray(H), H + D, da, 3 * H, x, D, 2 * H, D, T * B); // their x columns: Σ_t da_t x_tᵀ
    kernels.addAtB(gradients.Whh, H, dahh.subarray(B * H), H, h, H, H, H, (T - 1) * B); // dWhh = Σ_t da_hh,t h_{t-1}ᵀ
    kernels.addAtB(gradients.Whh, H, dahh, H, initial.h0, H, H, H, B); // … and its last term, t = 1
    kernels.addAtB(gradients.Wxh, D, dah, 3 * H, x, D, H, D, T * B); // dWxh = Σ_t da_h,t x_tᵀ
    if (db) kernels.addRows(db, da, 3 * H, T * B); // db = Σ_t da_t
    if (dbhh) kernels.addRows(dbhh, dahh, H, T * B); // dbhh = Σ_t da_hh,t
  });
  return { gradients, states };
}

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
