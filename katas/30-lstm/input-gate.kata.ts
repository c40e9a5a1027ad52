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
  Wi: Matrix;
  bi: Vector;
  Wc: Matrix;
  bc: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What both blocks look at. */
  sees: ({ hPrev, x }: Given): Vector => concat(hPrev, x),
  gate: sigmoid,
  candidate: Math.tanh,
  /** The candidate as it is handed on. */
  handed: (cTilde: Vector, _i: Vector): Vector => cTilde,
};

/** Gate and candidate as a learner would write them. */
function write(given: Given, change: Partial<typeof right> = {}): { i: Vector; cTilde: Vector } {
  const { sees, gate, candidate, handed } = { ...right, ...change };
  const hx = sees(given);
  const i = map(plus(product(given.Wi, hx), given.bi), gate);
  const cTilde = map(plus(product(given.Wc, hx), given.bc), candidate);
  return { i, cTilde: handed(cTilde, i) };
}

export default kata('input-gate', {
  topic: '30-lstm',
  title: 'The input gate and the candidate',
  level: 1,
  minutes: 6,
  equations: ['lstm.input-gate', 'lstm.candidate'],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    Wi: matrix('H', 'H+D'),
    bi: vector('H'),
    Wc: matrix('H', 'H+D'),
    bc: vector('H'),
  },
  outputs: { i: vector('H'), cTilde: vector('H') },

  reference: ({ x, hPrev, ...parameters }) => {
    const { is, cTildes } = keptByEngine('lstm', { xs: [x], h0: hPrev, parameters });
    return { i: is[0]!, cTilde: cTildes[0]! };
  },

  laws: [
    {
      name: 'the gate lies in 0 … 1 and the candidate in ±1 however large the input',
      change: (given) => ({ ...given, x: map(given.x, (v) => 1000 * v) }),
      holds: (_, { i, cTilde }) =>
        i.every((v) => v >= 0 && v <= 1) && cTilde.every((v) => v >= -1 && v <= 1),
    },
    {
      name: 'a shut gate leaves the candidate as it is: with W_c zero, c̃ = tanh(b_c)',
      change: (given) => ({
        ...given,
        Wi: filledLike(given.Wi, 0),
        bi: map(given.bi, () => -60),
        Wc: filledLike(given.Wc, 0),
      }),
      holds: (given, { cTilde }) => close(cTilde, map(given.bc, Math.tanh)),
    },
    {
      name: 'with W_i zero, i = σ(b_i) whatever the candidate is made of',
      change: (given) => ({ ...given, Wi: filledLike(given.Wi, 0) }),
      holds: (given, { i }) => close(i, map(given.bi, sigmoid)),
    },
  ],

  attempt: write,

  mistakes: [
    {
      id: 'sigmoid-candidate',
      says: 'Your candidate goes through σ. It needs tanh: with σ the cell could only ever be added to, never taken from.',
      change: { candidate: sigmoid },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'candidate-not-squashed',
      says: 'Your candidate has no tanh: you return its pre-activation.',
      change: { candidate: (a) => a },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'tanh-gate',
      says: 'Your input gate goes through tanh. A gate is a share between 0 and 1: it needs σ.',
      change: { gate: Math.tanh },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'already-gated',
      says: 'Your c̃ is already multiplied by i. The candidate is what would be written; the gate meets it in the cell update.',
      change: { handed: (cTilde, i) => times(i, cTilde) },
      card: 'lstm.cell.carry',
    },
    {
      id: 'weights-swapped',
      says: 'You have the weights swapped: W_c, b_c feed the gate, and W_i, b_i feed the candidate.',
      reads: (given) => ({ ...given, Wi: given.Wc, bi: given.bc, Wc: given.Wi, bc: given.bi }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'outputs-swapped',
      says: 'You return the gate under the name cTilde, and the candidate under the name i.',
      returns: ({ i, cTilde }) => ({ i: cTilde, cTilde: i }),
    },
    {
      id: 'one-block',
      says: 'Gate and candidate share W_i and b_i in your code. The candidate has weights of its own, W_c and b_c.',
      reads: (given) => ({ ...given, Wc: given.Wi, bc: given.bi }),
      card: 'lstm.four-gates',
    },
    {
      id: 'one-bias',
      says: 'Your candidate adds b_i. It has a bias of its own: b_c.',
      reads: (given) => ({ ...given, bc: given.bi }),
    },
    {
      id: 'input-before-hidden',
      says: 'You concatenate [x, h₋]. Here the columns of W meet h₋ first: [h₋, x].',
      change: { sees: ({ hPrev, x }) => concat(x, hPrev) },
    },
    {
      id: 'biases-forgotten',
      says: 'Your biases are not added: both blocks see W [h₋, x] alone.',
      reads: (given) => ({ ...given, bi: zeros(given.bi.length), bc: zeros(given.bc.length) }),
    },
  ],

  hints: [
    'Writing takes two decisions: what would be written, which may be positive or negative, and how much of it, which is a share.',
    'i = σ(W_i [h₋, x] + b_i) and c̃ = tanh(W_c [h₋, x] + b_c).',
    'Per unit j, with hx = concat(hPrev, x): i[j] = sigmoid(dot(Wi[j], hx) + bi[j]); cTilde[j] = Math.tanh(dot(Wc[j], hx) + bc[j]). Do not multiply them here.',
  ],
  followUps: [
    'What could the cell no longer do if the candidate went through σ?',
    'An LSTM has three gates and four blocks of weights. Which block is not a gate?',
    'What is saved, and what is given up, with i = 1 - f?',
  ],
});
