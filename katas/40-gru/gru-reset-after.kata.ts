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
  transposedProduct,
  vector,
  zeros,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

type Given = Record<'x' | 'hPrev', Vector> &
  Record<'Wxz' | 'Whz' | 'Wxr' | 'Whr' | 'Wxh' | 'Whh', Matrix> &
  Record<'bxz' | 'bhz' | 'bxr' | 'bhr' | 'bxh' | 'bhh', Vector>;

const oneMinus = (v: Vector): Vector => map(v, (u) => 1 - u);
const none = (b: Vector): Vector => zeros(b.length);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The recurrent product of the candidate, before r. */
  recurrent: ({ Whh, hPrev }: Given): Vector => product(Whh, hPrev),
  /** The candidate's pre-activation from r, that product, and the product with x. */
  candidate: (r: Vector, ah: Vector, ax: Vector, { bxh, bhh }: Given): Vector =>
    plus(plus(ax, bxh), times(r, plus(ah, bhh))),
  squash: Math.tanh,
  mix: (z: Vector, hPrev: Vector, hTilde: Vector): Vector =>
    plus(times(oneMinus(z), hTilde), times(z, hPrev)),
};

/** One step as a learner would write it. */
function step(given: Given, change: Partial<typeof right> = {}): { h: Vector } {
  const { recurrent, candidate, squash, mix } = { ...right, ...change };
  const { x, hPrev, Wxz, Whz, Wxr, Whr, Wxh, bxz, bhz, bxr, bhr } = given;
  const z = map(plus(plus(product(Wxz, x), bxz), plus(product(Whz, hPrev), bhz)), sigmoid);
  const r = map(plus(plus(product(Wxr, x), bxr), plus(product(Whr, hPrev), bhr)), sigmoid);
  const hTilde = map(candidate(r, recurrent(given), product(Wxh, x), given), squash);
  return { h: mix(z, hPrev, hTilde) };
}

/** [Wh, Wx]: the engine has one matrix on [h₋, x] per gate, and one bias. */
const joined = (Wh: Matrix, Wx: Matrix): Matrix => Wh.map((row, j) => concat(row, Wx[j]!));

/** Opens or shuts a gate whatever it sees. */
const updateGate = (given: Given, bias: number): Given => ({
  ...given,
  Wxz: filledLike(given.Wxz, 0),
  Whz: filledLike(given.Whz, 0),
  bxz: map(given.bxz, () => bias),
  bhz: none(given.bhz),
});
const resetGate = (given: Given, bias: number): Given => ({
  ...given,
  Wxr: filledLike(given.Wxr, 0),
  Whr: filledLike(given.Whr, 0),
  bxr: map(given.bxr, () => bias),
  bhr: none(given.bhr),
});

