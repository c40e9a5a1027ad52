/**
 * The GRU (Cho et al. 2014) in the source's convention: z weighs the *new* candidate, and the reset
 * gate acts *before* the product. (PyTorch and cuDNN reset after the product and let z weigh the old state.)
 *
 *   z = σ(Wz [h₋, x] + bz)         r = σ(Wr [h₋, x] + br)
 *   h̃ = tanh(Wh [r ⊙ h₋, x] + bh)  h = (1 - z) ⊙ h₋ + z ⊙ h̃
 *
 * The three blocks stand in the order z, r, h, so W (3H, H+D) and b (3H) are the parameters' slab as it lies.
 */
import { acceptForward, acceptUpstream, addTo, at, createGradients, fillRows } from './cell.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { sigmoid, tanh } from './elementary.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Dims } from './alphabet.js';

export interface GruNames {
  parameter: 'Wz' | 'Wr' | 'Wh' | 'bz' | 'br' | 'bh';
  initial: 'h0';
  output: 'h';
  final: 'hT';
}

/** The stacked weights W (3H, H+D), the candidate's own block Wh (H, H+D), and biases b (3H). */
function stacked(slab: Float64Array, { H, D }: Dims) {
  const weights = 3 * H * (H + D);
  return {
    W: slab.subarray(0, weights),
    Wh: slab.subarray(2 * H * (H + D), weights),
    b: slab.length > weights ? slab.subarray(weights) : undefined,
  };
}

