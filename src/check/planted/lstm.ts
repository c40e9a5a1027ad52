/** The LSTM's backward step, with places to go wrong. */
import { backwardOverTime, outer, timeMistakes, transposed } from './sequence.js';
import type { MistakeTable } from './sequence.js';

export const lstmMistakes = {
  ...timeMistakes,
  'no-cell-carry': 'dc₋ = dc ⊙ f is not carried back: the gradient highway is closed.',
  'cell-carry-without-forget': 'dc is carried back without the factor f.',
  'missing-tanh-derivative': 'dc += dh ⊙ o: the factor 1 - tanh²(c) is missing.',
  'forget-gate-uses-new-cell': 'df = dc ⊙ c, where c₋ belongs.',
  'candidate-derivative': 'The candidate uses 1 - c̃ where tanh needs 1 - c̃².',
  'output-gate-without-tanh': 'do = dh ⊙ c, where tanh(c) belongs.',
  'gate-derivative-missing': 'da_i = di: the factor i ⊙ (1 - i) of σ is missing.',
  'hidden-path-lost': 'Only the cell carries gradient back; the path through h₋ is lost.',
} as const satisfies MistakeTable;

export const lstmBackward = backwardOverTime('lstm', ({ mistake, p, x, previous, now, d }) => {
  const [f, i, g, o, c, tanhC] = [now.f!, now.i!, now.cTilde!, now.o!, now.c!, now.tanhC!];
  const cPrev = previous.c!;
  const hx = [...previous.h!, ...x];
  const dh = d.h!;
  const is = (id: keyof typeof lstmMistakes): boolean => mistake === id;

  const dc = d.c!.map(
    (v, j) => v + dh[j]! * o[j]! * (is('missing-tanh-derivative') ? 1 : 1 - tanhC[j]! ** 2),
  );
  const da = {
    f: dc.map(
      (v, j) => v * (is('forget-gate-uses-new-cell') ? c : cPrev)[j]! * f[j]! * (1 - f[j]!),
    ),
    i: dc.map((v, j) => v * g[j]! * (is('gate-derivative-missing') ? 1 : i[j]! * (1 - i[j]!))),
    c: dc.map((v, j) => v * i[j]! * (is('candidate-derivative') ? 1 - g[j]! : 1 - g[j]! ** 2)),
    o: dh.map((v, j) => v * (is('output-gate-without-tanh') ? c : tanhC)[j]! * o[j]! * (1 - o[j]!)),
  };
  const gates = ['f', 'i', 'c', 'o'] as const;
  const dhx = gates
    .map((gate) => transposed(p.W[`W${gate}`]!, da[gate]))
    .reduce((sum, term) => sum.map((v, j) => v + term[j]!));
  const H = dh.length;
  return {
    parameters: Object.fromEntries(
      gates.flatMap((gate) => [
        [`W${gate}`, outer(da[gate], hx)],
        [`b${gate}`, da[gate]],
      ]),
    ),
    x: dhx.slice(H),
    hPrev: is('hidden-path-lost') ? dh.map(() => 0) : dhx.slice(0, H),
    cPrev: dc.map((v, j) =>
      is('no-cell-carry') ? 0 : is('cell-carry-without-forget') ? v : v * f[j]!,
    ),
  };
});
