/** Claims about vanishing gradients: the bound of the Elman network, the highway of the LSTM, its product of gates. */
import { passOf } from '../flow/pass.js';
import { spectralNorm } from '../flow/spectral-norm.js';
import { said } from './claim.js';
import type { Claim, Ground } from './claim.js';

/** ‖dh_T/dh_1‖ of an Elman network whose W_hh has this norm, beside ‖W_hh‖^(T-1). */
function elman({ engine }: Ground, T: number, H: number, norm: number, seed: number) {
  const arena = new engine.Arena();
  const pass = passOf(engine, arena, 'rnn', { T, B: 1, D: H, H }, seed, ({ Whh }) => {
    const scale = norm / spectralNorm(Whh!, H);
    for (let j = 0; j < H * H; j++) Whh![j]! *= scale;
  });
  const jacobian = spectralNorm(engine.stateJacobian(arena, pass.cell, pass.run).h!.h!, H);
  return { jacobian, bound: norm ** (T - 1) };
}

export const gradientBound: Claim = {
  id: 'gradient-bound',
  says: 'The gradient norm of an RNN is bounded by ‖W_hh‖^(T-1), so it vanishes or explodes.',
  documented: 'holds within limits',
  measure: (ground) => {
    const [T, H, runs] = [30, 8, 5];
    const at = (norm: number) =>
      Array.from({ length: runs }, (_, k) => elman(ground, T, H, norm, ground.seed + k));
    const [below, above] = [at(0.7), at(1.4)];
    const share = Math.max(...[...below, ...above].map(({ jacobian, bound }) => jacobian / bound));
    const largest = (of: typeof above): number => Math.max(...of.map(({ jacobian }) => jacobian));
    const allowed = above[0]!.bound;
    return {
      measured: [
        { what: `largest ‖dh_T/dh_1‖ / ‖W_hh‖^(T-1), T = ${T}, H = ${H}, ${2 * runs} runs`, value: share }, // prettier-ignore
        { what: 'largest ‖dh_T/dh_1‖ at ‖W_hh‖ = 0.7', value: largest(below) },
        { what: 'the bound at ‖W_hh‖ = 1.4', value: allowed },
        { what: 'largest ‖dh_T/dh_1‖ at ‖W_hh‖ = 1.4', value: largest(above) },
      ],
      holds: share <= 1 + 1e-12,
      limited: largest(above) < 1, // allowed to explode, and it vanished
      say: `It is an upper bound and no more: below 1 it proves vanishing; above 1 it proves nothing. With ‖W_hh‖ = 1.4 it allows ${said(allowed)} over ${T} steps, and at most ${said(largest(above))} came.`,
    };
  },
};

/** ‖dc_T/dc_1‖ of an LSTM by its forget bias, with its weights multiplied by `scale`. */
function lstmHighway({ engine, seed }: Ground, T: number, H: number, bias: number, scale = 1) {
  const arena = new engine.Arena();
  return arena.scope(() => {
    const pass = passOf(engine, arena, 'lstm', { T, B: 1, D: H, H }, seed, ({ slab, bf }) => {
      for (let j = 0; j < slab.length; j++) slab[j]! *= scale;
      bf!.fill(bias);
    });
    const { direct, total } = engine.cellJacobians(arena, pass.cell, pass.run);
    const gates = pass.run.tape.gates!; // (T,B,4H), f first
    const product = Array.from({ length: H }, (_, j) => {
      let f = 1;
      for (let t = 1; t < T; t++) f *= gates[t * 4 * H + j]!; // ∏ f_t over t = 2 … T
      return f;
    });
    return {
      direct: spectralNorm(direct, H),
      total: spectralNorm(total, H),
      product: Math.max(...product),
      beside: spectralNorm(total.map((value, j) => value - direct[j]!), H), // prettier-ignore
    };
  });
}

export const lstmSurvives: Claim = {
  id: 'lstm-survives',
  says: 'LSTM gradients survive hundreds of steps.',
  documented: 'holds within limits',
  measure: (ground) => {
    const [T, H] = [300, 8];
    const bias = ground.engine.forgetBiasFor(T);
    const [open, half] = [lstmHighway(ground, T, H, bias), lstmHighway(ground, T, H, 0)];
    const halves = ground.engine.sigmoid(0) ** 100;
    return {
      measured: [
        { what: `‖dc_T/dc_1‖, T = ${T}, H = ${H}, forget bias ${said(bias)}`, value: open.total },
        { what: '∏ f_t of it, largest unit', value: open.product },
        { what: '‖dc_T/dc_1‖ at forget bias 0', value: half.total },
        { what: '∏ f_t of it, largest unit', value: half.product },
        { what: 'σ(0)^100', value: halves },
      ],
      holds: open.total > 0.01,
      limited: half.total < 1e-10,
      say: `They survive while the forget gates stay near 1: ${said(open.total)} is left of dc_T/dc_1 after ${T} steps with σ(b_f) = 1 - 1/${T}. With b_f = 0 ${said(half.total)} is left: gates of a half leave ${said(halves)} after 100 steps already.`,
    };
  },
};

export const forgetProduct: Claim = {
  id: 'forget-product',
  says: 'dc_T/dc_1 ≈ ∏ diag(f_t).',
  documented: 'holds within limits',
  measure: (ground) => {
    const [T, H, small] = [20, 8, 0.01];
    const [weak, full] = [lstmHighway(ground, T, H, 1, small), lstmHighway(ground, T, H, 1)];
    const off = ({ beside, direct }: typeof weak): number => beside / direct;
    const disagreement = Math.max(
      ...[weak, full].map(({ direct, product }) => Math.abs(direct / product - 1)),
    );
    return {
      measured: [
        { what: `‖dc_T/dc_1 - ∏ diag(f_t)‖ / ‖∏ diag(f_t)‖, T = ${T}, H = ${H}, weights × ${small}`, value: off(weak) }, // prettier-ignore
        { what: 'the same with the weights as initialised', value: off(full) },
        { what: 'the direct Jacobian beside ∏ f_t of the tape, relative difference', value: disagreement }, // prettier-ignore
      ],
      holds: disagreement < 1e-12 && off(weak) < 0.1,
      limited: off(full) > 0.1,
      say: `That product is the direct path, all gates held fixed. The rest goes through h_{t-1} into the gates: ${said(100 * off(weak))} % of the product with small weights, ${said(off(full))} times the product with weights as initialised.`,
    };
  },
};