function forward(
  arena: Arena,
  dims: Dims,
  parameters: Parameters<GruNames>,
  given: Given<GruNames>,
): Run<GruNames> {
  const { T, B, D, H } = dims;
  const initial = acceptForward(arena, gru, dims, parameters, given);
  const { W, Wh, b } = stacked(parameters.slab, dims);
  const gates = arena.alloc('tape', T * B * 3 * H); // (T,B,3H): z, r, h̃ after their nonlinearities
  const rh = arena.alloc('tape', T * B * H); // r ⊙ h₋
  const h = arena.alloc('tape', T * B * H);

  // a = b + Wx x for every step at once; the recurrence adds Wh h₋ (z, r) and Wh (r ⊙ h₋) (h̃) step by step.
  fillRows(gates, b, T * B);
  kernels.addABt(gates, 3 * H, given.x, D, W.subarray(H), H + D, T * B, 3 * H, D);
  for (let t = 0; t < T; t++) {
    const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
    const a = at(gates, t, B * 3 * H);
    kernels.addABt(a, 3 * H, hPrev, H, W, H + D, B, 2 * H, H);
    for (let n = 0; n < B; n++) {
      for (let j = 0; j < 2 * H; j++) a[n * 3 * H + j] = sigmoid(a[n * 3 * H + j]); // z = σ(a_z)   r = σ(a_r)
      for (let j = 0; j < H; j++) rh[(t * B + n) * H + j] = a[n * 3 * H + H + j] * hPrev[n * H + j]; // r ⊙ h₋
    }
    kernels.addABt(a.subarray(2 * H), 3 * H, at(rh, t, B * H), H, Wh, H + D, B, H, H);
    for (let n = 0; n < B; n++) {
      for (let j = 0; j < H; j++) {
        const z = a[n * 3 * H + j];
        const g = (a[n * 3 * H + 2 * H + j] = tanh(a[n * 3 * H + 2 * H + j])); // h̃ = tanh(a_h)
        h[(t * B + n) * H + j] = (1 - z) * hPrev[n * H + j] + z * g; // h = (1 - z) ⊙ h₋ + z ⊙ h̃
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
    tape: { gates, rh },
  };
}

/**
 *   dz = dh ⊙ (h̃ - h₋)    dh̃ = dh ⊙ z    da_h = dh̃ ⊙ (1 - h̃²)    d(r⊙h₋) = Whᵀ da_h (its h columns)
 *   dr = d(r⊙h₋) ⊙ h₋     da_z = dz ⊙ z ⊙ (1 - z)    da_r = dr ⊙ r ⊙ (1 - r)
 *   dh₋ = dh ⊙ (1 - z) + d(r⊙h₋) ⊙ r + Wzᵀ da_z + Wrᵀ da_r (their h columns)
 *   dx = Wᵀ da (its x columns)    dW = Σ_t da_t [h_{t-1} or r⊙h_{t-1}, x_t]ᵀ    db = Σ_t da_t
 */
function backward(
  arena: Arena,
  run: Run<GruNames>,
  upstream: Upstream<GruNames>,
): BackwardResult<GruNames> {
  const { dims, x, initial } = run;
  const { T, B, D, H } = dims;
  const { h } = run.outputs;
  const { gates, rh } = run.tape as { gates: Float64Array; rh: Float64Array };
  acceptUpstream(gru, dims, upstream);
  const gradients = createGradients(arena, gru, run);
  const states = { h: arena.alloc('gradients', T * B * H) };
  const { W, Wh } = stacked(run.parameters.slab, dims);
  const { W: dW, Wh: dWh, b: db } = stacked(gradients.slab, dims);

  addTo(states.h, upstream.h);
  addTo(at(states.h, T - 1, B * H), upstream.hT);
  arena.scope(() => {
    const da = arena.alloc('workspace', T * B * 3 * H);
    const drh = arena.alloc('workspace', B * H);
    for (let t = T - 1; t >= 0; t--) {
      const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      const daStep = at(da, t, B * 3 * H);
      for (let n = 0; n < B; n++) {
        const gate = (t * B + n) * 3 * H;
        for (let j = 0; j < H; j++) {
          const z = gates[gate + j];
          const g = gates[gate + 2 * H + j];
          const dh = states.h[(t * B + n) * H + j];
          daStep[n * 3 * H + j] = dh * (g - hPrev[n * H + j]) * z * (1 - z); // da_z = dh ⊙ (h̃ - h₋) ⊙ z ⊙ (1 - z)
          daStep[n * 3 * H + 2 * H + j] = dh * z * (1 - g * g); // da_h = dh ⊙ z ⊙ (1 - h̃²)
          dhPrev[n * H + j] += dh * (1 - z);
        }
      }
      drh.fill(0);
      kernels.addAB(drh, H, daStep.subarray(2 * H), 3 * H, Wh, H + D, B, H, H); // d(r⊙h₋) = Whᵀ da_h
      for (let n = 0; n < B; n++) {
        for (let j = 0; j < H; j++) {
          const r = gates[(t * B + n) * 3 * H + H + j];
          daStep[n * 3 * H + H + j] = drh[n * H + j] * hPrev[n * H + j] * r * (1 - r); // da_r = d(r⊙h₋) ⊙ h₋ ⊙ r ⊙ (1 - r)
          dhPrev[n * H + j] += drh[n * H + j] * r;
        }
      }
      kernels.addAB(dhPrev, H, daStep, 3 * H, W, H + D, B, H, 2 * H); // dh₋ += Wzᵀ da_z + Wrᵀ da_r
    }
    kernels.addAB(gradients.x, D, da, 3 * H, W.subarray(H), H + D, T * B, D, 3 * H); // dx = Wxᵀ da
    kernels.addAtB(dW, H + D, da.subarray(B * 3 * H), 3 * H, h, H, 2 * H, H, (T - 1) * B); // dWz, dWr: Σ_t da_t h_{t-1}ᵀ
    kernels.addAtB(dW, H + D, da, 3 * H, initial.h0, H, 2 * H, H, B); // … and their last term, t = 1
    kernels.addAtB(dWh, H + D, da.subarray(2 * H), 3 * H, rh, H, H, H, T * B); // dWh: Σ_t da_t (r⊙h_{t-1})ᵀ
    kernels.addAtB(dW.subarray(H), H + D, da, 3 * H, x, D, 3 * H, D, T * B); // their x columns: Σ_t da_t x_tᵀ
    if (db) kernels.addRows(db, da, 3 * H, T * B); // db = Σ_t da_t
  });
  return { gradients, states };
}

export const gru: Cell<GruNames> = {
  kind: 'gru',
  parameters: {
    Wz: ['H', 'H+D'],
    Wr: ['H', 'H+D'],
    Wh: ['H', 'H+D'],
    bz: ['H'],
    br: ['H'],
    bh: ['H'],
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
