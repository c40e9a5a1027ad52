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
  Wz: Matrix;
  Wr: Matrix;
  Wh: Matrix;
  bz: Vector;
  br: Vector;
  bh: Vector;
}

const affine = (W: Matrix, v: Vector, b: Vector): Vector => plus(product(W, v), b);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  candidate: ({ Wh, bh, hPrev, x }: Given, r: Vector): Vector =>
    affine(Wh, concat(times(r, hPrev), x), bh),
  squash: Math.tanh,
  mix: (z: Vector, hPrev: Vector, g: Vector): Vector =>
    plus(
      times(
        map(z, (v) => 1 - v),
        hPrev,
      ),
      times(z, g),
    ),
  sees: ({ hPrev, x }: Given): Vector => concat(hPrev, x),
};

/** One step as a learner would write it. */
function step(given: Given, change: Partial<typeof right> = {}): { h: Vector } {
  const { candidate, squash, mix, sees } = { ...right, ...change };
  const hx = sees(given);
  const z = map(affine(given.Wz, hx, given.bz), sigmoid);
  const r = map(affine(given.Wr, hx, given.br), sigmoid);
  return { h: mix(z, given.hPrev, map(candidate(given, r), squash)) };
}

/** The columns of W that meet the state, and those that meet the input, each with the others at zero. */
const stateColumns = (W: Matrix): Matrix =>
  W.map((row) => row.map((w, k) => (k < W.length ? w : 0)));
const inputColumns = (W: Matrix): Matrix =>
  W.map((row) => row.map((w, k) => (k < W.length ? 0 : w)));
const zeroed = (v: Vector): Vector => new Float64Array(v.length);

