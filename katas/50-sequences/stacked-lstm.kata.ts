import { Arena, cells, createParameters, stacked } from 'bptt';
import {
  close,
  concat,
  filledLike,
  kata,
  map,
  matrix,
  plus,
  product,
  sequence,
  sigmoid,
  times,
  vector,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Values, Vector } from 'bptt/define';

type Given = { xs: Sequence } & Record<
  'Wf1' | 'Wi1' | 'Wc1' | 'Wo1' | 'Wf2' | 'Wi2' | 'Wc2' | 'Wo2',
  Matrix
> &
  Record<'bf1' | 'bi1' | 'bc1' | 'bo1' | 'bf2' | 'bi2' | 'bc2' | 'bo2', Vector>;

type Got = { hs: Sequence } & Record<'h1' | 'c1' | 'h2' | 'c2', Vector>;

/** One layer's own weights and biases. */
type Block = Record<'Wf' | 'Wi' | 'Wc' | 'Wo', Matrix> & Record<'bf' | 'bi' | 'bc' | 'bo', Vector>;

interface States {
  h: Vector;
  c: Vector;
}

const lower = ({ Wf1, Wi1, Wc1, Wo1, bf1, bi1, bc1, bo1 }: Given): Block => ({
  ...{ Wf: Wf1, Wi: Wi1, Wc: Wc1, Wo: Wo1 },
  ...{ bf: bf1, bi: bi1, bc: bc1, bo: bo1 },
});
const upper = ({ Wf2, Wi2, Wc2, Wo2, bf2, bi2, bc2, bo2 }: Given): Block => ({
  ...{ Wf: Wf2, Wi: Wi2, Wc: Wc2, Wo: Wo2 },
  ...{ bf: bf2, bi: bi2, bc: bc2, bo: bo2 },
});

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What goes up from layer 1, given its states at all steps: the inputs of layer 2. */
  goesUp: (below: States[]): Sequence => below.map(({ h }) => h),
  /** The states with which layer 2 begins. */
  upperStart: (_below: States[], none: States): States => none,
  /** The states from which a step of layer 2 starts: its own, not those of layer 1 at this step. */
  upperBefore: (own: States, _below: States): States => own,
  /** What the blocks of layer 2 read. */
  upperJoined: (h: Vector, x: Vector): Vector => concat(h, x),
  /** What the output gate weighs, in both layers. */
  squash: (c: Vector): Vector => map(c, Math.tanh),
  /** The h of the whole stack at one step. */
  top: (above: Vector, _below: Vector): Vector => above,
};

const zeroStates = (H: number): States => ({ h: zeros(H), c: zeros(H) });

/** One step of one layer. */
function step(w: Block, hx: Vector, cPrev: Vector, squash = right.squash): States {
  const f = map(plus(product(w.Wf, hx), w.bf), sigmoid);
  const i = map(plus(product(w.Wi, hx), w.bi), sigmoid);
  const cTilde = map(plus(product(w.Wc, hx), w.bc), Math.tanh);
  const o = map(plus(product(w.Wo, hx), w.bo), sigmoid);
  const c = plus(times(f, cPrev), times(i, cTilde));
  return { h: times(o, squash(c)), c };
}

/** The states of one layer at all steps. */
const layer = (w: Block, xs: Sequence, start: States, squash = right.squash): States[] => {
  let states = start;
  return xs.map((x) => (states = step(w, concat(states.h, x), states.c, squash)));
};

/** The stack as a learner would write it. */
function stack(given: Given, change: Partial<typeof right> = {}): Got {
  const at = { ...right, ...change };
  const none = zeroStates(given.bf1.length);
  const below = layer(lower(given), given.xs, none, at.squash);
  let states = at.upperStart(below, none);
  const above = at.goesUp(below).map((x, t) => {
    const { h, c } = at.upperBefore(states, below[t]!);
    return (states = step(upper(given), at.upperJoined(h, x), c, at.squash));
  });
  const [last1, last2] = [below.at(-1)!, above.at(-1)!];
  return {
    hs: above.map(({ h }, t) => at.top(h, below[t]!.h).slice()),
    h1: last1.h.slice(),
    c1: last1.c.slice(),
    h2: last2.h.slice(),
    c2: last2.c.slice(),
  };
}

const filled = (v: Vector, value: number): Vector => map(v, () => value);

/** Layer 2 sees nothing: each of its gates is what its bias makes it. */
const upperBlind = (given: Given): Given => ({
  ...given,
  Wf2: filledLike(given.Wf2, 0),
  Wi2: filledLike(given.Wi2, 0),
  Wc2: filledLike(given.Wc2, 0),
  Wo2: filledLike(given.Wo2, 0),
});

