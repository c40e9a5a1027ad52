import {
  close,
  concat,
  filledLike,
  kata,
  map,
  matrix,
  plus,
  product,
  sigmoid,
  throughEngine,
  times,
  vector,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

interface Given {
  x: Vector;
  hPrev: Vector;
  cPrev: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What every gate looks at. */
  sees: ({ hPrev, x }: Given) => concat(hPrev, x),
  /** What the gates' pre-activations are squashed with. */
  gate: sigmoid,
  candidate: Math.tanh,
  inputGate: (i: Vector, _f: Vector) => i,
  cell: (f: Vector, cPrev: Vector, i: Vector, g: Vector) => plus(times(f, cPrev), times(i, g)),
  exposed: Math.tanh,
};

/** One step as a learner would write it. */
function step(given: Given, change: Partial<typeof right> = {}): { h: Vector; c: Vector } {
  const { sees, gate, candidate, inputGate, cell, exposed } = { ...right, ...change };
  const hx = sees(given);
  const f = map(plus(product(given.Wf, hx), given.bf), gate);
  const i = inputGate(map(plus(product(given.Wi, hx), given.bi), gate), f);
  const g = map(plus(product(given.Wc, hx), given.bc), candidate);
  const o = map(plus(product(given.Wo, hx), given.bo), gate);
  const c = cell(f, given.cPrev, i, g);
  return { h: times(o, map(c, exposed)), c };
}

const noBias = (b: Vector): Vector => new Float64Array(b.length);

/** Opens or shuts a gate whatever it sees: with ±60 its value is 1 or 0 to the last bit but 26. */
const fixed = (W: Matrix, b: Vector, open: boolean): [Matrix, Vector] => [
  filledLike(W, 0),
  map(b, () => (open ? 60 : -60)),
];

const gates = (given: Given, open: { f: boolean; i: boolean }): Given => {
  const [Wf, bf] = fixed(given.Wf, given.bf, open.f);
  const [Wi, bi] = fixed(given.Wi, given.bi, open.i);
  return { ...given, Wf, bf, Wi, bi };
};

export default kata('lstm-step', {
  topic: '30-lstm',
  title: 'One LSTM step',
  level: 2,
  minutes: 15,
  equations: [
    'lstm.forget-gate',
    'lstm.input-gate',
    'lstm.candidate',
    'lstm.cell',
    'lstm.output-gate',
    'lstm.hidden',
  ],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    cPrev: vector('H'),
    Wf: matrix('H', 'H+D'),
    Wi: matrix('H', 'H+D'),
    Wc: matrix('H', 'H+D'),
    Wo: matrix('H', 'H+D'),
    bf: vector('H'),
    bi: vector('H'),
    bc: vector('H'),
    bo: vector('H'),
  },
  outputs: { h: vector('H'), c: vector('H') },

  reference: ({ x, hPrev, cPrev, ...parameters }) => {
    const { h, c } = throughEngine('lstm', { xs: [x], h0: hPrev, c0: cPrev, parameters });
    return { h: h![0]!, c: c![0]! };
  },

  laws: [
    {
      name: 'f = 1 and i = 0 copy the cell',
      change: (given) => gates(given, { f: true, i: false }),
      holds: (given, got) => close(got.c, given.cPrev),
    },
    {
      name: 'f = 0 and i = 0 empty the cell',
      change: (given) => gates(given, { f: false, i: false }),
      holds: (_, got) =>
        got.c.every((c) => Math.abs(c) < 1e-20) && got.h.every((h) => Math.abs(h) < 1e-20),
    },
    {
      name: 'the hidden state stays inside ±1 however large the cell',
      change: (given) => ({ ...given, cPrev: map(given.cPrev, (c) => 1000 * c) }),
      holds: (_, got) => got.h.every((h) => Math.abs(h) <= 1),
    },
  ],

  attempt: step,

  mistakes: [
    {
      id: 'forget-and-input-swapped',
      says: 'You have the forget and input gates swapped: W_f, b_f feed i, and W_i, b_i feed f.',
      reads: (given) => ({ ...given, Wf: given.Wi, bf: given.bi, Wi: given.Wf, bi: given.bf }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'forget-and-input-weights-swapped',
      says: 'You have the weights of the forget and input gates swapped, W_f and W_i; their biases are in place.',
      reads: (given) => ({ ...given, Wf: given.Wi, Wi: given.Wf }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'input-and-output-swapped',
      says: 'You have the input and output gates swapped: W_i, b_i feed o, and W_o, b_o feed i.',
      reads: (given) => ({ ...given, Wi: given.Wo, bi: given.bo, Wo: given.Wi, bo: given.bi }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'forget-and-output-swapped',
      says: 'You have the forget and output gates swapped: W_f, b_f feed o, and W_o, b_o feed f.',
      reads: (given) => ({ ...given, Wf: given.Wo, bf: given.bo, Wo: given.Wf, bo: given.bf }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'sigmoid-candidate',
      says: 'Your candidate goes through σ. It needs tanh: with σ the cell could only ever be added to, never taken from.',
      change: { candidate: sigmoid },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'candidate-not-squashed',
      says: 'Your candidate has no tanh: the pre-activation goes into the cell as it is.',
      change: { candidate: (a) => a },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'hidden-without-tanh',
      says: 'Your h is o ⊙ c. The cell is unbounded, so it passes through tanh first: h = o ⊙ tanh(c).',
      change: { exposed: (c) => c },
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'coupled-gates',
      says: 'You use i = 1 - f. That is the coupled variant; the plain LSTM computes i from W_i and b_i.',
      change: { inputGate: (_, f) => map(f, (v) => 1 - v) },
      card: 'lstm.gates.coupled',
    },
    {
      id: 'cell-not-carried',
      says: 'Your c is i ⊙ c̃ alone: the term f ⊙ c₋ is missing, so nothing is remembered.',
      change: { cell: (_f, _cPrev, i, g) => times(i, g) },
      card: 'lstm.cell.carry',
    },
    {
      id: 'no-forgetting',
      says: 'Your c is c₋ + i ⊙ c̃: the forget gate is computed and never used.',
      change: { cell: (_f, cPrev, i, g) => plus(cPrev, times(i, g)) },
      card: 'lstm.cell.carry',
    },
    {
      id: 'forget-complement',
      says: 'You keep 1 - f of the old cell. f is what is kept: f = 1 remembers everything.',
      change: {
        cell: (f, cPrev, i, g) =>
          plus(
            times(
              map(f, (v) => 1 - v),
              cPrev,
            ),
            times(i, g),
          ),
      },
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'input-before-hidden',
      says: 'You concatenate [x, h₋]. Here the columns of W meet h₋ first: [h₋, x].',
      change: { sees: ({ hPrev, x }) => concat(x, hPrev) },
    },
    {
      id: 'tanh-gates',
      says: 'Your gates go through tanh. A gate is a share between 0 and 1: it needs σ.',
      change: { gate: Math.tanh },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'biases-forgotten',
      says: 'Your biases are not added: the gates see W [h₋, x] alone.',
      reads: (given) => ({
        ...given,
        bf: noBias(given.bf),
        bi: noBias(given.bi),
        bc: noBias(given.bc),
        bo: noBias(given.bo),
      }),
    },
    {
      id: 'outputs-swapped',
      says: 'You return h under the name c, and c under the name h.',
      returns: ({ h, c }) => ({ h: c, c: h }),
    },
    {
      id: 'state-overwritten',
      says: 'You write h over hPrev while later units still read it: unit 1 sees the new h[0]. Keep hPrev until all units are done.',
      variant: (given) => {
        const hPrev = given.hPrev.slice();
        const c = Float64Array.from(hPrev, (_, j) => {
          const all = step({ ...given, hPrev });
          hPrev[j] = all.h[j]!;
          return all.c[j]!;
        });
        return { h: hPrev, c };
      },
    },
    {
      id: 'forget-gate-peeps',
      says: 'Your forget gate also sees the cell: c₋ is added to its pre-activation. That is a peephole, and here there is none.',
      reads: (given) => ({ ...given, bf: plus(given.bf, given.cPrev) }),
    },
  ],

  hints: [
    'The cell is a memory that is added to. Two gates decide: one how much of the old content stays, one how much of the new content goes in. A third decides how much of it the outside sees.',
    'c = f ⊙ c₋ + i ⊙ c̃ and h = o ⊙ tanh(c), where f, i, o are σ(W [h₋, x] + b) with their own W and b, and c̃ is the same with tanh.',
    'Inside one loop over the units j: const f = sigmoid(dot(Wf[j], hx) + bf[j]), likewise i and o; g with Math.tanh; then c[j] = f * cPrev[j] + i * g and h[j] = o * Math.tanh(c[j]).',
  ],
  followUps: [
    'Why does the candidate go through tanh and the gates through σ?',
    'Which bias would you not start at zero, and why?',
    'Along which path does the gradient travel from c_T to c_1, and what multiplies it at each step?',
    'How many parameters is that, and where do PyTorch and you disagree?',
  ],
});
