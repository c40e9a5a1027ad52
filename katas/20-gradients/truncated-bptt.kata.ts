import {
  backThroughEngine,
  close,
  filledLike,
  integer,
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
  k: number;
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
  /** Whether the state is detached before step t: what comes back from t stops there. */
  detachedBefore: (t: number, k: number, _T: number): boolean => t % k === 0,
  slope: (h: Vector): Vector => map(h, (v) => 1 - v * v),
  back: (Whh: Matrix, da: Vector): Vector => transposedProduct(Whh, da),
  /** The value of the state that step t began with. */
  before: (hPrev: Vector, _t: number, _k: number): Vector => hPrev,
  /** The loss's own gradient at step t. */
  own: (dh: Vector, _t: number, _k: number, _T: number): Vector => dh,
};

/** Truncated BPTT as a learner would write it. */
function truncated(
  { xs, h0, hs, Wxh, Whh, dhs, k }: Given,
  change: Partial<typeof right> = {},
): Gradients {
  const { detachedBefore, slope, back, before, own } = { ...right, ...change };
  const T = xs.length;
  const dxs: Sequence = zeroMatrix(T, xs[0]!.length);
  let [dWxh, dWhh, dbh] = [filledLike(Wxh, 0), filledLike(Whh, 0), zeros(h0.length)];
  let carried = zeros(h0.length);
  for (let t = T - 1; t >= 0; t--) {
    const da = times(plus(own(dhs[t]!, t, k, T), carried), slope(hs[t]!));
    dxs[t] = transposedProduct(Wxh, da);
    dWxh = plusMatrix(dWxh, outer(da, xs[t]!));
    dWhh = plusMatrix(dWhh, outer(da, before(t === 0 ? h0 : hs[t - 1]!, t, k)));
    dbh = plus(dbh, da);
    carried = t > 0 && detachedBefore(t, k, T) ? zeros(h0.length) : back(Whh, da);
  }
  return { dxs, dh0: carried, dWxh, dWhh, dbh };
}

/** The sum of two sets of gradients. */
const added = (a: Gradients, b: Gradients): Gradients => ({
  dxs: plusMatrix(a.dxs, b.dxs),
  dh0: plus(a.dh0, b.dh0),
  dWxh: plusMatrix(a.dWxh, b.dWxh),
  dWhh: plusMatrix(a.dWhh, b.dWhh),
  dbh: plus(a.dbh, b.dbh),
});

/** Every loss by itself, each going back k steps: truncation with a window that slides. */
const sliding = (given: Given): Gradients =>
  given.dhs
    .map((_, s) =>
      truncated(
        { ...given, dhs: given.dhs.map((dh, t) => (t === s ? dh : zeros(dh.length))) },
        { detachedBefore: (t, k) => t === s - k + 1 },
      ),
    )
    .reduce(added);

const chunksOf = (T: number, k: number): number => Math.ceil(T / k);
/** The first step of the last chunk. */
const lastChunk = (T: number, k: number): number => (chunksOf(T, k) - 1) * k;

