/** Generated questions about the Elman network and its gradients: counts, steps by hand, products. */
import type { cellKinds } from '../../engine/index.js';
import { card } from '../card.js';
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { byHand } from './by-hand.js';
import { conventions } from './counts.js';
import { drawnNumber } from './drawn-number.js';

/** A tenth of low … high tenths, without the zero. */
const tenth = (random: () => number, low: number, high: number): number =>
  (wholeFrom(random, low, high) || 1) / 10;

export const recurrentGenerators: readonly Generator[] = [
  generator('rnn.parameters.generated', {
    topic: 'rnn',
    level: 1,
    equations: ['rnn.parameters'],
    katas: ['parameter-count'],
    make: (random, making) => {
      const sizes = { D: 2 ** wholeFrom(random, 2, 9), H: 2 ** wholeFrom(random, 2, 9) };
      const asked = oneOf(random, conventions);
      const answer = (): number => asked.count('rnn', sizes);
      return drawnNumber(making, {
        ask: `How many parameters has an Elman cell with D = ${sizes.D}, H = ${sizes.H} and ${asked.says}, without an output layer?`,
        unit: 'parameters',
        answer,
        wrong: [
          ...conventions
            .filter((one) => one !== asked)
            .map((other) => ({
              is: () => other.count('rnn', sizes),
              because: `That counts ${other.says}; asked was ${asked.says}.`,
            })),
          { is: () => asked.count('gru', sizes), because: 'That is three blocks: a GRU.' },
          { is: () => asked.count('lstm', sizes), because: 'That is four blocks: an LSTM.' },
        ],
        explain: 'One block: H × (H + D) weights and its biases.',
      });
    },
  }),
  generator('rnn.step.generated', {
    topic: 'rnn',
    level: 1,
    equations: ['rnn.hidden'],
    katas: ['rnn-step'],
    make: (random, making) => {
      const given = {
        Whh: tenth(random, 3, 9),
        hPrev: tenth(random, 3, 9),
        Wxh: tenth(random, 3, 9),
        x: oneOf(random, [0.5, 1]),
        bh: -tenth(random, 1, 5),
      };
      const { Whh, hPrev, Wxh, x, bh } = given;
      return drawnNumber(making, {
        ask: `One Elman unit: W_hh = ${Whh}, h₋ = ${hPrev}, W_xh = ${Wxh}, x = ${x}, b_h = ${bh}. What is the new h?`,
        answer: () => byHand('rnn.hidden', given),
        tolerance: 0.005,
        wrong: [
          { is: () => Whh * hPrev + Wxh * x + bh, because: 'That is a; tanh is missing.' },
          { is: () => byHand('rnn.hidden', { ...given, bh: 0 }), because: 'The bias is missing.' },
          {
            is: () => byHand('rnn.hidden', { ...given, Whh: 0 }),
            because: 'The old state is not carried.',
          },
          {
            is: () => byHand('rnn.hidden', { ...given, Whh: Wxh, Wxh: Whh }),
            because: 'The two weights are swapped: W_hh meets h₋.',
          },
        ],
        explain: 'h = tanh(W_hh·h₋ + W_xh·x + b_h).',
      });
    },
  }),
  generator('rnn.shape.generated', {
    topic: 'rnn',
    level: 1,
    make: (random, { id, about }) => {
      const kind = oneOf(random, ['an Elman', 'a GRU', 'an LSTM']);
      const both = random() < 0.5;
      const timeMajor = random() < 0.5;
      const last = random() < 0.3;
      const width = both ? '2H' : 'H';
      const lead = timeMajor ? ['T', 'B'] : ['B', 'T'];
      const answer = last ? ['B', width] : [...lead, width];
      const other = both ? 'H' : '2H';
      return card.shape(id, {
        ...about,
        ask: `B sequences of T steps and D inputs go through ${kind} layer of hidden size H, ${both ? 'in both directions, joined' : 'in one direction'}; the layout is ${timeMajor ? 'time-major' : 'batch-major'}. What is the shape of ${last ? 'the hidden states after the last step' : 'all hidden states'}?`,
        answer,
        wrong: [
          {
            is: last ? ['B', other] : [...lead, other],
            because: both
              ? 'Both directions stand one beside the other: 2H.'
              : 'There is one direction: H.',
          },
          {
            is: last ? [...lead, width] : [...lead].reverse().concat(width),
            because: last
              ? 'The last step alone has no time axis.'
              : `The layout is ${timeMajor ? 'time' : 'batch'}-major: ${lead[0]!} comes first.`,
          },
          {
            is: last ? ['B', 'D'] : [...lead, 'D'],
            because: 'That is as wide as the input; a state has the hidden size.',
          },
        ],
        explain: 'The kind of cell does not matter: what a layer shows is h.',
      });
    },
  }),
  generator('gradients.bound.generated', {
    topic: 'gradients',
    level: 2,
    katas: ['gradient-bound'],
    make: (random, making) => {
      const norm = oneOf(random, [0.5, 0.7, 0.8, 0.95, 1.05, 1.1, 1.2]);
      const T = wholeFrom(random, 10, 60);
      return drawnNumber(making, {
        ask: `‖W_hh‖ = ${norm} in an Elman network with tanh that reads T = ${T} steps. By what factor at most does a gradient change from h_T back to h_1?`,
        answer: () => norm ** (T - 1),
        tolerance: 0.02,
        wrong: [
          { is: () => norm ** T, because: 'One factor too many: there are T - 1 steps between.' },
          { is: () => norm * (T - 1), because: 'The factors multiply, they do not add up.' },
          {
            is: () => (norm / 4) ** (T - 1),
            because: 'The slope of tanh is at most 1; ¼ is that of σ.',
          },
        ],
        explain: 'Each of the T - 1 factors diag(1 - h²)·W_hh has a norm of at most ‖W_hh‖.',
      });
    },
  }),
  generator('gradients.jacobian.generated', {
    topic: 'gradients',
    level: 2,
    katas: ['jacobian-product'],
    make: (random, making) => {
      const w = oneOf(random, [0.5, 0.8, 1.2, 1.5]);
      const [first, second, third] = [0, 0, 0].map(() => tenth(random, 2, 8)) as [
        number,
        number,
        number,
      ];
      const slope = (h: number): number => 1 - h * h;
      return drawnNumber(making, {
        ask: `One Elman unit with the recurrent weight ${w} has the states ${first}, ${second} and ${third} at three steps. What is the derivative of the last of these states in the first?`,
        answer: () => slope(second) * w * slope(third) * w,
        tolerance: 0.005,
        wrong: [
          {
            is: () => slope(first) * w * slope(second) * w,
            because: 'The slopes belong to the states that are reached: the last two.',
          },
          { is: () => w * w, because: 'The slopes of tanh are missing.' },
          {
            is: () => slope(first) * slope(second) * slope(third) * w ** 3,
            because: 'Two steps lie between three states.',
          },
          {
            is: () => slope(second) * slope(third) * w,
            because: 'The weight is used at each step.',
          },
        ],
        explain: '(1 - h²)·w for each step taken, with the h that it leads to.',
      });
    },
  }),
  generator('gradients.step-back.generated', {
    topic: 'gradients',
    level: 1,
    equations: ['rnn.backward.preactivation', 'rnn.backward.hidden-previous'],
    katas: ['rnn-step-backward'],
    make: (random, making) => {
      const Whh = tenth(random, 3, 9);
      const h = tenth(random, 3, 8);
      const dh = wholeFrom(random, 2, 6);
      const da = (): number => byHand('rnn.backward.preactivation', { dh, h });
      return drawnNumber(making, {
        ask: `One Elman unit: h = tanh(a) = ${h}, W_hh = ${Whh} and dh = ${dh}. What goes back to h₋?`,
        answer: () => byHand('rnn.backward.hidden-previous', { Whh, da: da() }),
        tolerance: 0.005,
        wrong: [
          { is: da, because: 'That is da; it still passes through W_hh.' },
          { is: () => Whh * dh, because: 'The slope of tanh, 1 - h², is missing.' },
          { is: () => Whh * dh * h * (1 - h), because: 'h(1 - h) is the slope of σ.' },
        ],
        explain: 'dh₋ = W_hh·dh·(1 - h²).',
      });
    },
  }),
  generator('gradients.truncation.generated', {
    topic: 'gradients',
    level: 2,
    katas: ['truncated-bptt'],
    make: (random, making) => {
      const k = wholeFrom(random, 5, 25);
      const chunk = wholeFrom(random, 1, 6);
      const t = chunk * k + wholeFrom(random, 2, k - 1);
      return drawnNumber(making, {
        ask: `A long sequence is cut into chunks of ${k} steps, the state is carried over and detached. Steps count from 1. How many steps back does the gradient of the loss at step ${t} reach, beyond that step itself?`,
        unit: 'steps',
        answer: () => (t - 1) % k,
        wrong: [
          { is: () => k, because: 'Only the last step of a chunk comes near that.' },
          { is: () => t - 1, because: 'That is full BPTT, to the beginning.' },
          { is: () => k - 1, because: 'That is the last step of a chunk; this is an earlier one.' },
          { is: () => t % k, because: 'That counts the step itself too.' },
        ],
        explain: 'To the first step of its own chunk. On average that is (k - 1)/2.',
        hint: 'At which step does its chunk begin?',
      });
    },
  }),
  generator('gradients.difference.generated', {
    topic: 'gradients',
    level: 1,
    katas: ['relative-error'],
    make: (random, making) => {
      const w = wholeFrom(random, 2, 6);
      const eps = oneOf(random, [0.1, 0.5, 1]);
      const loss = (at: number): number => at ** 3;
      return drawnNumber(making, {
        ask: `The loss is the cube of w. What does a central difference at w = ${w} with eps = ${eps} give?`,
        answer: () => (loss(w + eps) - loss(w - eps)) / (2 * eps),
        tolerance: 1e-4,
        wrong: [
          {
            is: () => (loss(w + eps) - loss(w)) / eps,
            because: 'That is a one-sided difference, whose error is of the order of eps.',
          },
          {
            is: () => 3 * w * w,
            because: 'That is the exact slope; the difference is off by eps².',
          },
          {
            is: () => (loss(w + eps) - loss(w - eps)) / eps,
            because: 'The two points are 2 eps apart.',
          },
        ],
        explain: '((w + eps)³ - (w - eps)³) / (2 eps) = 3w² + eps².',
      });
    },
  }),
  generator('systems.operations.generated', {
    topic: 'systems',
    level: 2,
    katas: ['parameter-count'],
    make: (random, making) => {
      const kind = oneOf(random, ['rnn', 'lstm', 'gru'] as const);
      const names = { rnn: 'Elman', lstm: 'LSTM', gru: 'GRU' };
      const sizes = { D: 2 ** wholeFrom(random, 4, 9), H: 2 ** wholeFrom(random, 4, 9) };
      const macs = (of: (typeof cellKinds)[number]): number => conventions[2]!.count(of, sizes);
      return drawnNumber(making, {
        ask: `Count a multiply-add as two operations. How many operations do the matrix products of one ${names[kind]} step take, with D = ${sizes.D} and H = ${sizes.H}, one sequence?`,
        unit: 'operations',
        answer: () => 2 * macs(kind),
        wrong: [
          { is: () => macs(kind), because: 'That counts multiply-adds; each is two operations.' },
          {
            is: () => 4 * macs(kind),
            because: 'Forward only: backward would take twice as much again.',
          },
          {
            is: () => 2 * macs(kind === 'gru' ? 'lstm' : 'gru'),
            because: `That is ${kind === 'gru' ? 'four blocks: an LSTM' : 'three blocks: a GRU'}.`,
          },
        ],
        explain: 'Each weight is used once per step: twice the number of weights.',
      });
    },
  }),
];
