import {
  close,
  filledLike,
  kata,
  map,
  matrix,
  plus,
  product,
  sigmoid,
  throughEngine,
  transposedProduct,
  vector,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

interface Given {
  x: Vector;
  hPrev: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = { recurrent: product, squash: Math.tanh };

/** The step as a learner would write it. */
function step(
  { x, hPrev, Wxh, Whh, bh }: Given,
  change: Partial<typeof right> = {},
): { h: Vector } {
  const { recurrent, squash } = { ...right, ...change };
  return { h: map(plus(plus(recurrent(Whh, hPrev), product(Wxh, x)), bh), squash) };
}

const zeroed = (v: Vector): Vector => new Float64Array(v.length);

export default kata('rnn-step', {
  topic: '10-rnn',
  title: 'One step of the Elman network',
  level: 1,
  minutes: 5,
  equations: ['rnn.hidden'],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    Wxh: matrix('H', 'D'),
    Whh: matrix('H', 'H'),
    bh: vector('H'),
  },
  outputs: { h: vector('H') },

  reference: ({ x, hPrev, Wxh, Whh, bh }) => {
    const { h } = throughEngine('rnn', { xs: [x], h0: hPrev, parameters: { Wxh, Whh, bh } });
    return { h: h![0]! };
  },

  laws: [
    {
      name: 'with all weights zero, h = tanh(bias)',
      change: (given) => ({
        ...given,
        Wxh: filledLike(given.Wxh, 0),
        Whh: filledLike(given.Whh, 0),
      }),
      holds: (given, got) => close(got.h, map(given.bh, Math.tanh)),
    },
    {
      name: 'the hidden state stays inside ±1 however large the input',
      change: (given) => ({ ...given, x: map(given.x, (v) => 1000 * v) }),
      holds: (_, got) => got.h.every((h) => Math.abs(h) <= 1),
    },
  ],

  attempt: step,

  mistakes: [
    {
      id: 'no-tanh',
      says: 'You return the pre-activation: tanh is missing, and nothing bounds the state.',
      change: { squash: (a) => a },
      card: 'rnn.step.activation',
    },
    {
      id: 'sigmoid-activation',
      says: 'Your state goes through σ. The Elman network here uses tanh, which is centred on zero.',
      change: { squash: sigmoid },
      card: 'rnn.step.activation',
    },
    {
      id: 'recurrent-transposed',
      says: 'You multiply by Whhᵀ: sum over the columns k of Whh[j][k] * hPrev[k], not over its rows.',
      change: { recurrent: transposedProduct },
      card: 'rnn.step.recurrence',
    },
    {
      id: 'state-ignored',
      says: 'The state hPrev does not reach your h: the term Whh hPrev is missing.',
      reads: (given) => ({ ...given, hPrev: zeroed(given.hPrev) }),
      card: 'rnn.step.recurrence',
    },
    {
      id: 'input-ignored',
      says: 'The input x does not reach your h: the term Wxh x is missing.',
      reads: (given) => ({ ...given, x: zeroed(given.x) }),
    },
    {
      id: 'bias-forgotten',
      says: 'Your bias is not added.',
      reads: (given) => ({ ...given, bh: zeroed(given.bh) }),
    },
    {
      id: 'bias-twice',
      says: 'Your bias is added twice, once with each product.',
      reads: (given) => ({ ...given, bh: map(given.bh, (b) => 2 * b) }),
    },
    {
      id: 'relu-activation',
      says: 'Your state goes through ReLU. The Elman network here uses tanh.',
      change: { squash: (a) => Math.max(0, a) },
      card: 'rnn.step.activation',
    },
    {
      id: 'each-product-squashed',
      says: 'You squash the two products one by one and add the bias outside. tanh takes their sum: tanh(Whh hPrev + Wxh x + bh).',
      variant: ({ x, hPrev, Wxh, Whh, bh }) => ({
        h: plus(plus(map(product(Whh, hPrev), Math.tanh), map(product(Wxh, x), Math.tanh)), bh),
      }),
    },
    {
      id: 'bias-in-the-loop',
      says: 'Your bias is added inside the loop over the state, H times. It is added once per unit.',
      reads: (given) => ({ ...given, bh: map(given.bh, (b) => given.bh.length * b) }),
    },
    {
      id: 'state-overwritten',
      says: 'You write the new state over the old one while later units still read it: unit 1 sees the new h[0]. Keep hPrev until all units are done.',
      variant: ({ x, hPrev, Wxh, Whh, bh }) => {
        const h = hPrev.slice();
        for (const j of h.keys())
          h[j] = Math.tanh(product([Whh[j]!], h)[0]! + product([Wxh[j]!], x)[0]! + bh[j]!);
        return { h };
      },
    },
  ],

  hints: [
    'The new state mixes two things, what was remembered and what just came in, and squashes the sum.',
    'h = tanh(W_hh h₋ + W_xh x + b_h).',
    'Per unit j: let a = bh[j]; add Whh[j][k] * hPrev[k] over k, then Wxh[j][k] * x[k] over k; h[j] = Math.tanh(a).',
  ],
  followUps: [
    'Why tanh and not σ for the state?',
    'How many parameters are there, and does the number depend on the length of the sequence?',
    'What would an orthogonal W_hh change about the gradient?',
  ],
});