export default kata('gru-reset-after', {
  topic: '40-gru',
  title: 'A GRU step as PyTorch computes it',
  level: 2,
  minutes: 12,
  equations: [
    'gru-reset-after.update-gate',
    'gru-reset-after.reset-gate',
    'gru-reset-after.recurrent',
    'gru-reset-after.candidate',
    'gru-reset-after.hidden',
  ],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    Wxz: matrix('H', 'D'),
    Whz: matrix('H', 'H'),
    Wxr: matrix('H', 'D'),
    Whr: matrix('H', 'H'),
    Wxh: matrix('H', 'D'),
    Whh: matrix('H', 'H'),
    bxz: vector('H'),
    bhz: vector('H'),
    bxr: vector('H'),
    bhr: vector('H'),
    bxh: vector('H'),
    bhh: vector('H'),
  },
  outputs: { h: vector('H') },

  reference: ({ x, hPrev, Wxz, Whz, Wxr, Whr, Wxh, Whh, bxz, bhz, bxr, bhr, bxh, bhh }) => {
    const gates = { Wz: joined(Whz, Wxz), bz: plus(bxz, bhz), Wr: joined(Whr, Wxr) };
    const parameters = { ...gates, br: plus(bxr, bhr), Wxh, Whh, bh: bxh, bhh };
    const { h } = throughEngine('gru-reset-after', { xs: [x], h0: hPrev, parameters });
    return { h: h![0]! };
  },

  /** The equations join the two matrices of a gate, and its two biases; bh is the candidate's first. */
  symbols: ({ Wxz, Whz, Wxr, Whr, bxz, bhz, bxr, bhr, bxh, ...rest }) => ({
    ...rest,
    ...{ Wz: Whz.map((row, j) => concat(row, Wxz[j]!)), bz: plus(bxz, bhz) },
    ...{ Wr: Whr.map((row, j) => concat(row, Wxr[j]!)), br: plus(bxr, bhr), bh: bxh },
  }),

  laws: [
    {
      name: 'z = 1 copies the state',
      change: (given) => updateGate(given, 60),
      holds: (given, got) => close(got.h, given.hPrev),
    },
    {
      name: 'with z = 0 and r = 0 neither the state nor b_hh reaches h: h = tanh(W_xh x + b_xh)',
      change: (given) => resetGate(updateGate(given, -60), -60),
      holds: ({ Wxh, x, bxh }, got) => close(got.h, map(plus(product(Wxh, x), bxh), Math.tanh)),
    },
    {
      name: 'with z = 0 and r = 1 it is an Elman step with both biases',
      change: (given) => resetGate(updateGate(given, -60), 60),
      holds: ({ x, hPrev, Wxh, Whh, bxh, bhh }, got) => {
        const parameters = { Wxh, Whh, bh: plus(bxh, bhh) };
        return close(got.h, throughEngine('rnn', { xs: [x], h0: hPrev, parameters }).h![0]!);
      },
    },
  ],

  attempt: step,

  mistakes: [
    {
      id: 'update-weighs-candidate',
      says: 'Your z weighs the candidate: h = (1 - z) ⊙ h₋ + z ⊙ h̃. That is the convention of gru-step; in PyTorch z weighs the old state.',
      change: { mix: (z, hPrev, hTilde) => right.mix(z, hTilde, hPrev) },
      card: 'gru.z.convention',
    },
    {
      id: 'reset-before-product',
      says: 'You reset before the product: W_hh (r ⊙ h₋). That is the convention of gru-step; here r multiplies the finished product.',
      change: {
        candidate: (r, _, ax, { Whh, hPrev, bxh, bhh }) =>
          plus(plus(ax, bxh), plus(product(Whh, times(r, hPrev)), bhh)),
      },
      card: 'gru.reset.before',
    },
    {
      id: 'inner-bias-outside',
      says: 'Your b_hh stands outside the reset gate: r ⊙ (W_hh h₋) + b_hh. It belongs inside, and that is why there are two biases: r ⊙ (W_hh h₋ + b_hh).',
      change: {
        candidate: (r, ah, ax, { bxh, bhh }) => plus(plus(ax, bxh), plus(times(r, ah), bhh)),
      },
      card: 'gru.reset.before',
    },
    {
      id: 'outer-bias-inside',
      says: 'Your b_xh stands inside the reset gate, with b_hh. It goes with the input, outside: W_xh x + b_xh + r ⊙ (W_hh h₋ + b_hh).',
      change: {
        candidate: (r, ah, ax, { bxh, bhh }) => plus(ax, times(r, plus(plus(ah, bhh), bxh))),
      },
    },
    {
      id: 'reset-on-input',
      says: 'Your reset gate multiplies the input too. It acts on the recurrent part alone: W_hh h₋ + b_hh.',
      change: {
        candidate: (r, ah, ax, { bxh, bhh }) => times(r, plus(plus(ax, bxh), plus(ah, bhh))),
      },
      card: 'gru.reset.before',
    },
    {
      id: 'reset-ignored',
      says: 'Your candidate sees W_hh h₋ whole: the reset gate is computed and never used.',
      change: {
        candidate: (r, ...rest) =>
          right.candidate(
            map(r, () => 1),
            ...rest,
          ),
      },
      card: 'gru.reset.before',
    },
    {
      id: 'reset-complement',
      says: 'You let 1 - r of the recurrent part through. r = 1 keeps it, r = 0 resets it.',
      change: { candidate: (r, ...rest) => right.candidate(oneMinus(r), ...rest) },
    },
    {
      id: 'update-and-reset-swapped',
      says: 'You have the update and reset gates swapped. PyTorch stacks the blocks as r, z, n: the reset gate is the first of them.',
      reads: ({ Wxz, Whz, bxz, bhz, Wxr, Whr, bxr, bhr, ...given }) => ({
        ...given,
        ...{ Wxz: Wxr, Whz: Whr, bxz: bxr, bhz: bhr },
        ...{ Wxr: Wxz, Whr: Whz, bxr: bxz, bhr: bhz },
      }),
    },
    {
      id: 'one-bias-each',
      says: 'You add one bias per block, b_x. There are two, and the b_h of the candidate is not even interchangeable with it.',
      reads: (given) => ({
        ...given,
        bhz: none(given.bhz),
        bhr: none(given.bhr),
        bhh: none(given.bhh),
      }),
    },
    {
      id: 'recurrent-transposed',
      says: 'You multiply by W_hhᵀ: sum over the columns k of Whh[j][k] * hPrev[k], not over its rows.',
      change: { recurrent: ({ Whh, hPrev }) => transposedProduct(Whh, hPrev) },
    },
    {
      id: 'sigmoid-candidate',
      says: 'Your candidate goes through σ. It needs tanh: the state must be able to go below zero.',
      change: { squash: sigmoid },
    },
    {
      id: 'old-state-dropped',
      says: 'Your h is (1 - z) ⊙ h̃ alone: the term z ⊙ h₋ is missing.',
      change: { mix: (z, _, hTilde) => times(oneMinus(z), hTilde) },
      card: 'gru.z.convention',
    },
    {
      id: 'reset-on-input-only',
      says: 'Your reset gate multiplies W_xh x + b_xh. It acts on the other part, the recurrent one: r ⊙ (W_hh h₋ + b_hh).',
      change: {
        candidate: (r, ah, ax, { bxh, bhh }) => plus(times(r, plus(ax, bxh)), plus(ah, bhh)),
      },
    },
  ],

  hints: [
    'The products with h₋ do not wait for any gate here: all three can be computed first, as one. Only then does r say how much of the third the candidate may see.',
    'h̃ = tanh(W_xh x + b_xh + r ⊙ (W_hh h₋ + b_hh)) and h = (1 - z) ⊙ h̃ + z ⊙ h₋; z and r are σ of both products and both biases.',
    'Per unit j: const ahh = dot(Whh[j], hPrev) + bhh[j]; const hTilde = Math.tanh(dot(Wxh[j], x) + bxh[j] + r * ahh); h[j] = (1 - z) * hTilde + z * hPrev[j].',
  ],
  followUps: [
    'Why can a GPU do this variant in one product per step, and the original only in two?',
    'Which of the six biases could be merged without a loss, and which could not?',
    'You are handed PyTorch weights and a cell that resets before the product. Can you convert them?',
  ],
});
