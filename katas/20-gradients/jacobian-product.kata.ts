import {
  backThroughEngine,
  kata,
  map,
  matrix,
  plusMatrix,
  product,
  sequence,
  times,
  zeroMatrix,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Values, Vector } from 'bptt/define';

interface Given {
  hs: Sequence;
  Whh: Matrix;
}

const transposed = (A: Matrix): Matrix =>
  Array.from(A[0]!, (_, k) => Float64Array.from(A, (row) => row[k]!));
const matrixProduct = (A: Matrix, B: Matrix): Matrix =>
  transposed(transposed(B).map((column) => product(A, column)));
const identity = (H: number): Matrix =>
  zeroMatrix(H, H).map((row, j) => row.map((_, k) => (j === k ? 1 : 0)));
const oneAt = (n: number, j: number): Vector => zeros(n).map((_, k) => (k === j ? 1 : 0));

const tanhSlope = (h: Vector): Vector => map(h, (v) => 1 - v * v);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The steps that have a factor, of t = 1 … T. */
  steps: (T: number): number[] => Array.from({ length: T - 1 }, (_, t) => t + 2),
  /** The derivative of tanh at step t, from h_t (and, by mistake, from h_{t-1}). */
  slope: (h: Vector, _hPrev: Vector): Vector => tanhSlope(h),
  /** diag(slope) Whh. */
  factor: (slope: Vector, Whh: Matrix): Matrix =>
    Whh.map((row, j) => map(row, (w) => slope[j]! * w)),
  /** The product so far, and the factor of the next step. */
  joined: (soFar: Matrix, factor: Matrix): Matrix => matrixProduct(factor, soFar),
};

/** The product of the steps' Jacobians as a learner would write it. */
function jacobian({ hs, Whh }: Given, change: Partial<typeof right> = {}): { jacobian: Matrix } {
  const { steps, slope, factor, joined } = { ...right, ...change };
  let soFar = identity(Whh.length);
  for (const t of steps(hs.length)) {
    const h = hs[t - 1]!;
    soFar = joined(soFar, factor(slope(h, hs[t - 2] ?? h), Whh));
  }
  return { jacobian: soFar };
}

