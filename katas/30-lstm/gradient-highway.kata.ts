import {
  backThroughKept,
  close,
  filledLike,
  kata,
  map,
  plus,
  sequence,
  sigmoid,
  throughEngine,
  times,
  vector,
  zeroMatrix,
  zeros,
} from 'bptt/define';
import type { Sequence, Values, Vector } from 'bptt/define';

interface Given {
  fs: Sequence;
}

const ones = (v: Vector): Vector => map(v, () => 1);
const mean = (v: Vector): number => v.reduce((sum, u) => sum + u, 0) / v.length;

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The gates of the steps between c_1 and c_T. */
  between: (fs: Sequence): Sequence => fs.slice(1),
  /** What one step multiplies by. */
  factor: (f: Vector): Vector => f,
  join: times,
};

/** The highway as a learner would write it. */
function highway({ fs }: Given, change: Partial<typeof right> = {}): { highway: Vector } {
  const { between, factor, join } = { ...right, ...change };
  return { highway: between(fs).map(factor).reduce(join, ones(fs[0]!)) };
}

/**
 * The engine's own backward pass, with every path through h shut: all weights zero, and a loss that reads
 * c_T alone. It starts from c_1, so the first step is not among those that it goes back through.
 */
function throughBackward(fs: Sequence): Vector {
  const [T, H] = [fs.length, fs[0]!.length];
  const input = { xs: zeroMatrix(T, 1), h0: zeros(H), c0: zeros(H), parameters: {} };
  const { h, c } = throughEngine('lstm', input);
  const none = zeroMatrix(T, H);
  const kept = { fs, is: none, cTildes: none, os: none, hs: h!, cs: c! };
  const dcs = [...zeroMatrix(T - 1, H), ones(fs[0]!)];
  return backThroughKept('lstm', input, kept, { dhs: none, dcs }).c0 as Vector;
}

export default kata('gradient-highway', {
  topic: '30-lstm',
  title: 'The gradient highway',
  level: 2,
  minutes: 8,
  equations: ['lstm.backward.cell-previous'],
  inputs: { fs: sequence('H') },
  outputs: { highway: vector('H') },

  /** Gates in (0, 1). */
  prepare: ({ fs }) => ({ fs: fs.map((f) => map(f, (v) => sigmoid(2 * v))) }),
  reference: ({ fs }) => ({
    highway: fs.length === 1 ? ones(fs[0]!) : throughBackward(fs.slice(1)),
  }),

  /** The last step, with dc_T = 1 at every unit. */
  symbols: ({ fs }): Values => (fs.length === 1 ? {} : { dc: ones(fs[0]!), f: fs.at(-1)! }),

  laws: [
    {
      name: 'open gates let the gradient through whole',
      change: ({ fs }) => ({ fs: filledLike(fs, 1) }),
      holds: ({ fs }, got) => close(got.highway, ones(fs[0]!)),
    },
    {
      name: 'half-open gates halve it at each of the T - 1 steps',
      change: ({ fs }) => ({ fs: filledLike(fs, 0.5) }),
      holds: ({ fs }, got) =>
        close(
          got.highway,
          map(fs[0]!, () => 0.5 ** (fs.length - 1)),
        ),
    },
    {
      name: 'the gate of the first step acts before c_1: shut, it changes nothing',
      change: ({ fs }) => ({ fs: [zeros(fs[0]!.length), ...filledLike(fs.slice(1), 1)] }),
      holds: ({ fs }, got) => close(got.highway, ones(fs[0]!)),
    },
    {
      name: 'one shut gate on the way, and nothing arrives',
      change: ({ fs }) => ({ fs: [...fs.slice(0, -1), zeros(fs[0]!.length)] }),
      holds: (_, got) => got.highway.every((v) => v === 0),
    },
  ],

  attempt: highway,

  mistakes: [
    {
      id: 'first-gate-included',
      says: 'You multiply by f_1 too: that is dc_T/dc_0. f_1 acted on c_0, before c_1 was there; the product is over t = 2 … T.',
      change: { between: (fs) => fs },
    },
    {
      id: 'last-gate-left-out',
      says: 'You leave out the last gate: the product runs to f_T, which made c_T from c_{T-1}.',
      change: { between: (fs) => fs.slice(1, -1) },
    },
    {
      id: 'shifted-by-one',
      says: 'Your product is over t = 1 … T - 1. f_t stands between c_{t-1} and c_t, so it is over t = 2 … T.',
      change: { between: (fs) => fs.slice(0, -1) },
    },
    {
      id: 'added-up',
      says: 'You add the gates up. Along one path the factors multiply; that the cell adds is about its content.',
      variant: ({ fs }) => ({ highway: fs.slice(1).reduce(plus, zeros(fs[0]!.length)) }),
      card: 'lstm.addition',
    },
    {
      id: 'constant-one',
      says: 'You return 1: «the cell adds, so the gradient is preserved». Every step multiplies it by its forget gate.',
      change: { factor: ones },
      card: 'lstm.addition',
    },
    {
      id: 'mean-gate',
      says: 'You raise the mean gate to the power T - 1. The product is of the gates themselves: one that is nearly shut is enough to end it.',
      change: {
        between: (fs) => {
          const share = map(fs.slice(1).reduce(plus, zeros(fs[0]!.length)), (sum) =>
            fs.length > 1 ? sum / (fs.length - 1) : 1,
          );
          return fs.slice(1).map(() => share);
        },
      },
    },
    {
      id: 'sigmoid-derivative',
      says: 'You multiply by f ⊙ (1 - f). That is how f itself is learnt; what dc passes on its way is f.',
      change: { factor: (f) => map(f, (v) => v * (1 - v)) },
    },
    {
      id: 'complement',
      says: 'You multiply by 1 - f. f is what is kept of the cell, and so of its gradient.',
      change: { factor: (f) => map(f, (v) => 1 - v) },
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'units-averaged',
      says: 'You mix the units: every factor is the mean of the gates of a step. diag(f_t) keeps each unit on a lane of its own.',
      change: { factor: (f) => map(f, () => mean(f)) },
    },
    {
      id: 'still-a-logarithm',
      says: 'You return the sum of log f_t. That is a good way to see far down, but the last line is missing: exp of it.',
      returns: (got) => ({ highway: map(got.highway, Math.log) }),
    },
    {
      id: 'last-gate-alone',
      says: 'You return the last gate alone: = where *= belongs. Every step multiplies by its own.',
      change: { join: (_, f) => f },
    },
    {
      id: 'last-gate-to-a-power',
      says: 'You take the last gate to the power T - 1. The gates differ from step to step: multiply them.',
      reads: ({ fs }) => ({ fs: fs.map(() => fs.at(-1)!.slice()) }),
    },
  ],

  hints: [
    'Forget the inputs of the gates: hold every f_t fixed. Then c_t depends on c_{t-1} in one place only.',
    'c_t = f_t ⊙ c_{t-1} + …, so dc_t/dc_{t-1} = diag(f_t), and dc_T/dc_1 is the product of these over t = 2 … T.',
    'Start from a vector of ones; for (let t = 1; t < fs.length; t++) multiply highway[j] by fs[t][j]. fs[0] is not in it.',
  ],
  followUps: [
    'What is this after 100 steps at f = 0.5, and at f = 0.99?',
    'Which paths from c_1 to c_T does it leave out, and may they be larger than it?',
    'What does this say about the bias that the forget gate should start with?',
    'Why is the same product of an Elman network a product of full matrices, and why is that worse?',
  ],
});
