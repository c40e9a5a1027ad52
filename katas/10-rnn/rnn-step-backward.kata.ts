import {
  backThroughEngine,
  close,
  kata,
  map,
  matrix,
  outer,
  plus,
  product,
  throughEngine,
  times,
  transposedProduct,
  vector,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';

interface Given {
  x: Vector;
  hPrev: Vector;
  h: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  dh: Vector;
}

interface Gradients {
  dx: Vector;
  dhPrev: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
}

/** The derivative of tanh from its value, and that of σ. */
const tanhSlope = (h: Vector): Vector => map(h, (v) => 1 - v * v);
const sigmoidSlope = (h: Vector): Vector => map(h, (v) => v * (1 - v));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The derivative of the activation, from h (and, by mistake, from h₋). */
  slope: (h: Vector, _hPrev: Vector): Vector => tanhSlope(h),
  /** dh₋ from da (and, by mistake, from dh). */
  back: (Whh: Matrix, da: Vector, _dh: Vector, _hPrev: Vector): Vector =>
    transposedProduct(Whh, da),
  recurrentWeight: (da: Vector, hPrev: Vector, _h: Vector): Matrix => outer(da, hPrev),
  inputWeight: (da: Vector, x: Vector, _dh: Vector): Matrix => outer(da, x),
  bias: (da: Vector, _dh: Vector): Vector => da,
};

/** One step back as a learner would write it. */
function stepBack(
  { x, hPrev, h, Wxh, Whh, dh }: Given,
  change: Partial<typeof right> = {},
): Gradients {
  const { slope, back, recurrentWeight, inputWeight, bias } = { ...right, ...change };
  const da = times(dh, slope(h, hPrev));
  return {
    dx: transposedProduct(Wxh, da),
    dhPrev: back(Whh, da, dh, hPrev),
    dWxh: inputWeight(da, x, dh),
    dWhh: recurrentWeight(da, hPrev, h),
    dbh: bias(da, dh),
  };
}

