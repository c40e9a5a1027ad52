import {
  close,
  filledLike,
  kata,
  map,
  matrix,
  plus,
  product,
  sequence,
  throughEngine,
  transposedProduct,
  vector,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';

interface Given {
  xs: Sequence;
  h0: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
  Why: Matrix;
  by: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The state that the first step begins with. */
  start: (h0: Vector): Vector => h0,
  /** The state that the next step begins with. */
  carried: (h: Vector, _h0: Vector): Vector => h,
  recurrent: product,
  squash: Math.tanh,
  /** The state that the output reads. */
  read: (h: Vector, _hPrev: Vector): Vector => h,
  output: (y: Vector): Vector => y,
  /** The order in which the steps are visited. */
  order: (T: number): number[] => Array.from({ length: T }, (_, t) => t),
};

/** The forward pass as a learner would write it. */
function forward(
  { xs, h0, Wxh, Whh, bh, Why, by }: Given,
  change: Partial<typeof right> = {},
): { hs: Sequence; ys: Sequence } {
  const { start, carried, recurrent, squash, read, output, order } = { ...right, ...change };
  const hs: Sequence = [];
  const ys: Sequence = [];
  let hPrev = start(h0);
  for (const t of order(xs.length)) {
    const h = map(plus(plus(recurrent(Whh, hPrev), product(Wxh, xs[t]!)), bh), squash);
    hs[t] = h;
    ys[t] = output(plus(product(Why, read(h, hPrev)), by));
    hPrev = carried(h, h0);
  }
  return { hs, ys };
}

const zeroed = (v: Vector): Vector => new Float64Array(v.length);

export default kata('rnn-forward', {
  topic: '10-rnn',
  title: 'The Elman network over a sequence',
  level: 1,
  minutes: 8,
  equations: ['rnn.hidden', 'rnn.output'],
  inputs: {
    xs: sequence('D'),
    h0: vector('H'),
    Wxh: matrix('H', 'D'),
    Whh: matrix('H', 'H'),
    bh: vector('H'),
    Why: matrix('O', 'H'),
    by: vector('O'),
  },
  outputs: { hs: sequence('H'), ys: sequence('O') },

  reference: ({ xs, h0, ...parameters }) => {
    const { h, y } = throughEngine('rnn', { xs, h0, parameters });
    return { hs: h!, ys: y! };
  },

  /** The first step. */
  forward: {
    steps: ({ xs, h0, ...parameters }) => xs.map((x) => ({ ...parameters, x, hPrev: h0 })),
    carries: { h: 'hPrev' },
  },

  laws: [
    {
      name: 'the past does not see the future: nothing moves before the first input',
      change: (given) => ({
        ...given,
        h0: zeroed(given.h0),
        bh: zeroed(given.bh),
        xs: given.xs.map((x, t) => (t === given.xs.length - 1 ? x : zeroed(x))),
      }),
      holds: (_, { hs }) => hs.slice(0, -1).every((h) => h.every((v) => v === 0)),
    },
    {
      name: 'with Whh = 0 nothing is remembered: equal inputs give equal outputs',
      change: (given) => ({
        ...given,
        Whh: filledLike(given.Whh, 0),
        xs: given.xs.map(() => given.xs[0]!.slice()),
      }),
      holds: (_, { hs, ys }) =>
        hs.every((h) => close(h, hs[0]!)) && ys.every((y) => close(y, ys[0]!)),
    },
    {
      name: 'with Why = 0 every output is by',
      change: (given) => ({ ...given, Why: filledLike(given.Why, 0) }),
      holds: (given, { ys }) => ys.every((y) => close(y, given.by)),
    },
  ],

  attempt: forward,

  mistakes: [
    {
      id: 'state-not-carried',
      says: 'Every step of yours begins with h0. Step t begins with h_{t-1}: that is the recurrence.',
      change: { carried: (_, h0) => h0 },
      card: 'rnn.step.recurrence',
    },
    {
      id: 'initial-state-ignored',
      says: 'Your first step begins with zeros. It begins with h0.',
      change: { start: zeroed },
      card: 'rnn.step.recurrence',
    },
    {
      id: 'recurrent-transposed',
      says: 'You multiply by Whhᵀ: sum over the columns k of Whh[j][k] * hPrev[k], not over its rows.',
      change: { recurrent: transposedProduct },
      card: 'rnn.step.recurrence',
    },
    {
      id: 'no-tanh',
      says: 'Your states are pre-activations: tanh is missing, and nothing bounds them.',
      change: { squash: (a) => a },
      card: 'rnn.step.activation',
    },
    {
      id: 'hidden-bias-forgotten',
      says: 'Your hidden bias bh is not added.',
      reads: (given) => ({ ...given, bh: zeroed(given.bh) }),
    },
    {
      id: 'output-bias-forgotten',
      says: 'Your output bias by is not added.',
      reads: (given) => ({ ...given, by: zeroed(given.by) }),
    },
    {
      id: 'output-squashed',
      says: 'Your outputs go through tanh. They are logits, read linearly: y = W_hy h + b_y.',
      change: { output: (y) => map(y, Math.tanh) },
      card: 'rnn.step.activation',
    },
    {
      id: 'output-from-previous-state',
      says: 'Your y_t reads h_{t-1}. It reads the new state h_t, so that y_t has seen x_t.',
      change: { read: (_, hPrev) => hPrev },
    },
    {
      id: 'time-reversed',
      says: 'You walk from the last input to the first. The state at step t has seen x_1 … x_t.',
      change: { order: (T) => Array.from({ length: T }, (_, t) => T - 1 - t) },
    },
    {
      id: 'states-shifted',
      says: 'Your hs begins with h0 and lacks the last state. hs[t] is the state after xs[t].',
      returns: ({ hs, ys }, given) => ({ hs: [given.h0.slice(), ...hs.slice(0, -1)], ys }),
    },
  ],

  hints: [
    'One step, repeated: what a step returns is what the next one begins with. The weights are the same every time.',
    'h_t = tanh(W_hh h_{t-1} + W_xh x_t + b_h), with h_0 given; y_t = W_hy h_t + b_y.',
    'let h = h0; for (const x of xs): make a fresh h from the old h and x, push it to hs, then push by[j] + Σ_k Why[j][k] * h[k] to ys. No product needs both h and y of the same loop.',
  ],
  followUps: [
    'Which of these products can be done for all steps at once, and which must wait?',
    'How does the number of parameters depend on T?',
    'What do you do with a batch of sequences of different lengths?',
  ],
});
