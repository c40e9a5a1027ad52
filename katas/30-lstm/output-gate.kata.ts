import {
  close,
  concat,
  filledLike,
  kata,
  keptByEngine,
  map,
  matrix,
  plus,
  product,
  sigmoid,
  times,
  vector,
  zeros,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

interface Given {
  x: Vector;
  hPrev: Vector;
  c: Vector;
  Wo: Matrix;
  bo: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What the gate looks at. */
  sees: ({ hPrev, x }: Given): Vector => concat(hPrev, x),
  gate: sigmoid,
  shown: (o: Vector, c: Vector): Vector => times(o, map(c, Math.tanh)),
};

/** The gate and the hidden state as a learner would write them. */
function show(given: Given, change: Partial<typeof right> = {}): { o: Vector; h: Vector } {
  const { sees, gate, shown } = { ...right, ...change };
  const o = map(plus(product(given.Wo, sees(given)), given.bo), gate);
  return { o, h: shown(o, given.c) };
}

const opened = (given: Given, bias: number): Given => ({
  ...given,
  Wo: filledLike(given.Wo, 0),
  bo: map(given.bo, () => bias),
});

export default kata('output-gate', {
  topic: '30-lstm',
  title: 'The output gate and the hidden state',
  level: 1,
  minutes: 6,
  equations: ['lstm.output-gate', 'lstm.hidden'],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    c: vector('H'),
    Wo: matrix('H', 'H+D'),
    bo: vector('H'),
  },
  outputs: { o: vector('H'), h: vector('H') },

  /** The engine's cell is the given one: forget nothing of c0 = c, write nothing. */
  reference: ({ x, hPrev, c, Wo, bo }) => {
    const parameters = { Wo, bo, bf: map(bo, () => Infinity), bi: map(bo, () => -Infinity) };
    const { os, hs } = keptByEngine('lstm', { xs: [x], h0: hPrev, c0: c, parameters });
    return { o: os[0]!, h: hs[0]! };
  },

  laws: [
    {
      name: 'an open gate shows all of tanh(c)',
      change: (given) => opened(given, 60),
      holds: (given, got) => close(got.h, map(given.c, Math.tanh)),
    },
    {
      name: 'a shut gate shows nothing, and the cell stays as it is',
      change: (given) => opened(given, -60),
      holds: (_, got) => got.h.every((h) => Math.abs(h) < 1e-20),
    },
    {
      name: 'h never exceeds its gate, however large the cell',
      change: (given) => ({ ...given, c: map(given.c, (c) => 1000 * c) }),
      holds: (_, { o, h }) => h.every((v, j) => Math.abs(v) <= o[j]!),
    },
  ],

  attempt: show,

  mistakes: [
    {
      id: 'hidden-without-tanh',
      says: 'Your h is o ⊙ c. The cell is unbounded, so it passes through tanh first: h = o ⊙ tanh(c).',
      change: { shown: times },
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'tanh-outside',
      says: 'Your h is tanh(o ⊙ c). The gate weighs what tanh gives: o ⊙ tanh(c).',
      change: { shown: (o, c) => map(times(o, c), Math.tanh) },
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'cell-through-sigmoid',
      says: 'Your h is o ⊙ σ(c), which is never negative. The cell passes through tanh.',
      change: { shown: (o, c) => times(o, map(c, sigmoid)) },
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'gate-unused',
      says: 'Your h is tanh(c): the output gate is computed and never used.',
      change: { shown: (_, c) => map(c, Math.tanh) },
    },
    {
      id: 'hidden-from-complement',
      says: 'You show 1 - o of the cell. o is what is shown: o = 1 shows everything.',
      change: {
        shown: (o, c) =>
          right.shown(
            map(o, (v) => 1 - v),
            c,
          ),
      },
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'tanh-gate',
      says: 'Your output gate goes through tanh. A gate is a share between 0 and 1: it needs σ.',
      change: { gate: Math.tanh },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'gate-sees-cell',
      says: 'Your gate reads [c, x]. Without peepholes a gate never sees the cell: it reads [h₋, x].',
      change: { sees: ({ c, x }) => concat(c, x) },
    },
    {
      id: 'input-before-hidden',
      says: 'You concatenate [x, h₋]. Here the columns of W_o meet h₋ first: [h₋, x].',
      change: { sees: ({ hPrev, x }) => concat(x, hPrev) },
    },
    {
      id: 'bias-forgotten',
      says: 'Your bias b_o is not added.',
      reads: (given) => ({ ...given, bo: zeros(given.bo.length) }),
    },
  ],

  hints: [
    'The cell may hold something for later that nobody should see now. The gate decides, per unit, how much of it shows; what shows is squashed first.',
    'o = σ(W_o [h₋, x] + b_o) and h = o ⊙ tanh(c), with the c of this step.',
    'Per unit j, with hx = concat(hPrev, x): o[j] = sigmoid(dot(Wo[j], hx) + bo[j]); h[j] = o[j] * Math.tanh(c[j]).',
  ],
  followUps: [
    'c is unbounded and h is not. Which line sees to that, and what would go wrong without it?',
    'The GRU has no output gate. What does it show in its place?',
    'o is 0 for a hundred steps. What reaches the loss from those steps, and what stays in the cell?',
  ],
});
