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
  vector,
  zeros,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

interface Given {
  x: Vector;
  hPrev: Vector;
  Wf: Matrix;
  bf: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What the gate looks at. */
  sees: ({ hPrev, x }: Given): Vector => concat(hPrev, x),
  biased: (a: Vector, bf: Vector): Vector => plus(a, bf),
  squash: (a: Vector): Vector => map(a, sigmoid),
};

/** The gate as a learner would write it. */
function gate(given: Given, change: Partial<typeof right> = {}): { f: Vector } {
  const { sees, biased, squash } = { ...right, ...change };
  return { f: squash(biased(product(given.Wf, sees(given)), given.bf)) };
}

const softmax = (a: Vector): Vector => {
  const total = a.reduce((sum, v) => sum + Math.exp(v), 0);
  return map(a, (v) => Math.exp(v) / total);
};

/** The piecewise linear stand-in for σ that older Keras used by default. */
const hardSigmoid = (a: number): number => Math.min(1, Math.max(0, 0.2 * a + 0.5));

export default kata('forget-gate', {
  topic: '30-lstm',
  title: 'The forget gate',
  level: 1,
  minutes: 5,
  equations: ['lstm.forget-gate'],
  inputs: { x: vector('D'), hPrev: vector('H'), Wf: matrix('H', 'H+D'), bf: vector('H') },
  outputs: { f: vector('H') },

  reference: ({ x, hPrev, Wf, bf }) => {
    const { fs } = keptByEngine('lstm', { xs: [x], h0: hPrev, parameters: { Wf, bf } });
    return { f: fs[0]! };
  },

  laws: [
    {
      name: 'with all weights zero and a bias of +60 the whole cell is kept: f = 1',
      change: (given) => ({
        ...given,
        Wf: filledLike(given.Wf, 0),
        bf: map(given.bf, () => 60),
      }),
      holds: (_, got) => got.f.every((f) => Math.abs(f - 1) < 1e-15),
    },
    {
      name: 'with nothing to look at, the gate is half open: f = 1/2',
      change: (given) => ({
        ...given,
        x: zeros(given.x.length),
        hPrev: zeros(given.hPrev.length),
        bf: zeros(given.bf.length),
      }),
      holds: (_, got) => got.f.every((f) => f === 0.5),
    },
    {
      name: 'every entry lies between 0 and 1 however large the input',
      change: (given) => ({ ...given, x: map(given.x, (v) => 1000 * v) }),
      holds: (_, got) => got.f.every((f) => f >= 0 && f <= 1),
    },
    {
      name: 'with all weights zero, f = σ(bias), each unit for itself',
      change: (given) => ({ ...given, Wf: filledLike(given.Wf, 0) }),
      holds: (given, got) => close(got.f, map(given.bf, sigmoid)),
    },
  ],

  attempt: gate,

  mistakes: [
    {
      id: 'tanh-gate',
      says: 'Your gate goes through tanh. A gate is a share between 0 and 1: it needs σ.',
      change: { squash: (a) => map(a, Math.tanh) },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'not-squashed',
      says: 'You return the pre-activation: σ is missing, so your gate can amplify the cell or flip its sign.',
      change: { squash: (a) => a },
    },
    {
      id: 'input-before-hidden',
      says: 'You concatenate [x, h₋]. Here the columns of W_f meet h₋ first: [h₋, x].',
      change: { sees: ({ hPrev, x }) => concat(x, hPrev) },
    },
    {
      id: 'bias-forgotten',
      says: 'Your bias is not added. It is the one bias that an LSTM is started with on purpose, at 1.',
      change: { biased: (a) => a },
      card: 'lstm.forget-bias',
    },
    {
      id: 'bias-outside',
      says: 'You add the bias after σ. It belongs inside: σ(W_f [h₋, x] + b_f).',
      change: { biased: (a) => a },
      returns: (got, given) => ({ f: plus(got.f, given.bf) }),
    },
    {
      id: 'erased-not-kept',
      says: 'You return 1 - f, the share that is erased. f is the share that is kept: f = 1 remembers everything.',
      returns: (got) => ({ f: map(got.f, (f) => 1 - f) }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'state-ignored',
      says: 'Your gate does not look at the state: the columns of W_f that meet h₋ are not used.',
      change: { sees: ({ hPrev, x }) => concat(zeros(hPrev.length), x) },
    },
    {
      id: 'softmax-gate',
      says: 'Your units share one softmax, so that one forgets when another keeps. Each unit decides alone: σ.',
      change: { squash: softmax },
    },
    {
      id: 'hard-sigmoid',
      says: 'Your σ is the hard sigmoid, 0.2 a + 1/2 cut off at 0 and 1, as in older Keras. Here it is 1 / (1 + e^-a).',
      change: { squash: (a) => map(a, hardSigmoid) },
    },
  ],

  hints: [
    'For each unit of the cell the gate answers one question: what share of the old content stays? It looks at what was said last and at what comes in now.',
    'f = σ(W_f [h₋, x] + b_f), with h₋ first in the concatenation.',
    'Per unit j: let a = bf[j]; add Wf[j][k] * hx[k] over k, where hx = concat(hPrev, x); f[j] = sigmoid(a).',
  ],
  followUps: [
    'At which value would you start b_f, and what happens to the gradient in the first epochs if you start it at 0?',
    'The LSTM of 1997 had no forget gate. What could it not do?',
    'f = 0.9 in every step. After how many steps is a tenth of the content left?',
  ],
});