export default kata('stacked-lstm', {
  topic: '50-sequences',
  title: 'Two LSTM layers',
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
    xs: sequence('D'),
    Wf1: matrix('H', 'H+D'),
    Wi1: matrix('H', 'H+D'),
    Wc1: matrix('H', 'H+D'),
    Wo1: matrix('H', 'H+D'),
    bf1: vector('H'),
    bi1: vector('H'),
    bc1: vector('H'),
    bo1: vector('H'),
    Wf2: matrix('H', '2H'),
    Wi2: matrix('H', '2H'),
    Wc2: matrix('H', '2H'),
    Wo2: matrix('H', '2H'),
    bf2: vector('H'),
    bi2: vector('H'),
    bc2: vector('H'),
    bo2: vector('H'),
  },
  outputs: {
    hs: sequence('H'),
    h1: vector('H'),
    c1: vector('H'),
    h2: vector('H'),
    c2: vector('H'),
  },

  reference: (given) => {
    const { xs } = given;
    const arena = new Arena();
    const dims = { T: xs.length, B: 1, D: xs[0]!.length };
    const H = given.bf1.length;
    const layers = [lower(given), upper(given)].map((block, l) => {
      const parameters = createParameters(arena, cells.lstm, {
        ...dims,
        D: l === 0 ? dims.D : H,
        H,
      });
      for (const [name, value] of Object.entries(block))
        parameters[name]!.set(
          value instanceof Float64Array ? value : value.flatMap((row) => [...row]),
        );
      return { cell: cells.lstm, H, parameters };
    });
    const x = Float64Array.from(xs.flatMap((row) => [...row]));
    const { h, finals } = stacked(arena, layers, dims, { x });
    return {
      hs: xs.map((_, t) => h.slice(t * H, (t + 1) * H)),
      h1: finals[0]!.hT!,
      c1: finals[0]!.cT!,
      h2: finals[1]!.hT!,
      c2: finals[1]!.cT!,
    };
  },

  /** The steps of layer 2: their x is the h of layer 1. */
  forward: {
    steps: (given, through) => {
      const none = zeros(given.bf1.length);
      const step = (w: Block, x: Vector): Values => ({ ...w, x, hPrev: none, cPrev: none });
      const below = through(given.xs.map((x) => step(lower(given), x)));
      return below.map((own) => step(upper(given), own('h') as Vector));
    },
    carries: { h: 'hPrev', c: 'cPrev' },
    names: { h2: 'h', c2: 'c' },
  },

  laws: [
    {
      name: 'a blind layer 2 knows nothing of xs: with i = c̃ = f = 1 its cell counts the steps',
      change: (given) => ({
        ...upperBlind(given),
        bf2: filled(given.bf2, 60),
        bi2: filled(given.bi2, 60),
        bc2: filled(given.bc2, 60),
      }),
      holds: ({ xs, bo2 }, { hs, c2 }) =>
        close(c2, filled(c2, xs.length)) &&
        hs.every((h, t) =>
          close(
            h,
            map(bo2, (b) => sigmoid(b) * Math.tanh(t + 1)),
          ),
        ),
    },
    {
      name: 'the last row of hs is h2',
      change: (given) => given,
      holds: (_, { hs, h2 }) => close(hs.at(-1)!, h2),
    },
    {
      name: 'only h goes up: with the output gate of layer 1 shut, layer 2 sees zeros, whatever its cell holds',
      change: (given) => ({
        ...given,
        Wo1: filledLike(given.Wo1, 0),
        bo1: filled(given.bo1, -800),
      }),
      holds: (given, { hs }) => {
        const none = zeros(given.bf1.length);
        let states: States = { h: none, c: none };
        return hs.every((h) => {
          states = step(upper(given), concat(states.h, none), states.c);
          return close(h, states.h);
        });
      },
    },
  ],

  attempt: stack,

  mistakes: [
    {
      id: 'cell-goes-up',
      says: 'Layer 2 of yours reads the cell c of layer 1. The cell stays in its layer; what goes up is h.',
      change: { goesUp: (below) => below.map(({ c }) => c) },
      card: 'sequences.stacked.input',
    },
    {
      id: 'one-step-late',
      says: 'Layer 2 of yours reads the h of layer 1 from the step before. It reads the one of the same step.',
      change: (given) => ({
        goesUp: (below) => below.map((_, t) => below[t - 1]?.h ?? zeros(given.bf1.length)),
      }),
      card: 'sequences.stacked.input',
    },
    {
      id: 'last-state-goes-up',
      says: 'Layer 2 of yours reads the last h of layer 1 at every step. It reads the whole sequence of them, step by step.',
      change: { goesUp: (below) => below.map(() => below.at(-1)!.h) },
      card: 'sequences.stacked.input',
    },
    {
      id: 'squashed-between-layers',
      says: 'You put another tanh between the layers. The h of layer 1 goes up as it is.',
      change: { goesUp: (below) => below.map(({ h }) => map(h, Math.tanh)) },
      card: 'sequences.stacked.input',
    },
    {
      id: 'read-backwards',
      says: 'Layer 2 of yours reads layer 1 from the last step to the first. Both layers go the same way.',
      change: { goesUp: (below) => below.map(({ h }) => h).reverse() },
    },
    {
      id: 'begins-with-final-states',
      says: 'Layer 2 of yours begins with the final states of layer 1, as a decoder would. It begins with zeros, like layer 1.',
      change: { upperStart: (below) => below.at(-1)! },
    },
    {
      id: 'states-shared',
      says: 'Your layers share one h and one c: a step of layer 2 starts from what layer 1 has just left. Each layer has states of its own.',
      change: { upperBefore: (_, below) => below },
    },
    {
      id: 'cell-shared',
      says: 'Your layers share one cell: layer 2 edits the c of layer 1. Each layer has its own.',
      change: { upperBefore: ({ h }, below) => ({ h, c: below.c }) },
    },
    {
      id: 'input-before-hidden',
      says: 'Layer 2 of yours joins [x, h₋]. Both are H long, so no shape complains; its columns meet its own h₋ first.',
      change: { upperJoined: (h, x) => concat(x, h) },
    },
    {
      id: 'upper-cell-not-carried',
      says: 'Every step of your layer 2 starts from an empty cell: its c is not handed on.',
      change: { upperBefore: ({ h, c }) => ({ h, c: zeros(c.length) }) },
      card: 'lstm.cell.carry',
    },
    {
      id: 'upper-hidden-not-carried',
      says: 'Every step of your layer 2 sees h₋ = 0: its h is not handed on.',
      change: { upperBefore: ({ h, c }) => ({ h: zeros(h.length), c }) },
      card: 'rnn.step.recurrence',
    },
    {
      id: 'lower-returned',
      says: 'Your hs is the h of layer 1. The output of a stack is that of its highest layer.',
      change: { top: (_, below) => below },
    },
    {
      id: 'layers-added',
      says: 'Your hs is the sum of both layers. That is a skip connection: good in deep stacks, not asked for here.',
      change: { top: plus },
    },
    {
      id: 'finals-swapped',
      says: 'Your final states have the layers swapped: h1, c1 belong to the layer that reads xs.',
      returns: ({ hs, h1, c1, h2, c2 }) => ({ hs, h1: h2, c1: c2, h2: h1, c2: c1 }),
    },
    {
      id: 'hidden-and-cell-swapped',
      says: 'Your final states have h and c swapped.',
      returns: ({ hs, h1, c1, h2, c2 }) => ({ hs, h1: c1, c1: h1, h2: c2, c2: h2 }),
      card: 'lstm.which-state',
    },
    {
      id: 'input-before-hidden-everywhere',
      says: 'Both of your layers read [x, h₋]. Here the columns of W meet h₋ first: [h₋, x].',
      variant: (given) => {
        const blocks = (of: (given: Given) => Block, cut: number): Block => {
          const w = of(given);
          const turned = (W: Matrix): Matrix =>
            W.map((row) => Float64Array.of(...row.slice(cut), ...row.slice(0, cut)));
          return { ...w, Wf: turned(w.Wf), Wi: turned(w.Wi), Wc: turned(w.Wc), Wo: turned(w.Wo) };
        };
        const [low, high] = [blocks(lower, given.xs[0]!.length), blocks(upper, given.bf1.length)];
        return stack({
          ...given,
          ...{ Wf1: low.Wf, Wi1: low.Wi, Wc1: low.Wc, Wo1: low.Wo },
          ...{ Wf2: high.Wf, Wi2: high.Wi, Wc2: high.Wc, Wo2: high.Wo },
        });
      },
    },
    {
      id: 'forget-and-input-swapped',
      says: 'Both of your layers have the forget and input gates swapped: W_f, b_f feed i, and W_i, b_i feed f.',
      reads: (given) => ({
        ...given,
        ...{ Wf1: given.Wi1, bf1: given.bi1, Wi1: given.Wf1, bi1: given.bf1 },
        ...{ Wf2: given.Wi2, bf2: given.bi2, Wi2: given.Wf2, bi2: given.bf2 },
      }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'lower-biases-twice',
      says: 'Layer 2 of yours uses the biases of layer 1. Each layer has its own.',
      reads: (given) => ({
        ...given,
        ...{ bf2: given.bf1, bi2: given.bi1, bc2: given.bc1, bo2: given.bo1 },
      }),
    },
    {
      id: 'hidden-without-tanh',
      says: 'Your h is o ⊙ c in both layers. The cell is unbounded, so it passes through tanh first: h = o ⊙ tanh(c).',
      change: { squash: (c) => c },
      card: 'lstm.hidden.tanh',
    },
  ],

  hints: [
    'A layer is a function from a sequence to a sequence. Write it once, with its weights as arguments, and call it twice.',
    'h¹_t, c¹_t = LSTM₁(x_t, h¹_{t-1}, c¹_{t-1}); h²_t, c²_t = LSTM₂(h¹_t, h²_{t-1}, c²_{t-1}). Only h¹ goes up.',
    'const lower = layer(xs, W1, b1), upper = layer(lower.hs, W2, b2); return { hs: upper.hs, h1: lower.h, c1: lower.c, h2: upper.h, c2: upper.c }, with copies where hs already holds the array.',
  ],
  followUps: [
    'How many parameters has each layer, and why is the first one different?',
    'Step (layer 2, t) needs (layer 1, t) and (layer 2, t-1). How many of the 2T steps can run at the same time?',
    'Where do you put dropout in a stack, and why not on the way from h_{t-1} to h_t?',
    'Can a stack stream? And a stack of bidirectional layers?',
  ],
});
