/** The backward step of the LSTM with peepholes, with places to go wrong; both variants. */
import { backwardOverTime, outer, timeMistakes, transposed } from './sequence.js';
import type { CellKind } from '../../engine/index.js';
import type { MistakeTable } from './sequence.js';

const forgetMistakes = {
  ...timeMistakes,
  'no-cell-carry': 'dc₋ lacks dc ⊙ f: the gradient highway is closed.',
  'forget-peephole-lost': 'dc₋ lacks pf ⊙ da_f: the way back through the peephole of f.',
  'forget-peephole-gradient-new-cell': 'dpf pairs da_f with c, where c₋ belongs.',
  'missing-tanh-derivative': 'dc += dh ⊙ o: the factor 1 - tanh²(c) is missing.',
  'hidden-path-lost': 'Only the cell carries gradient back; the path through h₋ is lost.',
} as const satisfies MistakeTable;

export const lstmPeepholeForgetMistakes: MistakeTable = forgetMistakes;

const allMistakes = {
  ...forgetMistakes,
  'input-peephole-lost': 'dc₋ lacks pi ⊙ da_i: the way back through the peephole of i.',
  'output-peephole-lost': 'dc lacks po ⊙ da_o: the way back through the peephole of o.',
  'output-peephole-old-cell':
    'The peephole of o is taken to see c₋: po ⊙ da_o goes to c₋, not to c.',
  'output-peephole-gradient-old-cell': 'dpo pairs da_o with c₋, where the new c belongs.',
} as const satisfies MistakeTable;

export const lstmPeepholeMistakes: MistakeTable = allMistakes;

const peephole = (kind: CellKind) =>
  backwardOverTime(kind, ({ mistake, p, x, previous, now, d }) => {
    const [f, i, g, o, c, tanhC] = [now.f!, now.i!, now.cTilde!, now.o!, now.c!, now.tanhC!];
    const cPrev = previous.c!;
    const hx = [...previous.h!, ...x];
    const dh = d.h!;
    const H = dh.length;
    const is = (id: keyof typeof allMistakes): boolean => mistake === id;
    const none = dh.map(() => 0);
    const { pf = none, pi = none, po = none } = p.p;

    const dao = dh.map((v, j) => v * tanhC[j]! * o[j]! * (1 - o[j]!));
    const past = is('output-peephole-lost') || is('output-peephole-old-cell');
    const dc = d.c!.map(
      (v, j) =>
        v +
        dh[j]! * o[j]! * (is('missing-tanh-derivative') ? 1 : 1 - tanhC[j]! ** 2) +
        (past ? 0 : po[j]! * dao[j]!),
    );
    const daf = dc.map((v, j) => v * cPrev[j]! * f[j]! * (1 - f[j]!));
    const dai = dc.map((v, j) => v * g[j]! * i[j]! * (1 - i[j]!));
    const dac = dc.map((v, j) => v * i[j]! * (1 - g[j]! ** 2));
    const dhx = (
      [
        ['Wf', daf],
        ['Wi', dai],
        ['Wc', dac],
        ['Wo', dao],
      ] as const
    )
      .map(([name, da]) => transposed(p.W[name]!, da))
      .reduce((sum, term) => sum.map((v, j) => v + term[j]!));
    const peeped = (da: readonly number[], seen: readonly number[]) =>
      da.map((v, j) => v * seen[j]!);
    return {
      parameters: {
        ...{ Wf: outer(daf, hx), Wi: outer(dai, hx), Wc: outer(dac, hx), Wo: outer(dao, hx) },
        ...{ bf: daf, bi: dai, bc: dac, bo: dao },
        pf: peeped(daf, is('forget-peephole-gradient-new-cell') ? c : cPrev),
        ...(p.p.pi ? { pi: peeped(dai, cPrev) } : {}),
        ...(p.p.po ? { po: peeped(dao, is('output-peephole-gradient-old-cell') ? cPrev : c) } : {}),
      },
      x: dhx.slice(H),
      hPrev: is('hidden-path-lost') ? none : dhx.slice(0, H),
      cPrev: dc.map(
        (v, j) =>
          (is('no-cell-carry') ? 0 : v * f[j]!) +
          (is('forget-peephole-lost') ? 0 : pf[j]! * daf[j]!) +
          (is('input-peephole-lost') ? 0 : pi[j]! * dai[j]!) +
          (is('output-peephole-old-cell') ? po[j]! * dao[j]! : 0),
      ),
    };
  });

export const lstmPeepholeBackward = peephole('lstm-peephole');
export const lstmPeepholeForgetBackward = peephole('lstm-peephole-forget');
