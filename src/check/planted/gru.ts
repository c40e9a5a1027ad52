/** The GRU's backward step, with places to go wrong. */
import { backwardOverTime, outer, timeMistakes, transposed } from './sequence.js';
import type { MistakeTable } from './sequence.js';

export const gruMistakes = {
  ...timeMistakes,
  'no-hidden-carry': 'Nothing is carried back from step to step.',
  'direct-path-lost': 'dh₋ lacks the direct term dh ⊙ (1 - z).',
  'update-gate-complement': 'The direct term is dh ⊙ z, where 1 - z belongs.',
  'update-gate-without-hidden': 'dz = dh ⊙ h̃: the term -h₋ is missing.',
  'candidate-derivative': 'The candidate uses 1 - h̃ where tanh needs 1 - h̃².',
  'reset-path-lost': 'dh₋ lacks the term that comes through r ⊙ h₋.',
  'candidate-weight-uses-hidden': 'dW_h pairs da_h with h₋ instead of r ⊙ h₋.',
} as const satisfies MistakeTable;

export const gruBackward = backwardOverTime('gru', ({ mistake, p, x, previous, now, d }) => {
  const [z, r, rh, g] = [now.z!, now.r!, now.rh!, now.hTilde!];
  const hPrev = previous.h!;
  const dh = d.h!;
  const H = dh.length;
  const is = (id: keyof typeof gruMistakes): boolean => mistake === id;

  const daZ = dh.map(
    (v, j) =>
      v * (g[j]! - (is('update-gate-without-hidden') ? 0 : hPrev[j]!)) * z[j]! * (1 - z[j]!),
  );
  const daH = dh.map(
    (v, j) => v * z[j]! * (is('candidate-derivative') ? 1 - g[j]! : 1 - g[j]! ** 2),
  );
  const drhx = transposed(p.W.Wh!, daH);
  const daR = r.map((v, j) => drhx[j]! * hPrev[j]! * v * (1 - v));
  const dhxZ = transposed(p.W.Wz!, daZ);
  const dhxR = transposed(p.W.Wr!, daR);
  const direct = dh.map((v, j) =>
    is('direct-path-lost') ? 0 : v * (is('update-gate-complement') ? z[j]! : 1 - z[j]!),
  );
  const carried = direct.map(
    (v, j) => v + (is('reset-path-lost') ? 0 : drhx[j]! * r[j]!) + dhxZ[j]! + dhxR[j]!,
  );
  const hx = [...hPrev, ...x];
  return {
    parameters: {
      Wz: outer(daZ, hx),
      Wr: outer(daR, hx),
      Wh: outer(daH, is('candidate-weight-uses-hidden') ? hx : [...rh, ...x]),
      bz: daZ,
      br: daR,
      bh: daH,
    },
    x: x.map((_, k) => drhx[H + k]! + dhxZ[H + k]! + dhxR[H + k]!),
    hPrev: is('no-hidden-carry') ? carried.map(() => 0) : carried,
  };
});