export default kata('rnn-step-backward', {
  topic: '10-rnn',
  title: 'One step of the Elman network, backward',
  level: 2,
  minutes: 12,
  equations: [
    'rnn.backward.preactivation',
    'rnn.backward.hidden-previous',
    'rnn.backward.input',
    'rnn.backward.Whh',
    'rnn.backward.Wxh',
    'rnn.backward.bh',
  ],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    h: vector('H'),
    Wxh: matrix('H', 'D'),
    Whh: matrix('H', 'H'),
    dh: vector('H'),
  },
  outputs: {
    dx: vector('D'),
    dhPrev: vector('H'),
    dWxh: matrix('H', 'D'),
    dWhh: matrix('H', 'H'),
    dbh: vector('H'),
  },

  prepare: ({ h: _, ...given }) => {
    const { x, hPrev, Wxh, Whh } = given;
    const { h } = throughEngine('rnn', { xs: [x], h0: hPrev, parameters: { Wxh, Whh } });
    return { ...given, h: h![0]! };
  },
  reference: ({ x, hPrev, h, Wxh, Whh, dh }) => {
    const forward = { xs: [x], h0: hPrev, parameters: { Wxh, Whh } };
    const d = backThroughEngine('rnn', forward, { dhs: [dh], hs: [h] });
    return {
      dx: (d.x as Sequence)[0]!,
      dhPrev: d.h0 as Vector,
      dWxh: d.Wxh as Matrix,
      dWhh: d.Whh as Matrix,
      dbh: d.bh as Vector,
    };
  },

  backward: { of: 'rnn', upstream: ['dh'], steps: (given) => [given], carries: { dhPrev: 'dh' } },

  laws: [
    {
      name: 'a saturated unit, h = ±1, passes nothing back',
      change: (given) => ({ ...given, h: map(given.h, (v) => (v < 0 ? -1 : 1)) }),
      holds: (_, { dx, dhPrev, dbh }) =>
        [dx, dhPrev, dbh].every((d) => d.every((v) => Math.abs(v) < 1e-12)),
    },
    {
      name: 'row j of dWhh is dbh[j] times hPrev, row j of dWxh is dbh[j] times x',
      change: (given) => given,
      holds: ({ hPrev, x }, { dWhh, dWxh, dbh }) =>
        dWhh.every((row, j) =>
          close(
            row,
            map(hPrev, (v) => dbh[j]! * v),
          ),
        ) &&
        dWxh.every((row, j) =>
          close(
            row,
            map(x, (v) => dbh[j]! * v),
          ),
        ),
    },
  ],

  attempt: stepBack,

  mistakes: [
    {
      id: 'tanh-derivative-missing',
      says: 'The derivative of tanh is missing: da = dh ⊙ (1 - h²), not dh.',
      change: { slope: (h) => map(h, () => 1) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'tanh-derivative-unsquared',
      says: 'You use 1 - h as the derivative of tanh. It is 1 - h².',
      change: { slope: (h) => map(h, (v) => 1 - v) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'tanh-twice',
      says: 'You use 1 - tanh(h)². h is a tanh already: the derivative in terms of h is 1 - h².',
      change: { slope: (h) => map(h, (v) => 1 - Math.tanh(v) ** 2) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'sigmoid-derivative',
      says: 'You use h(1 - h), the derivative of σ. This state went through tanh: 1 - h².',
      change: { slope: sigmoidSlope },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'tanh-derivative-at-previous',
      says: 'You take the derivative of tanh at h₋. It belongs to the state that this step made: 1 - h².',
      change: { slope: (_, hPrev) => tanhSlope(hPrev) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'recurrent-not-transposed',
      says: 'Your dh₋ is W_hh da. Going backward the matrix is transposed: W_hhᵀ da.',
      change: { back: product },
      card: 'rnn.bptt.transpose',
    },
    {
      id: 'carry-around-tanh',
      says: 'Your dh₋ is W_hhᵀ dh. The gradient goes through tanh before it reaches W_hh: W_hhᵀ da.',
      change: { back: (Whh, _, dh) => transposedProduct(Whh, dh) },
      card: 'rnn.bptt.transpose',
    },
    {
      id: 'carry-adds-dh',
      says: 'Your dh₋ has dh added to it, as if h₋ were passed on unchanged. Here it reaches h through W_hh only.',
      change: { back: (Whh, da, dh) => plus(transposedProduct(Whh, da), dh) },
      card: 'rnn.bptt.carry',
    },
    {
      id: 'carry-through-two-tanhs',
      says: 'You multiply dh₋ by 1 - h₋² as well. That is the first line of the step before, not of this one.',
      change: {
        back: (Whh, da, _, hPrev) => times(transposedProduct(Whh, da), tanhSlope(hPrev)),
      },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'weight-uses-new-hidden',
      says: 'Your dW_hh pairs da with h. The product that W_hh took part in was with h₋.',
      change: { recurrentWeight: (da, _, h) => outer(da, h) },
    },
    {
      id: 'weight-gradient-transposed',
      says: 'Your dW_hh is h₋ daᵀ. Its rows belong to the units of h and its columns to those of h₋: da h₋ᵀ.',
      change: { recurrentWeight: (da, hPrev) => outer(hPrev, da) },
      card: 'rnn.bptt.transpose',
    },
    {
      id: 'bias-around-tanh',
      says: 'Your db is dh. The bias is inside the tanh, so its gradient is da.',
      change: { bias: (_, dh) => dh.slice() },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'input-weight-around-tanh',
      says: 'Your dW_xh is dh xᵀ. W_xh is inside the tanh, so it is da xᵀ.',
      change: { inputWeight: (_, x, dh) => outer(dh, x) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'difference-squared',
      says: 'You use (1 - h)², the square of the difference, as the derivative of tanh. It is 1 - h²: h alone is squared.',
      change: { slope: (h) => map(h, (v) => (1 - v) ** 2) },
      card: 'rnn.bptt.tanh-derivative',
    },
  ],

  hints: [
    'Everything that went in met in one sum, the pre-activation a. Find dL/da first; each gradient is one product with it.',
    'da = dh ⊙ (1 - h²); dx = W_xhᵀ da; dh₋ = W_hhᵀ da; dW_xh = da xᵀ; dW_hh = da h₋ᵀ; db = da.',
    'for each unit j: const da = dh[j] * (1 - h[j] ** 2); dbh[j] = da; dWhh[j][k] = da * hPrev[k]; dhPrev[k] += Whh[j][k] * da; the same with x and Wxh.',
  ],
  followUps: [
    'Why is h enough, and the pre-activation need not be kept?',
    'Over a whole sequence, which of these five results are added up and which are passed on?',
    'How do you convince yourself that this is right without a reference?',
  ],
});