export default kata('gru-step', {
  topic: '40-gru',
  title: 'One GRU step',
  level: 2,
  minutes: 12,
  equations: ['gru.update-gate', 'gru.reset-gate', 'gru.candidate', 'gru.hidden'],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    Wz: matrix('H', 'H+D'),
    Wr: matrix('H', 'H+D'),
    Wh: matrix('H', 'H+D'),
    bz: vector('H'),
    br: vector('H'),
    bh: vector('H'),
  },
  outputs: { h: vector('H') },

  reference: ({ x, hPrev, ...parameters }) => {
    const { h } = throughEngine('gru', { xs: [x], h0: hPrev, parameters });
    return { h: h![0]! };
  },

  laws: [
    {
      name: 'z = 0 copies the state',
      change: (given) => ({ ...given, Wz: filledLike(given.Wz, 0), bz: map(given.bz, () => -60) }),
      holds: (given, got) => close(got.h, given.hPrev),
    },
    {
      name: 'z = 1 and r = 0 forget the state',
      change: (given) => ({
        ...given,
        Wz: filledLike(given.Wz, 0),
        bz: map(given.bz, () => 60),
        Wr: filledLike(given.Wr, 0),
        br: map(given.br, () => -60),
        Wh: stateColumns(given.Wh),
      }),
      holds: (given, got) => close(got.h, map(given.bh, Math.tanh)),
    },
  ],

  attempt: step,

  mistakes: [
    {
      id: 'update-gate-complement',
      says: "Your z weighs the old state: h = z ⊙ h₋ + (1 - z) ⊙ h̃. That is PyTorch's convention; here z weighs the new candidate.",
      change: {
        mix: (z, hPrev, g) =>
          right.mix(
            map(z, (v) => 1 - v),
            hPrev,
            g,
          ),
      },
      card: 'gru.z.convention',
    },
    {
      id: 'reset-after-product',
      says: 'You reset after the product: r ⊙ (W h₋). That is the PyTorch and cuDNN variant; here r ⊙ h₋ goes into the product.',
      change: {
        candidate: ({ Wh, bh, hPrev, x }, r) => {
          const zeros = zeroed(bh);
          const hx = concat(hPrev, x);
          return plus(
            times(r, affine(stateColumns(Wh), hx, zeros)),
            affine(inputColumns(Wh), hx, bh),
          );
        },
      },
      card: 'gru.reset.before',
    },
    {
      id: 'reset-ignored',
      says: 'Your candidate sees h₋ as it is: the reset gate is computed and never used.',
      change: { candidate: ({ Wh, bh, hPrev, x }) => affine(Wh, concat(hPrev, x), bh) },
      card: 'gru.reset.before',
    },
    {
      id: 'update-and-reset-swapped',
      says: 'You have the update and reset gates swapped: W_z, b_z feed r, and W_r, b_r feed z.',
      reads: (given) => ({ ...given, Wz: given.Wr, bz: given.br, Wr: given.Wz, br: given.bz }),
    },
    {
      id: 'reset-complement',
      says: 'Your candidate sees (1 - r) ⊙ h₋. r = 1 keeps the state, r = 0 resets it.',
      change: {
        candidate: (g, r) =>
          right.candidate(
            g,
            map(r, (v) => 1 - v),
          ),
      },
      card: 'gru.reset.before',
    },
    {
      id: 'reset-on-input',
      says: 'Your reset gate multiplies everything that the candidate sees, the input too. It acts on h₋ alone, and the biases stay outside it.',
      change: {
        candidate: ({ Wh, bh, hPrev, x }, r) => plus(times(r, product(Wh, concat(hPrev, x))), bh),
      },
      card: 'gru.reset.before',
    },
    {
      id: 'sigmoid-candidate',
      says: 'Your candidate goes through σ. It needs tanh: the state must be able to go below zero.',
      change: { squash: sigmoid },
    },
    {
      id: 'old-state-dropped',
      says: 'Your h is z ⊙ h̃ alone: the term (1 - z) ⊙ h₋ is missing.',
      change: { mix: (z, _, g) => times(z, g) },
      card: 'gru.z.convention',
    },
    {
      id: 'old-state-whole',
      says: 'Your h is h₋ + z ⊙ h̃: the old state must make room, (1 - z) ⊙ h₋.',
      change: { mix: (z, hPrev, g) => plus(hPrev, times(z, g)) },
      card: 'gru.z.convention',
    },
    {
      id: 'biases-forgotten',
      says: 'Your biases are not added.',
      reads: (given) => ({
        ...given,
        bz: zeroed(given.bz),
        br: zeroed(given.br),
        bh: zeroed(given.bh),
      }),
    },
    {
      id: 'input-before-hidden',
      says: 'You concatenate [x, h₋]. Here the columns of W meet the state first: [h₋, x], and [r ⊙ h₋, x] for the candidate.',
      change: {
        sees: ({ hPrev, x }) => concat(x, hPrev),
        candidate: ({ Wh, bh, hPrev, x }, r) => affine(Wh, concat(x, times(r, hPrev)), bh),
      },
    },
    {
      id: 'reset-in-the-mix',
      says: 'You mix in r ⊙ h₋. The reset gate acts inside the candidate alone; what is kept is h₋ itself: (1 - z) ⊙ h₋.',
      variant: (given) => {
        const hx = right.sees(given);
        const [z, r] = [affine(given.Wz, hx, given.bz), affine(given.Wr, hx, given.br)].map((a) =>
          map(a, sigmoid),
        ) as [Vector, Vector];
        const g = map(right.candidate(given, r), Math.tanh);
        return { h: right.mix(z, times(r, given.hPrev), g) };
      },
    },
    {
      id: 'update-sees-reset-state',
      says: 'Your update gate reads [r ⊙ h₋, x]. Only the candidate does; z reads [h₋, x], as r does.',
      variant: (given) => {
        const r = map(affine(given.Wr, right.sees(given), given.br), sigmoid);
        const z = map(affine(given.Wz, concat(times(r, given.hPrev), given.x), given.bz), sigmoid);
        return { h: right.mix(z, given.hPrev, map(right.candidate(given, r), Math.tanh)) };
      },
    },
  ],

  hints: [
    'One gate decides how far the state moves toward a candidate; the other how much of the state the candidate may look at.',
    'z and r are σ(W [h₋, x] + b); h̃ = tanh(W_h [r ⊙ h₋, x] + b_h); h = (1 - z) ⊙ h₋ + z ⊙ h̃.',
    'Compute r for all units first: the candidate of unit j needs r[k] * hPrev[k] for every k. Then h[j] = (1 - z[j]) * hPrev[j] + z[j] * g[j].',
  ],
  followUps: [
    'Which of the two conventions for z does PyTorch use, and what breaks if weights are copied across?',
    'Why can cuDNN fuse the variant that resets after the product, and not this one?',
    "What share of an LSTM's parameters does this have, and why exactly that?",
    'Why is h bounded without a final tanh?',
  ],
});