export default kata('truncated-bptt', {
  topic: '20-gradients',
  title: 'Truncated backpropagation through time',
  level: 3,
  minutes: 20,
  equations: ['rnn.backward.preactivation', 'rnn.backward.hidden-previous', 'rnn.backward.input'],
  inputs: {
    xs: sequence('D'),
    h0: vector('H'),
    hs: sequence('H'),
    Wxh: matrix('H', 'D'),
    Whh: matrix('H', 'H'),
    dhs: sequence('H'),
    k: integer(2, 'T'),
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

  edges: {
    'k = 1': (given) => ({ ...given, k: 1 }),
    'k = T + 1': (given) => ({ ...given, k: given.xs.length + 1 }),
  },

  // Each chunk is a sequence of its own, which begins with the state that the chunk before it left.
  reference: ({ xs, h0, hs, Wxh, Whh, dhs, k }) => {
    const T = xs.length;
    const chunks = Array.from({ length: chunksOf(T, k) }, (_, n) => {
      const [from, to] = [n * k, (n + 1) * k];
      return backThroughEngine(
        'rnn',
        { xs: xs.slice(from, to), h0: n === 0 ? h0 : hs[from - 1]!, parameters: { Wxh, Whh } },
        { dhs: dhs.slice(from, to), hs: hs.slice(from, to) },
      );
    });
    return {
      dxs: chunks.flatMap((d) => d.x as Sequence),
      dh0: chunks[0]!.h0 as Vector,
      dWxh: chunks.map((d) => d.Wxh as Matrix).reduce(plusMatrix),
      dWhh: chunks.map((d) => d.Whh as Matrix).reduce(plusMatrix),
      dbh: chunks.map((d) => d.bh as Vector).reduce(plus),
    };
  },

  /** The last step, where the way back begins. */
  backward: {
    of: 'rnn',
    upstream: ['dhs'],
    steps: ({ xs, h0, hs, dhs, Wxh, Whh }) =>
      xs.map((x, t) => ({ x, hPrev: hs[t - 1] ?? h0, h: hs[t]!, dh: dhs[t]!, Wxh, Whh })),
    carries: { dhPrev: 'dh' },
    cut: ({ k }, t) => t % k === 0,
  },

  laws: [
    {
      name: 'no credit beyond the chunk: later losses do not reach the first k steps',
      change: (given) => ({
        ...given,
        k: 2,
        dhs: given.dhs.map((dh, t) => (t < 2 ? zeros(dh.length) : dh)),
      }),
      holds: (_, { dxs, dh0 }) => [...dxs.slice(0, 2), dh0].every((d) => d.every((v) => v === 0)),
    },
    {
      name: 'no loss is lost: with Whh = 0 the bias gradient sums over all T steps',
      change: (given) => ({ ...given, Whh: filledLike(given.Whh, 0) }),
      holds: ({ hs, dhs }, { dbh }) => {
        const own = dhs.map((dh, t) =>
          times(
            dh,
            map(hs[t]!, (h) => 1 - h * h),
          ),
        );
        return close(dbh, own.reduce(plus));
      },
    },
    {
      name: 'a chunk as long as the sequence cuts nothing: the last loss reaches h0',
      change: (given) => ({
        ...given,
        k: given.xs.length,
        dhs: given.dhs.map((dh, t) => (t < given.xs.length - 1 ? zeros(dh.length) : dh)),
      }),
      holds: (_, { dxs, dh0 }) => [dxs[0]!, dh0].every((d) => d.some((v) => v !== 0)),
    },
  ],

  attempt: truncated,

  mistakes: [
    {
      id: 'not-truncated',
      says: 'Nothing is cut: your gradient goes back through the whole sequence. Set what is carried to zero at the border of a chunk.',
      change: { detachedBefore: () => false },
      card: 'gradients.truncated',
    },
    {
      id: 'state-reset',
      says: 'Your chunks begin with a state of zeros. The value of the state goes on, only its gradient is cut: pair da with h_{t-1} of the chunk before.',
      change: {
        before: (hPrev, t, k) => (t > 0 && t % k === 0 ? zeros(hPrev.length) : hPrev),
      },
      card: 'gradients.truncated',
    },
    {
      id: 'last-chunk-only',
      says: 'Only your last chunk has gradients. Truncation cuts paths, not losses: every chunk goes back from its own.',
      change: {
        own: (dh, t, k, T) => (t < lastChunk(T, k) ? zeros(dh.length) : dh),
      },
      card: 'gradients.truncated',
    },
    {
      id: 'chunks-from-the-end',
      says: 'You count the chunks from the end. They begin at steps 0, k, 2k, …, and it is the last one that may be shorter.',
      change: { detachedBefore: (t, k, T) => (T - t) % k === 0 },
      card: 'gradients.truncated',
    },
    {
      id: 'border-one-late',
      says: 'Your borders are one step late: you detach before steps 1, k + 1, … A chunk begins at t % k === 0.',
      change: { detachedBefore: (t, k) => t % k === 1 },
      card: 'gradients.truncated',
    },
    {
      id: 'border-one-early',
      says: 'Your borders are one step early: you detach before steps k - 1, 2k - 1, … A chunk begins at t % k === 0.',
      change: { detachedBefore: (t, k) => (t + 1) % k === 0 },
      card: 'gradients.truncated',
    },
    {
      id: 'sliding-window',
      says: 'Every loss of yours goes back k steps. That is the sliding kind, k times the backward work; here a loss goes back to the start of its chunk.',
      variant: sliding,
      card: 'gradients.truncated',
    },
    {
      id: 'mean-over-chunks',
      says: 'Your parameter gradients are averages over the chunks. The chunks share the weights, so their parts add up.',
      returns: ({ dWxh, dWhh, dbh, ...rest }, given) => {
        const s = 1 / chunksOf(given.xs.length, given.k);
        return {
          ...rest,
          dWxh: scaleMatrix(dWxh, s),
          dWhh: scaleMatrix(dWhh, s),
          dbh: map(dbh, (v) => s * v),
        };
      },
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'initial-gradient-zero',
      says: 'Your dh0 is zero. h0 went into the first chunk, so what comes back to its start is dh0.',
      returns: (got, given) => ({ ...got, dh0: zeros(given.h0.length) }),
      card: 'rnn.bptt.carry',
    },
    {
      id: 'tanh-derivative-missing',
      says: 'The derivative of tanh is missing: da = dh ⊙ (1 - h²), not dh.',
      change: { slope: (h) => map(h, () => 1) },
      card: 'rnn.bptt.tanh-derivative',
    },
    {
      id: 'recurrent-not-transposed',
      says: 'You carry back W_hh da. Going backward the matrix is transposed: W_hhᵀ da.',
      change: { back: product },
      card: 'rnn.bptt.transpose',
    },
    {
      id: 'cut-by-steps-left',
      says: 'You cut by the number of steps that are left, (T - t) % k. Chunks begin at steps 0, k, 2k, …, counted from the first step.',
      variant: (given) => truncated(given, { detachedBefore: (t, k, T) => (T - t + 1) % k === 0 }),
    },
    {
      id: 'short-chunk-dropped',
      says: 'Your last chunk is left out where it is shorter than k: its losses count too. There are ⌈T / k⌉ chunks.',
      change: {
        own: (dh, t, k, T) => (t < Math.floor(T / k) * k ? dh : zeros(dh.length)),
      },
    },
    {
      id: 'last-steps-only',
      says: 'You go back k steps from the end and stop: the losses before that are lost. Truncation cuts paths, not losses: every chunk goes back from its own.',
      variant: ({ xs, h0, hs, dhs, k, ...weights }) => {
        const from = Math.max(0, xs.length - k);
        const [read, made, losses] = [xs, hs, dhs].map((rows) => rows.slice(from)) as [
          Sequence,
          Sequence,
          Sequence,
        ];
        const start = from === 0 ? h0 : hs[from - 1]!;
        const part = truncated(
          { ...weights, xs: read, h0: start, hs: made, dhs: losses, k },
          { detachedBefore: (t) => (t + from) % k === 0 },
        );
        return { ...part, dxs: [...zeroMatrix(from, xs[0]!.length), ...part.dxs] };
      },
      card: 'gradients.truncated',
    },
    {
      id: 'state-restarted',
      says: 'Your chunks begin with h0. The value of the state goes on, only its gradient is cut: pair da with h_{t-1} of the chunk before.',
      change: ({ h0 }) => ({ before: (hPrev, t, k) => (t % k === 0 ? h0 : hPrev) }),
      card: 'gradients.truncated',
    },
    {
      id: 'border-one-late-but-first',
      says: 'Your borders are one step late: you detach before steps k + 1, 2k + 1, … In a loop that goes down, what is carried is cut before step t takes it where (t + 1) % k === 0.',
      change: { detachedBefore: (t, k) => t > 1 && t % k === 1 },
      card: 'gradients.truncated',
    },
  ],

  hints: [
    'Values run forward through the whole sequence, gradients run back only to the start of the chunk. So one thing changes in BPTT, and it is not the state.',
    'Within a chunk dh_t = own + W_hhᵀ da_{t+1}; at the last step of a chunk the second term is absent. dW_hh, dW_xh and db add up over all chunks.',
    'In the loop of BPTT, before dh is computed: if ((t + 1) % k === 0) carried = zeros(H). hPrev stays hs[t - 1], and dh0 is what is carried after t = 0.',
  ],
  followUps: [
    'How much memory does this need, and why is it less although hs is as long as before?',
    'Is the gradient biased? In which direction does the network then fail to learn?',
    'You train on a stream: what is kept from one chunk to the next, and what is thrown away?',
    'Usual names: an update every k1 steps, going back k2. Here k1 = k2 = k. How large must k2 be for every loss to have at least m steps of credit?',
  ],
});
