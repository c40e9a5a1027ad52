/** The backward step of the GRU that resets after the product, with places to go wrong. */
import { backwardOverTime, outer, timeMistakes, transposed } from './sequence.js';
import type { MistakeTable } from './sequence.js';

export const gruResetAfterMistakes = {
  ...timeMistakes,
  'no-hidden-carry': 'Nothing is carried back from step to step.',
  'direct-path-lost': 'dh₋ lacks the direct term dh ⊙ z.',
  'update-gate-complement': 'The direct term is dh ⊙ (1 - z): here z weighs the old state.',
  'update-gate-other-convention': 'dz = dh ⊙ (h̃ - h₋): the sign of the other convention.',
  'candidate-derivative': 'The candidate uses 1 - h̃ where tanh needs 1 - h̃².',
  'reset-before-product': 'dr = (W_hhᵀ da_h) ⊙ h₋, as if the reset came before the product.',
  'inner-bias-outside': 'db_hh = da_h: the inner bias stands inside r, so the factor r is missing.',
  'reset-factor-lost': 'dW_hh and dh₋ use da_h where da_h ⊙ r belongs.',
} as const satisfies MistakeTable;

export const gruResetAfterBackward = backwardOverTime(
  'gru-reset-after',
  ({ mistake, p, x, previous, now, d }) => {
    const [z, r, ahh, g] = [now.z!, now.r!, now.ahh!, now.hTilde!];
    const hPrev = previous.h!;
    const dh = d.h!;
    const H = dh.length;
    const is = (id: keyof typeof gruResetAfterMistakes): boolean => mistake === id;

    const sign = is('update-gate-other-convention') ? -1 : 1;
    const daZ = dh.map((v, j) => sign * v * (hPrev[j]! - g[j]!) * z[j]! * (1 - z[j]!));
    const daH = dh.map(
      (v, j) => v * (1 - z[j]!) * (is('candidate-derivative') ? 1 - g[j]! : 1 - g[j]! ** 2),
    );
    const before = transposed(p.W.Whh!, daH);
    const daR = r.map(
      (v, j) =>
        (is('reset-before-product') ? before[j]! * hPrev[j]! : daH[j]! * ahh[j]!) * v * (1 - v),
    );
    const inner = daH.map((v, j) => v * r[j]!);
    const dahh = is('reset-factor-lost') ? daH : inner;
    const fromHidden = transposed(p.W.Whh!, dahh);
    const fromInput = transposed(p.W.Wxh!, daH);
    const dhxZ = transposed(p.W.Wz!, daZ);
    const dhxR = transposed(p.W.Wr!, daR);
    const direct = dh.map((v, j) =>
      is('direct-path-lost') ? 0 : v * (is('update-gate-complement') ? 1 - z[j]! : z[j]!),
    );
    const carried = direct.map((v, j) => v + fromHidden[j]! + dhxZ[j]! + dhxR[j]!);
    const hx = [...hPrev, ...x];
    return {
      parameters: {
        ...{ Wz: outer(daZ, hx), Wr: outer(daR, hx), Whh: outer(dahh, hPrev), Wxh: outer(daH, x) },
        ...{ bz: daZ, br: daR, bh: daH, bhh: is('inner-bias-outside') ? daH : inner },
      },
      x: x.map((_, k) => fromInput[k]! + dhxZ[H + k]! + dhxR[H + k]!),
      hPrev: is('no-hidden-carry') ? carried.map(() => 0) : carried,
    };
  },
);
