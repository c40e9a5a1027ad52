import { close, kata, map, plus, sigmoid, throughEngine, times, vector, zeros } from 'bptt/define';
import type { Vector } from 'bptt/define';

interface Given {
  f: Vector;
  i: Vector;
  cTilde: Vector;
  cPrev: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What stays of the old cell. */
  kept: ({ f, cPrev }: Given): Vector => times(f, cPrev),
  /** What is added of the candidate. */
  written: ({ i, cTilde }: Given): Vector => times(i, cTilde),
  join: plus,
};

/** The update as a learner would write it. */
function update(given: Given, change: Partial<typeof right> = {}): { c: Vector } {
  const { kept, written, join } = { ...right, ...change };
  return { c: join(kept(given), written(given)) };
}

const complement = (v: Vector): Vector => map(v, (u) => 1 - u);
const filled = (v: Vector, value: number): Vector => map(v, () => value);

/** The pre-activation that gives a gate this value: 0 and 1 come from ∓∞. */
const logit = (share: number): number => Math.log(share / (1 - share));

export default kata('cell-update', {
  topic: '30-lstm',
  title: 'The cell update',
  level: 1,
  minutes: 3,
  equations: ['lstm.cell'],
  inputs: { f: vector('H'), i: vector('H'), cTilde: vector('H'), cPrev: vector('H') },
  outputs: { c: vector('H') },

  /** Gates in (0, 1) and a candidate in (-1, 1), as an LSTM makes them. */
  prepare: ({ f, i, cTilde, cPrev }) => ({
    f: map(f, (v) => sigmoid(2 * v)),
    i: map(i, (v) => sigmoid(2 * v)),
    cTilde: map(cTilde, Math.tanh),
    cPrev,
  }),
  /** The engine computes its gates itself, so it gets biases that lead to the given ones. */
  reference: ({ f, i, cTilde, cPrev }) => {
    const parameters = { bf: map(f, logit), bi: map(i, logit), bc: map(cTilde, Math.atanh) };
    const h0 = zeros(cPrev.length);
    const { c } = throughEngine('lstm', { xs: [zeros(1)], h0, c0: cPrev, parameters });
    return { c: c![0]! };
  },

  laws: [
    {
      name: 'f = 1 and i = 0 copy the cell',
      change: (given) => ({ ...given, f: filled(given.f, 1), i: filled(given.i, 0) }),
      holds: (given, got) => close(got.c, given.cPrev),
    },
    {
      name: 'f = 0 and i = 1 replace the cell by the candidate',
      change: (given) => ({ ...given, f: filled(given.f, 0), i: filled(given.i, 1) }),
      holds: (given, got) => close(got.c, given.cTilde),
    },
    {
      name: 'a cell can count: f = i = c̃ = 1 adds 1, however large it already is',
      change: (given) => ({
        f: filled(given.f, 1),
        i: filled(given.i, 1),
        cTilde: filled(given.cTilde, 1),
        cPrev: map(given.cPrev, (c) => 10 * c),
      }),
      holds: (given, got) =>
        close(
          got.c,
          map(given.cPrev, (c) => c + 1),
        ),
    },
  ],

  attempt: update,

  mistakes: [
    {
      id: 'cell-not-carried',
      says: 'Your c is i ⊙ c̃ alone: the term f ⊙ c₋ is missing, so nothing is remembered.',
      change: { kept: ({ cPrev }) => filled(cPrev, 0) },
      card: 'lstm.cell.carry',
    },
    {
      id: 'nothing-written',
      says: 'Your c is f ⊙ c₋ alone: the term i ⊙ c̃ is missing, so nothing new gets in.',
      change: { written: ({ i }) => filled(i, 0) },
      card: 'lstm.cell.carry',
    },
    {
      id: 'no-forgetting',
      says: 'Your c is c₋ + i ⊙ c̃, as in 1997: the forget gate is not used, so the cell can only grow.',
      change: { kept: ({ cPrev }) => cPrev },
      card: 'lstm.cell.carry',
    },
    {
      id: 'candidate-ungated',
      says: 'You add the whole candidate: the input gate i is not used.',
      change: { written: ({ cTilde }) => cTilde },
      card: 'lstm.cell.carry',
    },
    {
      id: 'forget-complement',
      says: 'You keep 1 - f of the old cell. f is what is kept: f = 1 remembers everything.',
      reads: (given) => ({ ...given, f: complement(given.f) }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'gates-swapped',
      says: 'You have the gates swapped: i weighs the old cell, and f weighs the candidate.',
      reads: (given) => ({ ...given, f: given.i, i: given.f }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'coupled-gates',
      says: 'You weigh the candidate with 1 - f, as a GRU would. The plain LSTM has an input gate of its own: i.',
      reads: (given) => ({ ...given, i: complement(given.f) }),
      card: 'lstm.gates.coupled',
    },
    {
      id: 'cell-squashed',
      says: 'You pass the new cell through tanh. That happens on the way out, to h; the cell itself is never squashed.',
      returns: (got) => ({ c: map(got.c, Math.tanh) }),
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'candidate-squashed-twice',
      says: 'You take tanh of c̃ once more. The candidate arrives squashed.',
      change: { written: ({ i, cTilde }) => times(i, map(cTilde, Math.tanh)) },
    },
    {
      id: 'multiplied',
      says: 'You multiply what is kept by what is written. They are added, and that sum is the whole point of the cell.',
      change: { join: times },
      card: 'lstm.addition',
    },
  ],

  hints: [
    'The old state of a plain recurrent network is overwritten. The cell is edited: some of it stays, and something is added.',
    'c = f ⊙ c₋ + i ⊙ c̃, element by element.',
    'c[j] = f[j] * cPrev[j] + i[j] * cTilde[j], into a fresh vector.',
  ],
  followUps: [
    'Is c bounded? Is h?',
    'What is dc_t/dc_{t-1} along this line alone, and what is it after 100 steps at f = 0.5?',
    'Why is «the gradient survives because the cell adds» only half of the answer?',
  ],
});
