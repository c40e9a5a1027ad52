import {
  backThroughEngine,
  close,
  filledLike,
  kata,
  map,
  matrix,
  outer,
  plus,
  plusMatrix,
  product,
  scaleMatrix,
  sequence,
  throughEngine,
  times,
  transposedProduct,
  vector,
  zeroMatrix,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';

interface Given {
  xs: Sequence;
  h0: Vector;
  hs: Sequence;
  Wxh: Matrix;
  Whh: Matrix;
  dhs: Sequence;
}

interface Gradients {
  dxs: Sequence;
  dh0: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The derivative of tanh, from h (and, by mistake, from h₋). */
  slope: (h: Vector, _hPrev: Vector): Vector => map(h, (v) => 1 - v * v),
  /** da from the step's own loss, from what comes back, and from the derivative of tanh. */
  through: (own: Vector, carried: Vector, slope: Vector): Vector =>
    times(plus(own, carried), slope),
  back: (Whh: Matrix, da: Vector): Vector => transposedProduct(Whh, da),
  carry: (dhPrev: Vector, _t: number): Vector => dhPrev,
  /** The state that da is paired with in dWhh. */
  paired: (hPrev: Vector, _h: Vector, _t: number): Vector => hPrev,
  bias: (sum: Vector, da: Vector, _t: number): Vector => plus(sum, da),
  weight: (sum: Matrix, term: Matrix): Matrix => plusMatrix(sum, term),
  /** The order in which the steps are visited. */
  order: (T: number): number[] => Array.from({ length: T }, (_, t) => T - 1 - t),
};

/** BPTT as a learner would write it. */
function bptt({ xs, h0, hs, Wxh, Whh, dhs }: Given, change: Partial<typeof right> = {}): Gradients {
  const { slope, through, back, carry, paired, bias, weight, order } = { ...right, ...change };
  const T = xs.length;
  const dxs: Sequence = zeroMatrix(T, xs[0]!.length);
  let [dWxh, dWhh, dbh] = [filledLike(Wxh, 0), filledLike(Whh, 0), zeros(h0.length)];
  let carried = zeros(h0.length);
  for (const t of order(T)) {
    const h = hs[t]!;
    const hPrev = t === 0 ? h0 : hs[t - 1]!;
    const da = through(dhs[t]!, carried, slope(h, hPrev));
    dxs[t] = transposedProduct(Wxh, da);
    dWxh = weight(dWxh, outer(da, xs[t]!));
    dWhh = weight(dWhh, outer(da, paired(hPrev, h, t)));
    dbh = bias(dbh, da, t);
    carried = carry(back(Whh, da), t);
  }
  return { dxs, dh0: carried, dWxh, dWhh, dbh };
}

const average = ({ dWxh, dWhh, dbh, ...rest }: Gradients, n: number): Gradients => ({
  ...rest,
  dWxh: scaleMatrix(dWxh, 1 / n),
  dWhh: scaleMatrix(dWhh, 1 / n),
  dbh: map(dbh, (v) => v / n),
});

export default kata('rnn-bptt', {
  topic: '10-rnn',
  title: 'Backpropagation through time',
  level: 3,
  minutes: 25,
  equations: ['rnn.backward.preactivation', 'rnn.backward.hidden-previous', 'rnn.backward.input'],
  inputs: {
    xs: sequence('D'),
    h0: vector('H'),
    hs: sequence('H'),
    Wxh: matrix('H', 'D'),
    Whh: matrix('H', 'H'),
    dhs: sequence('H'),
  },
  outputs: {
    dxs: sequence('D'),
    dh0: vector('H'),
    dWxh: matrix('H', 'D'),
    dWhh: matrix('H', 'H'),
    dbh: vector('H'),
  },

  prepare: ({ hs: _, ...given }) => {
    const { xs, h0, Wxh, Whh } = given;
    return { ...given, hs: throughEngine('rnn', { xs, h0, parameters: { Wxh, Whh } }).h! };
  },
  reference: ({ xs, h0, hs, Wxh, Whh, dhs }) => {
    const d = backThroughEngine('rnn', { xs, h0, parameters: { Wxh, Whh } }, { dhs, hs });
    return {
      dxs: d.x as Sequence,
      dh0: d.h0 as Vector,
      dWxh: d.Wxh as Matrix,
      dWhh: d.Whh as Matrix,
      dbh: d.bh as Vector,
    };
  },

  /** The last step, where the way back begins. */
  backward: {
    of: 'rnn',
    upstream: ['dhs'],
    steps: ({ xs, h0, hs, dhs, Wxh, Whh }) =>
      xs.map((x, t) => ({ x, hPrev: hs[t - 1] ?? h0, h: hs[t]!, dh: dhs[t]!, Wxh, Whh })),
    carries: { dhPrev: 'dh' },
  },

  laws: [
    {
      name: 'step t does not see losses of the steps before it',
      change: (given) => ({
        ...given,
        dhs: given.dhs.map((dh, t) => (t === 0 ? dh : zeros(dh.length))),
      }),
      holds: (_, { dxs }) => dxs.slice(1).every((dx) => dx.every((v) => v === 0)),
    },
    {
      name: 'the bias gradient is the row sums of dWxh when every input is 1',
      change: (given) => ({ ...given, xs: filledLike(given.xs, 1) }),
      holds: (_, { dWxh, dbh }) =>
        close(
          Float64Array.from(dWxh, (row) => row[0]!),
          dbh,
        ),
    },
  ],

  attempt: bptt,

  mistakes: [
    {
      id: 'no-carry',
      says: 'Nothing is carried back: every step sees only its own loss. dh_t also needs W_hhᵀ da_{t+1}.',
      change: { carry: (dhPrev, t) => (t === 0 ? dhPrev : zeros(dhPrev.length)) },
      card: 'rnn.bptt.carry',
    },
    {
      id: 'tanh-derivative-missing',
      says: 'The derivative of tanh is missing: da = dh ⊙ (1 - h²), not dh.',
      change: { slope: (h) => map(h, () => 1) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'tanh-derivative-at-previous',
      says: 'You take the derivative of tanh at h_{t-1}. It belongs to the step that made h_t: 1 - h_t².',
      change: { slope: (_, hPrev) => map(hPrev, (v) => 1 - v * v) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'tanh-derivative-unsquared',
      says: 'You use 1 - h as the derivative of tanh. It is 1 - h².',
      change: { slope: (h) => map(h, (v) => 1 - v) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'recurrent-not-transposed',
      says: 'You carry back W_hh da. Going backward the matrix is transposed: W_hhᵀ da.',
      change: { back: product },
      card: 'rnn.bptt.transpose',
    },
    {
      id: 'weight-uses-new-hidden',
      says: 'Your dW_hh pairs da_t with h_t. The product that W_hh took part in was with h_{t-1}.',
      change: { paired: (_, h) => h },
    },
    {
      id: 'initial-state-ignored',
      says: 'Your dW_hh lacks the term of the first step: there the state before is h0.',
      change: { paired: (hPrev, _, t) => (t === 0 ? zeros(hPrev.length) : hPrev) },
    },
    {
      id: 'mean-over-time',
      says: 'Your parameter gradients are averages over time. The weights are shared, so their gradients add up.',
      returns: (got, given) => average(got, given.xs.length),
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'bias-last-step-only',
      says: 'Your db has the term of one step only, the last: it is a sum over all steps.',
      change: (given) => ({ bias: (sum, da, t) => (t === given.xs.length - 1 ? da : sum) }),
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'overwritten-weights',
      says: 'Your weight gradients hold the term of the first step only: you write = where += belongs.',
      change: { weight: (_, term) => term, bias: (_, da) => da },
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'time-forward',
      says: 'You walk from the first step to the last. What is carried comes from the later steps: start at t = T - 1.',
      change: { order: (T) => Array.from({ length: T }, (_, t) => t) },
      card: 'rnn.bptt.carry',
    },
    {
      id: 'initial-gradient-zero',
      says: 'Your dh0 is zero. It is what is carried back past the first step: W_hhᵀ da_1.',
      returns: (got, given) => ({ ...got, dh0: zeros(given.h0.length) }),
      card: 'rnn.bptt.carry',
    },
    {
      id: 'difference-squared',
      says: 'You use (1 - h)², the square of the difference, as the derivative of tanh. It is 1 - h²: h alone is squared.',
      change: { slope: (h) => map(h, (v) => (1 - v) ** 2) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'own-loss-around-tanh',
      says: 'Your derivative of tanh meets only what comes back. The loss of the step itself goes through tanh too: da = (dhs[t] + what comes back) ⊙ (1 - h²).',
      change: { through: (own, carried, slope) => plus(own, times(carried, slope)) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'carry-around-tanh',
      says: 'Your derivative of tanh meets only the loss of the step itself. What comes back goes through tanh too: da = (dhs[t] + what comes back) ⊙ (1 - h²).',
      change: { through: (own, carried, slope) => plus(times(own, slope), carried) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'own-loss-twice',
      says: 'The loss of each step but the last counts twice: you add dhs[t] where it is carried and again where it is used.',
      change: ({ dhs }) => ({
        carry: (dhPrev, t) => (t === 0 ? dhPrev : plus(dhPrev, dhs[t - 1]!)),
      }),
      card: 'rnn.bptt.carry',
    },
    {
      id: 'first-state-for-initial',
      says: 'At the first step your dW_hh pairs da with hs[0], which that step made. It read h0.',
      change: { paired: (hPrev, h, t) => (t === 0 ? h : hPrev) },
    },
  ],

  hints: [
    'Every h_t is used twice: by its own loss and by the next step. So walk from the last step to the first and carry what the next step sends back.',
    'At step t: dh = dhs[t] + carried; da = dh ⊙ (1 - h_t²); then dx_t = W_xhᵀ da, carried = W_hhᵀ da, and the shared parameters add up: dW_hh += da h_{t-1}ᵀ, dW_xh += da x_tᵀ, db += da.',
    'for (let t = T - 1; t >= 0; t--) with const hPrev = t === 0 ? h0 : hs[t - 1]; a fresh dhPrev per step; after the inner loops carried = dhPrev, and after the last one dh0 = carried.',
  ],
  followUps: [
    'Where in your loop does the gradient vanish, and what bounds the product?',
    'What must the forward pass have kept for this, and how much memory is that?',
    'You are told to truncate at k = 10 steps. Which lines change, and what is lost?',
  ],
});