export default kata('jacobian-product', {
  topic: '20-gradients',
  title: 'dh_T/dh_1, the product that vanishes',
  level: 2,
  minutes: 10,
  equations: ['rnn.backward.preactivation', 'rnn.backward.hidden-previous'],
  inputs: { hs: sequence('H'), Whh: matrix('H', 'H') },
  outputs: { jacobian: matrix('H', 'H') },

  // A hidden state lies inside ±1, and well inside the product has something to show.
  prepare: ({ hs, Whh }) => ({ hs: hs.map((h) => map(h, (v) => v / 2)), Whh }),

  // Row j is what comes back to h_1 when dL/dh_T is 1 at unit j: one backward pass for each row.
  reference: ({ hs, Whh }) => {
    const H = Whh.length;
    const [h1, ...later] = hs;
    if (later.length === 0) return { jacobian: identity(H) };
    const forward = {
      xs: later.map(() => zeros(1)),
      h0: h1!,
      parameters: { Whh, Wxh: zeroMatrix(H, 1) },
    };
    const rows = Array.from({ length: H }, (_, j) => {
      const dhs = later.map((_, t) => (t === later.length - 1 ? oneAt(H, j) : zeros(H)));
      return backThroughEngine('rnn', forward, { dhs, hs: later }).h0 as Vector;
    });
    return { jacobian: rows };
  },

  /** The first row: what comes back over the last step when dL/dh_T is 1 at unit 0. With T = 1 there is no step. */
  symbols: ({ hs, Whh }): Values =>
    hs.length === 1 ? {} : { h: hs.at(-1)!, dh: oneAt(Whh.length, 0), Whh },

  laws: [
    {
      name: 'states at 0 and Whh = I/2: one factor 1/2 for each of the T - 1 steps',
      change: ({ hs, Whh }) => ({
        hs: hs.map((h) => zeros(h.length)),
        Whh: identity(Whh.length).map((row) => map(row, (w) => w / 2)),
      }),
      holds: ({ hs }, { jacobian: J }) =>
        J.every((row, j) =>
          row.every((v, k) => Math.abs(v - (j === k ? 0.5 ** (hs.length - 1) : 0)) < 1e-12),
        ),
    },
    {
      name: 'a unit saturated at step T, h = ±1, has a row of zeros: nothing moves it',
      change: ({ hs, Whh }) => ({
        hs: [...hs.slice(0, -1), hs.at(-1)!.map((v, j) => (j === 0 ? 1 : v))],
        Whh,
      }),
      holds: (_, { jacobian: J }) => J[0]!.every((v) => Math.abs(v) < 1e-12),
    },
  ],

  attempt: jacobian,

  mistakes: [
    {
      id: 'tanh-derivative-missing',
      says: 'Your product is W_hh^(T-1). Every step also goes through tanh: the factor is diag(1 - h_t²) W_hh.',
      change: { slope: (h) => map(h, () => 1) },
      card: 'gradients.eigenvalues',
    },
    {
      id: 'one-factor-too-many',
      says: 'You have T factors. From h_1 to h_T there are T - 1 steps: t = 2 … T.',
      change: { steps: (T) => Array.from({ length: T }, (_, t) => t + 1) },
      card: 'gradients.bound',
    },
    {
      id: 'one-factor-too-few',
      says: 'Your last factor is missing: the step from h_{T-1} to h_T counts too, t = 2 … T.',
      change: {
        steps: (T) => Array.from({ length: Math.max(0, T - 2) }, (_, t) => t + 2),
      },
      card: 'gradients.bound',
    },
    {
      id: 'order-reversed',
      says: 'Your factors stand in the wrong order. The last step is the leftmost: J_T J_{T-1} … J_2.',
      change: { joined: (soFar, factor) => matrixProduct(soFar, factor) },
    },
    {
      id: 'transposed',
      says: 'Your matrix is the transpose. Row j is unit j of h_T, column k is unit k of h_1; the transpose is what the backward pass multiplies with.',
      returns: (got) => ({ jacobian: transposed(got.jacobian) }),
      card: 'rnn.bptt.transpose',
    },
    {
      id: 'slope-on-columns',
      says: 'You have W_hh diag(1 - h_t²). The derivative of tanh belongs to the unit that was made, the row: diag(1 - h_t²) W_hh.',
      change: {
        factor: (slope, Whh) => Whh.map((row) => times(row, slope)),
      },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'slope-at-previous',
      says: 'You take the derivative of tanh at h_{t-1}. The step that makes h_t has it at h_t: 1 - h_t².',
      change: { slope: (_, hPrev) => tanhSlope(hPrev) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'slope-unsquared',
      says: 'You use 1 - h as the derivative of tanh. It is 1 - h².',
      change: { slope: (h) => map(h, (v) => 1 - v) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'added-up',
      says: 'You add the factors of the steps. They lie on one path, one after the other: they multiply. What is added are the parts of a shared weight.',
      variant: ({ hs, Whh }) => {
        const last = hs.length;
        const parts = Array.from(
          { length: last - 1 },
          (_, t) => jacobian({ hs: hs.slice(t, t + 2), Whh }).jacobian,
        );
        return { jacobian: parts.reduce(plusMatrix, zeroMatrix(Whh.length, Whh.length)) };
      },
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'entrywise-product',
      says: 'You multiply the factors entry by entry. A chain of linear maps is a matrix product.',
      change: {
        joined: (soFar, factor) =>
          soFar.every((row, j) => row.every((v, k) => v === (j === k ? 1 : 0)))
            ? factor
            : soFar.map((row, j) => row.map((v, k) => v * factor[j]![k]!)),
      },
    },
    {
      id: 'sigmoid-derivative',
      says: 'You use h(1 - h), the derivative of σ. These states went through tanh: 1 - h².',
      change: { slope: (h) => map(h, (v) => v * (1 - v)) },
    },
  ],

  hints: [
    'The chain rule along one path multiplies. Ask first what one step is: how h_t moves when h_{t-1} moves a little.',
    'dh_t/dh_{t-1} = diag(1 - h_t²) W_hh, and dh_T/dh_1 = J_T J_{T-1} … J_2, T - 1 factors.',
    'Start with the identity. For every h of hs.slice(1): multiply W_hh from the left, then row j by 1 - h[j] ** 2.',
  ],
  followUps: [
    'Why does backpropagation never form this matrix, and what does it cost to form it?',
    'Bound its norm. When is the bound far too large?',
    'What would have to hold for the product to keep its size over 1000 steps?',
    'What is the same product for the cell of an LSTM, along its direct path?',
  ],
});
