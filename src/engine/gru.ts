/**
 * The GRU (Cho et al. 2014) in the source's convention: z weighs the *new* candidate, and the reset
 * gate acts *before* the product. (PyTorch and cuDNN reset after the product and let z weigh the old state.)
 *
 *   z = σ(Wz [h₋, x] + bz)         r = σ(Wr [h₋, x] + br)
 *   h̃ = tanh(Wh [r ⊙ h₋, x] + bh)  h = (1 - z) ⊙ h₋ + z ⊙ h̃
 *
 * The three blocks stand in the order z, r, h, so W (3H, H+D) and b (3H) are the parameters' slab as it lies.
 * Here stands what is one product over all steps; the loop over time, with these equations line by line, is in
 * kernels/gru.ts.
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
  const gates = arena.alloc('tape', T * B * 3 * H, 'anything'); // (T,B,3H): z, r, h̃ after their nonlinearities
  const rh = arena.alloc('tape', T * B * H, 'anything'); // r ⊙ h₋
  const h = arena.alloc('tape', T * B * H, 'anything');

  arena.scope(() => {
    const packedX = arena.alloc('workspace', packedSize(3 * H, D), 'anything');
    const packedZr = arena.alloc('workspace', packedSize(2 * H, H), 'anything');
    const packedH = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packABt(packedX, W.subarray(H), H + D, 3 * H, D);
    kernels.packABt(packedZr, W, H + D, 2 * H, H);
    kernels.packABt(packedH, Wh, H + D, H, H);
    const piece = pieceOf(B * 3 * H);
    for (let t = 0; t < T; t += piece) {
      const steps = Math.min(piece, T - t);
      const a = at(gates, t, B * 3 * H, steps);
      const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
      fillRows(a, b, steps * B);
      kernels.addPacked(a, 3 * H, at(given.x, t, B * D, steps), D, packedX, steps * B, 3 * H, D); // a = b + Wx x
      // prettier-ignore
      kernels.gru.forward( // … + Wh h₋ (z, r) and Wh (r ⊙ h₋) (h̃), step by step
        a, at(rh, t, B * H, steps), at(h, t, B * H, steps), hPrev, packedZr, packedH, steps, B, H,
      );
    }
  });
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
    const piece = pieceOf(B * 3 * H);
    const daPiece = arena.alloc('workspace', Math.min(piece, T) * B * 3 * H, 'anything');
    const drh = arena.alloc('workspace', B * H);
    const packedX = arena.alloc('workspace', packedSize(D, 3 * H), 'anything');
    const packedZr = arena.alloc('workspace', packedSize(H, 2 * H), 'anything');
    const packedH = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packAB(packedX, W.subarray(H), H + D, D, 3 * H);
    kernels.packAB(packedZr, W, H + D, H, 2 * H);
    kernels.packAB(packedH, Wh, H + D, H, H);
    for (let end = T; end > 0; end -= piece) {
      const t = Math.max(0, end - piece);
      const steps = end - t;
      const da = at(daPiece, 0, B * 3 * H, steps);
      const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      // prettier-ignore
      kernels.gru.backward(
        da, at(states.h, t, B * H, steps), dhPrev, drh,
        at(gates, t, B * 3 * H, steps), at(h, t, B * H, steps), hPrev, packedZr, packedH, steps, B, H,
      );
      kernels.addPacked(
        at(gradients.x, t, B * D, steps),
        D,
        da,
        3 * H,
        packedX,
        steps * B,
        D,
        3 * H,
      ); // dx = Wxᵀ da
      addTimesPrevious(dW, H + D, da, 3 * H, 2 * H, h, initial.h0, t, steps, B, H); // dWz, dWr: Σ_t da_t h_{t-1}ᵀ
      kernels.addAtB(
        dWh,
        H + D,
        da.subarray(2 * H),
        3 * H,
        at(rh, t, B * H, steps),
        H,
        H,
        H,
        steps * B,
      ); // dWh: Σ_t da_t (r⊙h_{t-1})ᵀ
      kernels.addAtB(
        dW.subarray(H),
        H + D,
        da,
        3 * H,
        at(x, t, B * D, steps),
        D,
        3 * H,
        D,
        steps * B,
      ); // their x columns: Σ_t da_t x_tᵀ
      if (db) kernels.addRows(db, da, 3 * H, steps * B); // db = Σ_t da_t
    }
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
