/** The backward step of the LSTM with coupled gates, with places to go wrong. */
import { backwardOverTime, outer, timeMistakes, transposed } from './sequence.js';
import type { MistakeTable } from './sequence.js';

export const lstmCoupledMistakes = {
  ...timeMistakes,
  'no-cell-carry': 'dc₋ = dc ⊙ f is not carried back: the gradient highway is closed.',
  'coupling-forgotten': 'df = dc ⊙ c₋: f also decides what is written, so -dc ⊙ c̃ is missing.',
  'coupling-sign': 'df = dc ⊙ (c₋ + c̃): i falls as f rises, so the sign of c̃ is wrong.',
  'candidate-weighed-by-forget': 'dc̃ = dc ⊙ f, where i = 1 - f belongs.',
  'missing-tanh-derivative': 'dc += dh ⊙ o: the factor 1 - tanh²(c) is missing.',
  'hidden-path-lost': 'Only the cell carries gradient back; the path through h₋ is lost.',
} as const satisfies MistakeTable;

export const lstmCoupledBackward = backwardOverTime(
  'lstm-coupled',
  ({ mistake, p, x, previous, now, d }) => {
    const [f, i, g, o, tanhC] = [now.f!, now.i!, now.cTilde!, now.o!, now.tanhC!];
    const cPrev = previous.c!;
    const hx = [...previous.h!, ...x];
    const dh = d.h!;
    const H = dh.length;
    const is = (id: keyof typeof lstmCoupledMistakes): boolean => mistake === id;

    const dc = d.c!.map(
      (v, j) => v + dh[j]! * o[j]! * (is('missing-tanh-derivative') ? 1 : 1 - tanhC[j]! ** 2),
    );
    const written = is('coupling-forgotten') ? 0 : is('coupling-sign') ? -1 : 1;
    const da = {
      f: dc.map((v, j) => v * (cPrev[j]! - written * g[j]!) * f[j]! * (1 - f[j]!)),
      c: dc.map((v, j) => v * (is('candidate-weighed-by-forget') ? f : i)[j]! * (1 - g[j]! ** 2)),
      o: dh.map((v, j) => v * tanhC[j]! * o[j]! * (1 - o[j]!)),
    };
    const dhx = (['f', 'c', 'o'] as const)
      .map((gate) => transposed(p.W[`W${gate}`]!, da[gate]))
      .reduce((sum, term) => sum.map((v, j) => v + term[j]!));
    return {
      parameters: {
        ...{ Wf: outer(da.f, hx), Wc: outer(da.c, hx), Wo: outer(da.o, hx) },
        ...{ bf: da.f, bc: da.c, bo: da.o },
      },
      x: dhx.slice(H),
      hPrev: is('hidden-path-lost') ? dh.map(() => 0) : dhx.slice(0, H),
      cPrev: dc.map((v, j) => (is('no-cell-carry') ? 0 : v * f[j]!)),
    };
  },
);
