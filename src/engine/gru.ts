/**
 * The GRU (Cho et al. 2014) in the source's convention: z weighs the *new* candidate, and the reset
 * gate acts *before* the product. (PyTorch and cuDNN reset after the product and let z weigh the old state.)
 *
 *   z = σ(Wz [h₋, x] + bz)         r = σ(Wr [h₋, x] + br)
 *   h̃ = tanh(Wh [r ⊙ h₋, x] + bh)  h = (1 - z) ⊙ h₋ + z ⊙ h̃
 *
 * The three blocks stand in the order z, r, h, so W (3H, H+D) and b (3H) are the parameters' slab as it lies.
 * The step's equations stand line by line in kernels/gru.ts, what x and the biases give and get in walk.ts.
 */
import { acceptForward, startBackward } from './cell.js';
import { previousOf, walkBackward, walkForward } from './walk.js';
import { at } from './kernels/rows.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { packedSize } from './kernels/kernels.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Arrays, Dims } from './alphabet.js';

/** The names of the GRU. W are (H, H+D), b (H); see gru for what each does. */
export interface GruNames {
  /** Wz, Wr, Wh (H, H+D) and bz, br, bh (H). */
  parameter: 'Wz' | 'Wr' | 'Wh' | 'bz' | 'br' | 'bh';
  /** The state before the first step: (B,H). */
  initial: 'h0';
  /** States h (T,B,H). */
  output: 'h';
  /** The state after the last step: (B,H). */
  final: 'hT';
}

/** W (3H, H+D), its x columns as they are read, the candidate's own block Wh (H, H+D), and biases b (3H). */
function partsOf(slab: Float64Array, { H, D }: Dims) {
  const weights = 3 * H * (H + D);
  return {
    W: slab.subarray(0, weights),
    Wx: slab.subarray(H, weights),
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
  const { W, Wx, Wh, b } = partsOf(parameters.slab, dims);
  const gates = arena.alloc('tape', T * B * 3 * H, 'anything'); // (T,B,3H): z, r, h̃ after their nonlinearities
  const rh = arena.alloc('tape', T * B * H, 'anything'); // r ⊙ h₋
  const h = arena.alloc('tape', T * B * H, 'anything');

  arena.scope(() => {
    const packedZr = arena.alloc('workspace', packedSize(2 * H, H), 'anything');
    const packedH = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packABt(packedZr, W, H + D, 2 * H, H);
    kernels.packABt(packedH, Wh, H + D, H, H);
    const onX = [{ Wx, ld: H + D, first: 0, n: 3 * H }];
    walkForward(arena, dims, given.x, gates, b, onX, ({ of, before, steps }) => {
      // prettier-ignore
      kernels.gru.forward( // a = b + Wx x + Wh h₋ (z, r) or Wh (r ⊙ h₋) (h̃), and the equations, step by step
        of(gates), of(rh), of(h), before(h, initial.h0), packedZr, packedH, steps, B, H,
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
  const { B, D, H } = dims;
  const { h } = run.outputs;
  const { gates, rh } = run.tape as Arrays<'gates' | 'rh'>;
  const { gradients, states, fresh } = startBackward<GruNames, 'h'>(arena, gru, run, upstream);
  const { W, Wx, Wh } = partsOf(run.parameters.slab, dims);
  const d = partsOf(gradients.slab, dims);

  arena.scope(() => {
    const drh = arena.alloc('workspace', B * H);
    const packedZr = arena.alloc('workspace', packedSize(H, 2 * H), 'anything');
    const packedH = arena.alloc('workspace', packedSize(H, H), 'anything');
    kernels.packAB(packedZr, W, H + D, H, 2 * H);
    kernels.packAB(packedH, Wh, H + D, H, H);
    const onX = [{ Wx, dWx: d.Wx, ld: H + D, first: 0, n: 3 * H }];
    walkBackward(arena, dims, 3 * H, { x, dx: gradients.x, fresh }, onX, d.b, (da, piece) => {
      const { of, before, steps, start } = piece;
      // prettier-ignore
      kernels.gru.backward(
        da, of(states.h), before(states.h, gradients.h0), drh,
        of(gates), of(h), before(h, initial.h0), packedZr, packedH, steps, B, H,
      );
      const hPrev = previousOf(arena, h, initial.h0, piece);
      kernels.addAtB(d.W, H + D, da, 3 * H, hPrev, H, 2 * H, H, steps * B, start); // dWz, dWr: Σ_t da_t h_{t-1}ᵀ
      kernels.addAtB(d.Wh, H + D, da.subarray(2 * H), 3 * H, of(rh), H, H, H, steps * B, start); // dWh: Σ_t da_t (r⊙h_{t-1})ᵀ
    });
  });
  return { gradients, states };
}

/**
 * The GRU (Cho et al. 2014), reset before the product; z weighs the new candidate:
 *
 *   z = σ(Wz [h₋, x] + bz)      r = σ(Wr [h₋, x] + br)
 *   h̃ = tanh(Wh [r ⊙ h₋, x] + bh)      h = (1 - z) ⊙ h₋ + z ⊙ h̃
 *
 * It starts uniform in ±1/√H. PyTorch's GRU is gruResetAfter.
 *
 * @example
 * ```ts
 * import { Arena, createParameters, gru, parameterCount } from 'bptt';
 *
 * const dims = { T: 2, B: 1, D: 1, H: 1 };
 * parameterCount(gru, dims); // → 3 * (1 * (1 + 1) + 1)
 * const arena = new Arena();
 * const parameters = createParameters(arena, gru, dims); // all zero: z = ½ and h̃ = 0
 * const given = { x: Float64Array.of(1, 1), h0: Float64Array.of(8) };
 * const run = gru.forward(arena, dims, parameters, given);
 * run.outputs.h; // → [4, 2]
 * const { gradients } = gru.backward(arena, run, { hT: Float64Array.of(1) });
 * gradients.h0; // → [0.5 * 0.5]
 * ```
 */
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
