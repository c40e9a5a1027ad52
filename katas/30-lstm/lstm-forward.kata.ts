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
  throughEngine,
  times,
  vector,
  zeros,
  zip,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';

interface Given {
  xs: Sequence;
  h0: Vector;
  c0: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
}

interface States {
  h: Vector;
  c: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  candidate: Math.tanh,
  shown: (o: Vector, c: Vector): Vector => times(o, map(c, Math.tanh)),
  /** The input that step t reads. */
  read: (xs: Sequence, t: number): Vector => xs[t]!,
  /** The states that the next step starts from, given those after this step and those before it. */
  carry: (after: States, _before: States): States => after,
};

/** The whole sequence as a learner would write it. */
function run(given: Given, change: Partial<typeof right> = {}): { hs: Sequence; cs: Sequence } {
  const { candidate, shown, read, carry } = { ...right, ...change };
  const { xs, Wf, Wi, Wc, Wo, bf, bi, bc, bo } = given;
  const [hs, cs]: [Sequence, Sequence] = [[], []];
  let before: States = { h: given.h0, c: given.c0 };
  for (const t of xs.keys()) {
    const hx = concat(before.h, read(xs, t));
    const f = map(plus(product(Wf, hx), bf), sigmoid);
    const i = map(plus(product(Wi, hx), bi), sigmoid);
    const cTilde = map(plus(product(Wc, hx), bc), candidate);
    const o = map(plus(product(Wo, hx), bo), sigmoid);
    const c = plus(times(f, before.c), times(i, cTilde));
    const h = shown(o, c);
    hs.push(h);
    cs.push(c);
    before = carry({ h, c }, before);
  }
  return { hs, cs };
}

/** Gates and candidate that see nothing: each is what its bias makes it. */
const blind = (given: Given): Given => ({
  ...given,
  Wf: filledLike(given.Wf, 0),
  Wi: filledLike(given.Wi, 0),
  Wc: filledLike(given.Wc, 0),
  Wo: filledLike(given.Wo, 0),
});

