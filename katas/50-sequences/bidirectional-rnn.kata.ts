import { Arena, bidirectional, cells, createParameters } from 'bptt';
import {
  close,
  concat,
  integer,
  kata,
  map,
  matrix,
  plus,
  product,
  sequence,
  transposedProduct,
  vector,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Values, Vector } from 'bptt/define';

interface Weights {
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
}

interface Given {
  xs: Sequence;
  length: number;
  WxhForward: Matrix;
  WhhForward: Matrix;
  bhForward: Vector;
  WxhBackward: Matrix;
  WhhBackward: Matrix;
  bhBackward: Vector;
}

const forwardWeights = ({ WxhForward: Wxh, WhhForward: Whh, bhForward: bh }: Given): Weights => ({
  Wxh,
  Whh,
  bh,
});
const backwardWeights = ({
  WxhBackward: Wxh,
  WhhBackward: Whh,
  bhBackward: bh,
}: Given): Weights => ({ Wxh, Whh, bh });

const reversed = (xs: Sequence): Sequence => [...xs].reverse();

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The weights of each direction. */
  forwardWeights,
  backwardWeights,
  /** What the forward and the backward cell read, each in its own order. */
  forwardReads: (xs: Sequence, length: number): Sequence => xs.slice(0, length),
  backwardReads: (xs: Sequence, length: number): Sequence => reversed(xs.slice(0, length)),
  /** The state with which the backward cell begins, given the forward states. */
  backwardStart: (fromLeft: Sequence): Vector => zeros(fromLeft[0]!.length),
  /** The backward states, in the order of reading, put where they belong in time. */
  inTime: reversed,
  recurrent: product,
  squash: Math.tanh,
  joined: (left: Vector, right: Vector): Vector => concat(left, right),
};

/** The layer as a learner would write it. */
function layer(given: Given, change: Partial<typeof right> = {}): { hs: Sequence } {
  const at = { ...right, ...change };
  const { xs, length } = given;
  const none = zeros(given.bhForward.length);
  const pass = (own: Sequence, { Wxh, Whh, bh }: Weights, start: Vector): Sequence => {
    let h = start;
    return own.map(
      (x) => (h = map(plus(plus(at.recurrent(Whh, h), product(Wxh, x)), bh), at.squash)),
    );
  };
  const fromLeft = pass(at.forwardReads(xs, length), at.forwardWeights(given), none);
  const start = at.backwardStart(fromLeft);
  const fromRight = at.inTime(pass(at.backwardReads(xs, length), at.backwardWeights(given), start));
  return {
    hs: xs.map((_, t) =>
      t < fromLeft.length ? at.joined(fromLeft[t]!, fromRight[t] ?? none) : concat(none, none),
    ),
  };
}

const beyond = (hs: Sequence, length: number): Sequence =>
  hs.map((h, t) => (t < length ? h : zeros(h.length)));
const halves = (h: Vector): [Vector, Vector] => [h.slice(0, h.length / 2), h.slice(h.length / 2)];

