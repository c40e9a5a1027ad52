/** Cards about cost: memory, work and what can be done in parallel. */
import { cells } from '../../engine/index.js';
import { card, type Card } from '../card.js';
import { distinct, generator, wholeFrom, type Generator } from '../generator.js';
import { noBias } from './counts.js';

const stream = { L: 12, H: 1024, T: 4096 };
/** Numbers that an LSTM carries from step to step, per layer: its states, each of H. */
const carried = Object.keys(cells.lstm.initial).length;
const crossing = { d: 512 };

export const systemsCards: readonly Card[] = [
  card.number('systems.state.ratio', {
    topic: 'systems',
    level: 2,
    ask: `Streaming inference, ${stream.L} layers, T = ${stream.T} tokens so far. A transformer with d = ${stream.H} keeps a KV cache, an LSTM with H = ${stream.H} its states. How many times larger is the cache?`,
    unit: 'times',
    answer: () => (2 * stream.L * stream.T * stream.H) / (carried * stream.L * stream.H),
    wrong: [
      {
        is: () => 2 * stream.T,
        because:
          'The cache keeps two vectors per token and layer, but the LSTM keeps two as well: h and c.',
      },
      {
        is: () => stream.T * stream.L,
        because: 'Both have the same number of layers, so the layers cancel.',
      },
      {
        is: () => stream.T ** 2,
        because: 'The cache grows with T; T² is the matrix of scores in training.',
      },
    ],
    explain: 'The state of an LSTM is as large as one token of cache, so the ratio is T.',
    hint: 'What is kept per layer, for one token?',
  }),
  card.trap('systems.lstm-memory', {
    topic: 'systems',
    level: 1,
    ask: 'Somebody compares LSTM and transformer. What is wrong?',
    claim: 'An LSTM needs O(1) memory in the length of the sequence, in training as in inference.',
    right: 'In training BPTT keeps the activations of every step: O(T).',
    wrong: [
      {
        is: 'In inference it is O(T) as well, because the cell state accumulates all inputs.',
        because: 'It accumulates them into a vector of fixed size; nothing grows with T.',
      },
      {
        is: 'It is O(T²) in training, because each step’s gradient passes through all earlier steps.',
        because: 'The gradients pass through them one after another and are added up in place.',
      },
      {
        is: 'Nothing: with shared weights each step overwrites the activations of the last.',
        because:
          'The weights are shared, the activations are not: backward needs those of each step.',
      },
    ],
    explain:
      'Streaming: O(1). BPTT: O(T). Truncated BPTT: O(k). Checkpoints: O(√T) for about one more forward pass.',
    hint: 'What must backward still have from step 1?',
  }),
  card.trap('systems.parallel', {
    topic: 'systems',
    level: 3,
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'Recurrent networks cannot be parallelised over time, whatever their recurrence is.',
    right: 'A linear recurrence can be computed by a scan of depth log T.',
    wrong: [
      {
        is: 'An LSTM can be parallelised too, since its four blocks of weights can be computed at once within each step.',
        because: 'That is parallel within a step. The step itself still waits for h₋.',
      },
      {
        is: 'They can, if each step starts from h = 0.',
        because: 'Then the steps are independent, and it is no longer a recurrence.',
      },
      {
        is: 'Nothing: step t needs the result of step t - 1 in all of them.',
        because:
          'It needs a result, but affine steps can be combined with each other before any state is known.',
      },
    ],
    explain:
      'Combining c → f·c + b with another such step gives one more such step, and that is associative (minLSTM, S4, Mamba). With a tanh around it one scan will not do: Newton’s method takes several (DEER, ParaRNN).',
    hint: 'What do you get when you put c → f·c + b into itself?',
  }),
  card.choice('systems.crossover', {
    topic: 'systems',
    level: 2,
    ask: `Per layer, self-attention costs about T²·d and a recurrent layer about T·d², d = ${crossing.d}. For which T is attention the cheaper?`,
    answer: `For T below ${crossing.d}.`,
    wrong: [
      {
        is: `For T above ${crossing.d}, where the recurrence has to take more steps.`,
        because:
          'More steps are more latency; the question is the work, and T²·d grows faster than T·d².',
      },
      {
        is: 'For every T, since attention runs in parallel.',
        because: 'Parallel work is still work: it takes less time, not fewer multiplications.',
      },
      {
        is: 'For none: a square is always more than a product.',
        because: 'There is a square on either side: T²·d against T·d².',
      },
    ],
    explain: 'T²·d < T·d² means T < d.',
    hint: 'Divide both by T·d.',
  }),
  card.choice('systems.path-length', {
    topic: 'systems',
    level: 1,
    ask: 'How many steps lie between the first and the last of T positions, in an LSTM and in one self-attention layer?',
    answer: 'T - 1 in the LSTM, 1 in attention.',
    wrong: [
      {
        is: '1 in both, since the cell state of the LSTM is a highway.',
        because: 'The highway has T - 1 sections, and each multiplies by f.',
      },
      {
        is: 'T - 1 in both: attention, too, has to look at all positions in between.',
        because: 'It looks at them all at once; none is on the way to another.',
      },
      {
        is: 'log T in the LSTM and 1 in attention, because gates skip whatever is not relevant.',
        because:
          'Gates do not skip steps. log T is a scan, and the LSTM’s recurrence is not linear.',
      },
    ],
    explain:
      'Short paths are why attention learns long dependencies; its price is a score for every pair.',
  }),
];

export const systemsGenerators: readonly Generator[] = [
  generator('systems.lstm-work.generated', {
    topic: 'systems',
    level: 2,
    equations: ['lstm.parameters'],
    make: (random, { id, about }) => {
      const sizes = { D: 2 ** wholeFrom(random, 4, 9), H: 2 ** wholeFrom(random, 4, 9) };
      const T = 10 * wholeFrom(random, 2, 50);
      const answer = (): number => T * noBias('lstm', sizes);
      return card.number(id, {
        ...about,
        ask: `How many multiply-adds do the matrix products of an LSTM with D = ${sizes.D} and H = ${sizes.H} take for one sequence of T = ${T} steps, forward?`,
        unit: 'multiply-adds',
        answer,
        wrong: distinct(
          answer,
          [
            { is: () => answer() / T, because: 'That is one step.' },
            {
              is: () => 2 * answer(),
              because: 'That counts floating-point operations: two per multiply-add.',
            },
            { is: () => answer() / 4, because: 'That is one block of the four.' },
            { is: () => T * noBias('gru', sizes), because: 'That is a GRU, with three blocks.' },
            {
              is: () => T * answer(),
              because: 'The steps follow each other: their work adds up to T times, not T² times.',
            },
          ],
          0.02,
        ),
        explain: 'Each weight is used once per step: 4·H·(H + D) multiply-adds, T times.',
        hint: 'How often is each weight used?',
      });
    },
  }),
];