export default kata('lstm-forward', {
  topic: '30-lstm',
  title: 'An LSTM over a sequence',
  level: 2,
  minutes: 12,
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
    h0: vector('H'),
    c0: vector('H'),
    Wf: matrix('H', 'H+D'),
    Wi: matrix('H', 'H+D'),
    Wc: matrix('H', 'H+D'),
    Wo: matrix('H', 'H+D'),
    bf: vector('H'),
    bi: vector('H'),
    bc: vector('H'),
    bo: vector('H'),
  },
  outputs: { hs: sequence('H'), cs: sequence('H') },

  reference: ({ xs, h0, c0, ...parameters }) => {
    const { h, c } = throughEngine('lstm', { xs, h0, c0, parameters });
    return { hs: h!, cs: c! };
  },

  /** The first step. */
  forward: {
    steps: ({ xs, h0, c0, ...parameters }) =>
      xs.map((x) => ({ ...parameters, x, hPrev: h0, cPrev: c0 })),
    carries: { h: 'hPrev', c: 'cPrev' },
  },

  laws: [
    {
      name: 'with nothing to write the cell decays by σ(b_f) per step, from c0',
      change: (given) => ({ ...blind(given), bc: zeros(given.bc.length) }),
      holds: ({ c0, bf }, { cs }) =>
        cs.every((c, t) =>
          close(
            c,
            zip(c0, bf, (v, b) => v * sigmoid(b) ** (t + 1)),
          ),
        ),
    },
    {
      name: 'with f = 1 and i = 0 every step still holds c0',
      change: (given) => ({
        ...blind(given),
        bf: map(given.bf, () => 60),
        bi: map(given.bi, () => -60),
      }),
      holds: ({ c0 }, { cs }) => cs.every((c) => close(c, c0)),
    },
    {
      name: 'with f = i = c̃ = 1 the cell counts the steps',
      change: (given) => ({
        ...blind(given),
        bf: map(given.bf, () => 60),
        bi: map(given.bi, () => 60),
        bc: map(given.bc, () => 60),
      }),
      holds: ({ c0 }, { cs }) =>
        cs.every((c, t) =>
          close(
            c,
            map(c0, (v) => v + t + 1),
          ),
        ),
    },
  ],

  attempt: run,

  mistakes: [
    {
      id: 'cell-not-carried',
      says: 'Every step of yours starts from c0: the new cell is not handed on. Both states travel, h and c.',
      change: { carry: ({ h }, { c }) => ({ h, c }) },
      card: 'lstm.cell.carry',
    },
    {
      id: 'hidden-not-carried',
      says: 'Every step of yours sees h0: the new hidden state is not handed on. Both states travel, h and c.',
      change: { carry: ({ c }, { h }) => ({ h, c }) },
      card: 'rnn.step.recurrence',
    },
    {
      id: 'states-swapped',
      says: 'Your two states change places between the steps: the gates see c, and the cell is made from h.',
      change: { carry: ({ h, c }) => ({ h: c, c: h }) },
    },
    {
      id: 'hidden-carried-as-cell',
      says: 'You hand on h as both states. The cell that the next step edits is c, not what was shown of it.',
      change: { carry: ({ h }) => ({ h, c: h }) },
      card: 'lstm.cell.carry',
    },
    {
      id: 'cell-squashed',
      says: 'You hand on tanh(c). The squashing is for h alone: squashed at every step, the cell cannot hold anything for long.',
      change: { carry: ({ h, c }) => ({ h, c: map(c, Math.tanh) }) },
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'initial-cell-ignored',
      says: 'Your cell starts at zero. The sequence continues from the c0 that you were given.',
      reads: (given) => ({ ...given, c0: zeros(given.c0.length) }),
    },
    {
      id: 'initial-hidden-ignored',
      says: 'Your hidden state starts at zero. The sequence continues from the h0 that you were given.',
      reads: (given) => ({ ...given, h0: zeros(given.h0.length) }),
    },
    {
      id: 'time-reversed',
      says: 'You read the inputs from the last to the first.',
      change: { read: (xs, t) => xs[xs.length - 1 - t]! },
    },
    {
      id: 'first-input-only',
      says: 'You read xs[0] at every step: the step index does not reach the input.',
      change: { read: (xs) => xs[0]! },
    },
    {
      id: 'one-step-late',
      says: 'Your hs[t] and cs[t] are the states before xs[t] was read, h0 and c0 the first of them. They are the states after it.',
      returns: ({ hs, cs }, given) => ({
        hs: [given.h0, ...hs.slice(0, -1)],
        cs: [given.c0, ...cs.slice(0, -1)],
      }),
    },
    {
      id: 'last-state-everywhere',
      says: 'Every row of yours is the last state: you pushed one array T times and changed it in place.',
      returns: ({ hs, cs }) => ({
        hs: hs.map(() => hs.at(-1)!.slice()),
        cs: cs.map(() => cs.at(-1)!.slice()),
      }),
    },
    {
      id: 'hidden-without-tanh',
      says: 'Your h is o ⊙ c. The cell is unbounded, so it passes through tanh first: h = o ⊙ tanh(c).',
      change: { shown: times },
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'sigmoid-candidate',
      says: 'Your candidate goes through σ. It needs tanh: with σ the cell could only ever be added to, never taken from.',
      change: { candidate: sigmoid },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'forget-and-input-swapped',
      says: 'You have the forget and input gates swapped: W_f, b_f feed i, and W_i, b_i feed f.',
      reads: (given) => ({ ...given, Wf: given.Wi, bf: given.bi, Wi: given.Wf, bi: given.bf }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'cell-read-by-gates',
      says: 'You hand the cell to the gates: they read [c₋, x]. They read [h₋, x]; c goes on to the cell alone.',
      change: { carry: ({ c }) => ({ h: c, c }) },
    },
  ],

  hints: [
    'A loop over time with two states in hand. What one step leaves, the next one starts from; the weights are the same at every step.',
    'h_t, c_t = step(x_t, h_{t-1}, c_{t-1}), from h_0 = h0 and c_0 = c0; hs and cs collect what comes out.',
    'let hPrev = h0, cPrev = c0; for (const x of xs) { … compute fresh h and c …; hs.push(h); cs.push(c); hPrev = h; cPrev = c; }',
  ],
  followUps: [
    'Which part of this loop can be taken out of it and done for all steps at once, and which can not?',
    'What must be kept for the backward pass, and what if you only ever run forward?',
    'A batch holds sequences of different lengths. What do you do with the states at the padding?',
  ],
});