export default kata('bidirectional-rnn', {
  topic: '50-sequences',
  title: 'A bidirectional layer with padding',
  level: 2,
  minutes: 15,
  equations: ['rnn.hidden', 'bidirectional.hidden'],
  inputs: {
    xs: sequence('D'),
    length: integer(1, 'T'),
    WxhForward: matrix('H', 'D'),
    WhhForward: matrix('H', 'H'),
    bhForward: vector('H'),
    WxhBackward: matrix('H', 'D'),
    WhhBackward: matrix('H', 'H'),
    bhBackward: vector('H'),
  },
  outputs: { hs: sequence('2H') },

  edges: {
    'length = 1': (given) => ({ ...given, length: 1 }),
    'length = T': (given) => ({ ...given, length: given.xs.length }),
  },
  reference: (given) => {
    const { xs, length } = given;
    const arena = new Arena();
    const dims = { T: xs.length, B: 1, D: xs[0]!.length, H: given.bhForward.length, O: 0 };
    const own = ({ Wxh, Whh, bh }: Weights) => {
      const parameters = createParameters(arena, cells.rnn, dims);
      parameters.Wxh!.set(Wxh.flatMap((row) => [...row]));
      parameters.Whh!.set(Whh.flatMap((row) => [...row]));
      parameters.bh!.set(bh);
      return parameters;
    };
    const both = { forward: own(forwardWeights(given)), backward: own(backwardWeights(given)) };
    const x = Float64Array.from(xs.flatMap((row) => [...row]));
    const { h } = bidirectional(arena, cells.rnn, dims, both, { x, lengths: [length] });
    return { hs: xs.map((_, t) => h.slice(t * 2 * dims.H, (t + 1) * 2 * dims.H)) };
  },

  /** The steps of the forward cell, each with both states as they are joined; past the end those are zero. */
  forward: {
    steps: (given, through) => {
      const none = zeros(given.bhForward.length);
      const step = (w: Weights, x: Vector): Values => ({ ...w, x, hPrev: none });
      const states = (w: Weights, xs: Sequence) =>
        through(xs.map((x) => step(w, x))).map((own) => own('h'));
      const real = given.xs.slice(0, given.length);
      const fromLeft = states(forwardWeights(given), real);
      const fromRight = states(backwardWeights(given), reversed(real)).reverse();
      return given.xs.map((x, t) => ({
        ...step(forwardWeights(given), x),
        ...{ hForward: fromLeft[t] ?? none, hBackward: fromRight[t] ?? none },
      }));
    },
    carries: { h: 'hPrev' },
    names: { hs: 'hBoth' },
  },

  laws: [
    {
      name: 'what stands in the padding does not matter, and past the end h is zero',
      change: (given) => ({
        ...given,
        xs: given.xs.map((x, t) => (t < given.length ? x : map(x, (v) => 3 - 2 * v))),
      }),
      holds: (given, { hs }) => {
        const bare = { ...given, xs: beyond(given.xs, given.length) };
        const want = layer(bare).hs;
        return hs.every((h, t) =>
          t < given.length ? close(h, want[t]!) : h.every((v) => v === 0),
        );
      },
    },
    {
      name: 'with one set of weights the layer is its own mirror image: read backwards, the halves change places',
      change: (given) => ({
        ...given,
        length: given.xs.length,
        xs: given.xs.map((x, t) => plus(x, given.xs[given.xs.length - 1 - t]!)),
        WxhBackward: given.WxhForward,
        WhhBackward: given.WhhForward,
        bhBackward: given.bhForward,
      }),
      holds: (_, { hs }) =>
        hs.every((h, t) => {
          const [left, right] = halves(h);
          const [mirroredLeft, mirroredRight] = halves(hs[hs.length - 1 - t]!);
          return close(left, mirroredRight) && close(right, mirroredLeft);
        }),
    },
    {
      name: 'the forward half knows no future: nothing moves it before the first input',
      change: (given) => ({
        ...given,
        length: given.xs.length,
        xs: given.xs.map((x, t) => (t === given.xs.length - 1 ? x : zeros(x.length))),
        bhForward: zeros(given.bhForward.length),
      }),
      holds: (_, { hs }) => hs.slice(0, -1).every((h) => halves(h)[0].every((v) => v === 0)),
    },
  ],

  attempt: layer,

  mistakes: [
    {
      id: 'backward-starts-in-padding',
      says: 'Your backward cell starts at the end of the padding, so it has read padding before the first real input. It starts at length - 1.',
      change: { forwardReads: (xs) => xs, backwardReads: reversed },
      returns: ({ hs }, { length }) => ({ hs: beyond(hs, length) }),
      card: 'sequences.bidirectional.padding',
    },
    {
      id: 'length-ignored',
      says: 'You do not use length at all: both cells read the padding, and hs goes on past the end.',
      reads: (given) => ({ ...given, length: given.xs.length }),
      card: 'sequences.bidirectional.padding',
    },
    {
      id: 'forward-runs-on',
      says: 'Your forward half goes on past the end of the sequence. Rows from length on are zero.',
      change: { forwardReads: (xs) => xs },
      card: 'rnn.padding',
    },
    {
      id: 'frozen-past-the-end',
      says: 'Past the end you repeat the last row. That is right for the final state, but the outputs past the end are zero.',
      returns: ({ hs }, given) => ({
        hs: hs.map((h, t) => (t < given.length ? h : hs[given.length - 1]!.slice())),
      }),
      card: 'rnn.padding',
    },
    {
      id: 'backward-in-reading-order',
      says: 'Your backward states are in the order of reading: hs[0] has the state after the last input. Turn them round, so that both halves of hs[t] are about xs[t].',
      change: { inTime: (states) => states },
      card: 'sequences.bidirectional.summary',
    },
    {
      id: 'backward-not-reversed',
      says: 'Your backward cell reads from left to right like the other. It reads xs[length - 1] first.',
      change: { backwardReads: (xs, n) => xs.slice(0, n), inTime: (states) => states },
    },
    {
      id: 'one-set-of-weights',
      says: 'Both of your directions use the forward weights. They are two cells, each with its own.',
      change: { backwardWeights: forwardWeights },
      card: 'sequences.bidirectional.parameters',
    },
    {
      id: 'weights-swapped',
      says: 'Your two directions have each other’s weights.',
      change: { forwardWeights: backwardWeights, backwardWeights: forwardWeights },
    },
    {
      id: 'halves-swapped',
      says: 'Your halves are [h← ; h→]. The forward state comes first.',
      change: { joined: (left, right) => concat(right, left) },
    },
    {
      id: 'backward-continues-forward',
      says: 'Your backward cell begins with the forward cell’s last state. The two passes do not know of each other: both begin with zeros.',
      change: { backwardStart: (fromLeft) => fromLeft[fromLeft.length - 1]! },
    },
    {
      id: 'backward-without-own-step',
      says: 'The backward half of your hs[t] is the state before xs[t] was read. Both halves have read xs[t].',
      change: {
        inTime: (states) => [...reversed(states).slice(1), zeros(states[0]!.length)],
      },
    },
    {
      id: 'summary-everywhere',
      says: 'The backward half of every row of yours is the last backward state. hs[t] takes the one after xs[t] was read.',
      change: { inTime: (states) => states.map(() => states[states.length - 1]!) },
      card: 'sequences.bidirectional.summary',
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
  ],

  hints: [
    'Two ordinary passes that do not know of each other. All the care goes into where the second one starts, and into which of its states belongs to step t.',
    'h→_t = tanh(W_hh h→_{t-1} + W_xh x_t + b_h) for t = 1 … L; h←_t the same from h←_{t+1}, for t = L … 1; h_t = [h→_t ; h←_t].',
    'Cut first: real = xs.slice(0, length). Run the backward cell on a reversed copy of real, and reverse its states again.',
    'hs[t] = t < length ? concat(forward[t], backward[t]) : zeros(2 * H).',
  ],
  followUps: [
    'For a classifier you need one vector. Which two states have read the whole sequence, and where do they stand in hs?',
    'Why can such a layer not be used in a model that predicts the next word, or on a live stream?',
    'What does dx_t collect in the backward pass?',
    'A whole batch with different lengths: how do you reverse each sequence within its own length without a loop over the batch?',
  ],
});
