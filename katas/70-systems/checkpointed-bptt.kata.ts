import {
  backThroughEngine,
  filledLike,
  integer,
  kata,
  map,
  matrix,
  outer,
  plus,
  plusMatrix,
  product,
  sequence,
  throughEngine,
  times,
  transposedProduct,
  vector,
  vectors,
  zeroMatrix,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';

interface Given {
  xs: Sequence;
  h0: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
  dhs: Sequence;
  k: number;
}

interface Answer {
  dxs: Sequence;
  dh0: Vector;
  dWxh: Matrix;
  dWhh: Matrix;
  dbh: Vector;
  checkpoints: Vector[];
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What is kept of the states hs, h_0 first, in segments of k of the T steps. */
  kept: (states: Sequence, k: number, T: number): Vector[] =>
    states.filter((_, t) => t > 0 && t < T && t % k === 0),
  /** The state that a segment is computed again from. */
  restart: (checkpoint: Vector, _h0: Vector): Vector => checkpoint,
  /** The bias of the second forward pass. */
  biasAgain: (bh: Vector): Vector => bh,
  /** What goes on from a segment to the one before it. */
  across: (carried: Vector): Vector => carried,
  /** The sum of the weight gradients so far, and a segment's part. */
  joined: (sum: Matrix, part: Matrix): Matrix => plusMatrix(sum, part),
  /** The order in which the segments are visited. */
  order: (n: number): number[] => Array.from({ length: n }, (_, m) => n - 1 - m),
  back: (Whh: Matrix, da: Vector): Vector => transposedProduct(Whh, da),
};

/** Checkpointed BPTT as a learner would write it. */
function checkpointed(
  { xs, h0, Wxh, Whh, bh, dhs, k }: Given,
  change: Partial<typeof right> = {},
): Answer {
  const { kept, restart, biasAgain, across, joined, order, back } = { ...right, ...change };
  const T = xs.length;
  const run = (start: Vector, inputs: Sequence, bias: Vector): Sequence => {
    const states = [start];
    for (const x of inputs) {
      const a = plus(plus(product(Whh, states.at(-1)!), product(Wxh, x)), bias);
      states.push(map(a, Math.tanh));
    }
    return states;
  };
  const checkpoints = kept(run(h0, xs, bh), k, T);
  const dxs: Sequence = zeroMatrix(T, xs[0]!.length);
  let [dWxh, dWhh, dbh] = [filledLike(Wxh, 0), filledLike(Whh, 0), zeros(h0.length)];
  let carried = zeros(h0.length);
  for (const m of order(Math.ceil(T / k))) {
    const [from, to] = [m * k, Math.min((m + 1) * k, T)];
    const start = m === 0 ? h0 : restart(checkpoints[m - 1] ?? h0, h0);
    const hs = run(start, xs.slice(from, to), biasAgain(bh));
    let [partWxh, partWhh] = [filledLike(Wxh, 0), filledLike(Whh, 0)];
    for (let t = to - 1; t >= from; t--) {
      const slope = map(hs[t - from + 1]!, (h) => 1 - h * h);
      const da = times(plus(dhs[t]!, carried), slope);
      dxs[t] = transposedProduct(Wxh, da);
      partWxh = plusMatrix(partWxh, outer(da, xs[t]!));
      partWhh = plusMatrix(partWhh, outer(da, hs[t - from]!));
      dbh = plus(dbh, da);
      carried = back(Whh, da);
    }
    dWxh = joined(dWxh, partWxh);
    dWhh = joined(dWhh, partWhh);
    if (m > 0) carried = across(carried);
  }
  return { dxs, dh0: carried, dWxh, dWhh, dbh, checkpoints };
}

const nothing = (v: Vector): Vector => zeros(v.length);

export default kata('checkpointed-bptt', {
  topic: '70-systems',
  title: 'BPTT with checkpoints',
  level: 3,
  minutes: 30,
  equations: [
    'rnn.hidden',
    'rnn.backward.preactivation',
    'rnn.backward.hidden-previous',
    'rnn.backward.input',
  ],
  inputs: {
    xs: sequence('D'),
    h0: vector('H'),
    Wxh: matrix('H', 'D'),
    Whh: matrix('H', 'H'),
    bh: vector('H'),
    dhs: sequence('H'),
    k: integer(2, 3),
  },
  outputs: {
    dxs: sequence('D'),
    dh0: vector('H'),
    dWxh: matrix('H', 'D'),
    dWhh: matrix('H', 'H'),
    dbh: vector('H'),
    checkpoints: vectors,
  },

  edges: {
    'k = 1': (given) => ({ ...given, k: 1 }),
    'k = T': (given) => ({ ...given, k: given.xs.length }),
    'k = T + 1': (given) => ({ ...given, k: given.xs.length + 1 }),
  },

  // Full BPTT: checkpoints change what is kept, and no number.
  reference: ({ xs, h0, Wxh, Whh, bh, dhs, k }) => {
    const forward = { xs, h0, parameters: { Wxh, Whh, bh } };
    const hs = throughEngine('rnn', forward).h!;
    const d = backThroughEngine('rnn', forward, { dhs });
    return {
      dxs: d.x as Sequence,
      dh0: d.h0 as Vector,
      dWxh: d.Wxh as Matrix,
      dWhh: d.Whh as Matrix,
      dbh: d.bh as Vector,
      checkpoints: hs.slice(0, -1).filter((_, t) => (t + 1) % k === 0),
    };
  },

  /** The last step, computed again and then back. */
  backward: {
    of: 'rnn',
    upstream: ['dhs'],
    steps: ({ xs, h0, Wxh, Whh, bh, dhs }) => {
      const hs = throughEngine('rnn', { xs, h0, parameters: { Wxh, Whh, bh } }).h!;
      return xs.map((x, t) => ({
        x,
        hPrev: hs[t - 1] ?? h0,
        h: hs[t]!,
        dh: dhs[t]!,
        Wxh,
        Whh,
        bh,
      }));
    },
    carries: { dhPrev: 'dh' },
  },

  laws: [
    {
      name: 'nothing is truncated: the last loss reaches the first input and h0',
      change: (given) => ({
        ...given,
        dhs: given.dhs.map((dh, t) => (t < given.dhs.length - 1 ? nothing(dh) : dh)),
      }),
      holds: (_, { dxs, dh0 }) => [dxs[0]!, dh0].every((d) => d.some((v) => v !== 0)),
    },
    {
      name: 'the forward pass keeps one state for each segment after the first',
      change: (given) => given,
      holds: ({ xs, k }, { checkpoints }) => checkpoints.length === Math.ceil(xs.length / k) - 1,
    },
    {
      name: 'one segment as long as the sequence keeps nothing',
      change: (given) => ({ ...given, k: given.xs.length }),
      holds: (_, { checkpoints }) => checkpoints.length === 0,
    },
  ],

  attempt: checkpointed,

  mistakes: [
    {
      id: 'everything-kept',
      says: 'You keep every state, so no memory is saved. Keep one in k, and compute the others again.',
      variant: (given) => ({
        ...checkpointed(given),
        checkpoints: checkpointed({ ...given, k: 1 }).checkpoints,
      }),
      card: 'systems.checkpoint.price',
    },
    {
      id: 'initial-state-kept',
      says: 'Your checkpoints begin with h0. That one is an input and need not be kept: begin with the state after k steps.',
      returns: ({ checkpoints, ...gradients }, given) => ({
        ...gradients,
        checkpoints: [given.h0.slice(), ...checkpoints],
      }),
    },
    {
      id: 'truncated-at-checkpoints',
      says: 'You carry nothing from a segment to the one before it. That is truncated BPTT; with checkpoints the gradient goes on.',
      change: { across: nothing },
      card: 'gradients.truncated',
    },
    {
      id: 'restart-from-zero',
      says: 'Your segments are computed again from a state of zeros. They begin with their checkpoint.',
      change: { restart: nothing },
      card: 'systems.checkpoint.price',
    },
    {
      id: 'restart-from-initial-state',
      says: 'Your segments are all computed again from h0. Segment m begins with the state after m k steps.',
      change: { restart: (_, h0) => h0 },
      card: 'systems.checkpoint.price',
    },
    {
      id: 'checkpoint-one-late',
      says: 'Your checkpoints are the states after k + 1, 2k + 1, … steps. A segment begins with the state before its first step: after k, 2k, …',
      change: {
        kept: (states, k, T) => states.filter((_, t) => t > 1 && t <= T && (t - 1) % k === 0),
      },
    },
    {
      id: 'bias-forgotten-again',
      says: 'Your second forward pass leaves out the bias, so its states are other states. Both passes are the same function.',
      change: { biasAgain: nothing },
    },
    {
      id: 'segments-first-to-last',
      says: 'You take the segments from the first to the last. What is carried comes from the later ones: begin with the last.',
      change: { order: (n) => Array.from({ length: n }, (_, m) => m) },
      card: 'rnn.bptt.carry',
    },
    {
      id: 'short-segment-dropped',
      says: 'You lose the last segment when it is shorter than k. There are ⌈T / k⌉ segments, the last from ⌊(T - 1) / k⌋ k to T.',
      change: (given) => ({
        order: (n) => right.order(given.xs.length % given.k === 0 ? n : n - 1),
      }),
    },
    {
      id: 'overwritten-by-segments',
      says: 'Your weight gradients hold one segment only, the first: you write = where += belongs.',
      change: { joined: (_, part) => part },
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'initial-gradient-zero',
      says: 'Your dh0 is zero. It is what comes back to the start of the first segment.',
      returns: (got, given) => ({ ...got, dh0: nothing(given.h0) }),
      card: 'rnn.bptt.carry',
    },
    {
      id: 'recurrent-not-transposed',
      says: 'You carry back W_hh da. Going backward the matrix is transposed: W_hhᵀ da.',
      change: { back: product },
      card: 'rnn.bptt.transpose',
    },
    {
      id: 'final-state-kept',
      says: 'Where k divides T you keep the final state too. No segment begins with it.',
      change: { kept: (states, k) => states.filter((_, t) => t > 0 && t % k === 0) },
    },
    {
      id: 'checkpoint-one-early',
      says: 'Your checkpoints are the states after k - 1, 2k - 1, … steps. A segment begins with the state before its first step: after k, 2k, …',
      change: {
        kept: (states, k, T) => states.filter((_, t) => t > 0 && (t + 1) % k === 0 && t + 1 < T),
      },
    },
  ],

  hints: [
    'Backward needs the states in reverse, but not all at once. What you did not keep you can compute again from the last state that you did keep.',
    'Two forward passes and one backward: keep h_k, h_2k, …; then for each segment, last first, run h = tanh(W_hh h₋ + W_xh x + b_h) again over its k steps and do BPTT through them, with carried going on across the border.',
    'for (let m = checkpoints.length; m >= 0; m--): start = m * k, end = Math.min(start + k, T), hs = [m === 0 ? h0 : checkpoints[m - 1]] and push the states of the segment; then t from end - 1 down to start, with hPrev = hs[t - start] and h = hs[t - start + 1].',
  ],
  followUps: [
    'For which k is the memory smallest, how large is it then, and what is the price in time?',
    'Why is this exact, and truncated BPTT is not?',
    'Which results of an LSTM step would you keep and which compute again?',
    'What goes wrong with dropout here?',
  ],
});
