/** The Elman network's backward step, with places to go wrong. */
import { backwardOverTime, outer, timeMistakes, transposed } from './sequence.js';
import type { MistakeTable } from './sequence.js';

export const rnnMistakes = {
  ...timeMistakes,
  'missing-tanh-derivative': 'da = dh: the factor 1 - h² of tanh is missing.',
  'tanh-derivative-at-previous': 'The factor of tanh is taken at h₋ instead of h.',
  'no-hidden-carry': 'Nothing is carried back from step to step.',
  'recurrent-not-transposed': 'dh₋ = W_hh da, where the transpose belongs.',
  'weight-uses-new-hidden': 'dW_hh pairs da with h instead of h₋.',
  'output-gradient-lost': 'The gradient from y never reaches h.',
} as const satisfies MistakeTable;

export const rnnBackward = backwardOverTime('rnn', ({ mistake, p, x, previous, now, d }) => {
  const [h, hPrev] = [now.h!, previous.h!];
  const fromY = mistake === 'output-gradient-lost' ? [] : transposed(p.W.Why!, d.y!);
  const dh = d.h!.map((v, j) => v + (fromY[j] ?? 0));
  const at = mistake === 'tanh-derivative-at-previous' ? hPrev : h;
  const da = dh.map((v, j) => (mistake === 'missing-tanh-derivative' ? v : v * (1 - at[j]! ** 2)));
  const Whh = p.W.Whh!;
  const dhPrev =
    mistake === 'recurrent-not-transposed'
      ? Whh.map((row) => row.reduce((sum, w, k) => sum + w * da[k]!, 0))
      : transposed(Whh, da);
  return {
    parameters: {
      Wxh: outer(da, x),
      Whh: outer(da, mistake === 'weight-uses-new-hidden' ? h : hPrev),
      bh: da,
      Why: outer(d.y!, h),
      by: d.y!,
    },
    x: transposed(p.W.Wxh!, da),
    hPrev: mistake === 'no-hidden-carry' ? dhPrev.map(() => 0) : dhPrev,
  };
});
