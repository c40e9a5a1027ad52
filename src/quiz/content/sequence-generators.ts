/** Generated questions about layers made of cells, and about the memory of their training. */
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { oneBias } from './counts.js';
import { drawnNumber } from './drawn-number.js';

const names = { lstm: 'LSTM', gru: 'GRU' } as const;

export const sequenceGenerators: readonly Generator[] = [
  generator('sequences.stacked.generated', {
    topic: 'sequences',
    level: 2,
    katas: ['stacked-lstm', 'parameter-count'],
    make: (random, making) => {
      const kind = oneOf(random, ['lstm', 'gru'] as const);
      const L = wholeFrom(random, 2, 5);
      const H = 10 * wholeFrom(random, 2, 9);
      const D = H + 10 * wholeFrom(random, 1, 9);
      const first = (): number => oneBias(kind, { D, H });
      const later = (): number => oneBias(kind, { D: H, H });
      return drawnNumber(making, {
        ask: `How many parameters have ${L} stacked ${names[kind]} layers with D = ${D}, H = ${H} and one bias per block?`,
        unit: 'parameters',
        answer: () => first() + (L - 1) * later(),
        wrong: [
          { is: () => L * first(), because: 'From the second layer on the input size is H.' },
          { is: () => L * later(), because: 'The first layer reads D inputs.' },
          { is: () => first(), because: 'That is the first layer alone.' },
        ],
        explain: 'The first layer reads D inputs, each further one H.',
      });
    },
  }),
  generator('sequences.bidirectional.generated', {
    topic: 'sequences',
    level: 3,
    katas: ['bidirectional-rnn', 'parameter-count'],
    make: (random, making) => {
      const kind = oneOf(random, ['lstm', 'gru'] as const);
      const H = 8 * wholeFrom(random, 2, 32);
      return drawnNumber(making, {
        ask: `Two bidirectional ${names[kind]} layers stand one above the other, hidden size ${H} in each direction, one bias per block. How many parameters has the upper one?`,
        unit: 'parameters',
        answer: () => 2 * oneBias(kind, { D: 2 * H, H }),
        wrong: [
          {
            is: () => 2 * oneBias(kind, { D: H, H }),
            because: 'It reads both directions of the lower one, joined.',
          },
          {
            is: () => oneBias(kind, { D: 2 * H, H }),
            because: 'It has two directions itself.',
          },
          {
            is: () => oneBias(kind, { D: 2 * H, H: 2 * H }),
            because: 'Two cells of size H, not one of 2H: they do not read each other.',
          },
        ],
        explain: 'Two cells with input size 2H and hidden size H.',
      });
    },
  }),
  generator('sequences.alignment.generated', {
    topic: 'sequences',
    level: 2,
    katas: ['bidirectional-rnn'],
    make: (random, making) => {
      const T = wholeFrom(random, 12, 30);
      const n = wholeFrom(random, 6, T - 3);
      const t = wholeFrom(random, 2, n - 2);
      return drawnNumber(making, {
        ask: `A batch is padded to ${T} steps. In a sequence of length ${n}, how many inputs has the cell that reads from the right seen when it has read step ${t}? Steps count from 1.`,
        unit: 'inputs',
        answer: () => n - t + 1,
        wrong: [
          {
            is: () => T - t + 1,
            because: 'It starts at the end of the sequence, not of the batch.',
          },
          { is: () => n - t, because: 'The step itself has been read too.' },
          { is: () => t, because: 'That is what the cell that reads from the left has seen.' },
        ],
        explain: 'From the sequence’s own last step down to this one.',
      });
    },
  }),
  generator('sequences.wavefront.generated', {
    topic: 'sequences',
    level: 3,
    katas: ['stacked-lstm'],
    make: (random, making) => {
      const L = wholeFrom(random, 3, 9);
      const T = wholeFrom(random, 20, 200);
      return drawnNumber(making, {
        ask: `${L} stacked LSTM layers over ${T} steps on unlimited machines. How many cell steps must follow one another?`,
        unit: 'steps',
        answer: () => T + L - 1,
        wrong: [
          { is: () => T * L, because: 'Layers need not wait for each other to finish.' },
          { is: () => T, because: 'The top layer starts later.' },
          { is: () => T + L, because: 'The first layer starts at once: one less.' },
        ],
        explain: 'Along all steps and up all layers, once round the corner.',
      });
    },
  }),
  generator('systems.checkpoint.generated', {
    topic: 'systems',
    level: 2,
    katas: ['checkpointed-bptt'],
    make: (random, making) => {
      const s = wholeFrom(random, 4, 12);
      const segments = s + wholeFrom(random, 2, 20);
      const T = s * segments;
      return drawnNumber(making, {
        ask: `BPTT over ${T} steps keeps the state at the start of every segment of ${s} steps, and recomputes one segment at a time. How many states are in memory at most, the kept ones and those of one segment?`,
        unit: 'states',
        answer: () => segments + s,
        wrong: [
          { is: () => segments, because: 'The segment that is recomputed needs room too.' },
          { is: () => T, because: 'That is without checkpoints.' },
          { is: () => segments * s, because: 'Only one segment is there at a time: they add up.' },
          { is: () => 2 * Math.sqrt(T), because: 'That is for the best spacing, √T.' },
        ],
        explain: 'T/s kept, and s of the current segment.',
      });
    },
  }),
  generator('systems.memory-mode.generated', {
    topic: 'systems',
    level: 2,
    katas: ['memory-account'],
    make: (random, making) => {
      const mode = oneOf(random, ['streaming', 'truncated', 'full'] as const);
      const T = 100 * wholeFrom(random, 5, 20);
      const k = 10 * wholeFrom(random, 2, 9);
      const B = oneOf(random, [4, 8, 16]);
      const H = oneOf(random, [128, 256, 512]);
      const steps = { streaming: 1, truncated: k, full: T };
      const bytes = (n: number): number => 2 * n * B * H * 4;
      const told = {
        streaming: 'in streaming inference',
        truncated: `in BPTT truncated to ${k} steps`,
        full: 'in full BPTT',
      };
      return drawnNumber(making, {
        ask: `An LSTM layer, ${T} steps, batch ${B}, hidden size ${H}, float32, ${told[mode]}. How many bytes do the kept h and c take, without the initial ones?`,
        unit: 'bytes',
        answer: () => bytes(steps[mode]),
        tolerance: 0.02,
        wrong: [
          ...(['streaming', 'truncated', 'full'] as const)
            .filter((other) => other !== mode && (mode === 'truncated' || other !== 'truncated'))
            .map((other) => ({
              is: () => bytes(steps[other]),
              because: `That would be right ${told[other]}.`,
            })),
          { is: () => bytes(steps[mode]) / 2, because: 'Both h and c are kept.' },
          { is: () => bytes(steps[mode]) / B, because: 'That is one sequence of the batch.' },
          { is: () => bytes(steps[mode]) / 4, because: 'That is numbers; a float32 has 4 bytes.' },
        ],
        explain: '2 (h and c) · steps kept · batch · H · 4 bytes; streaming keeps one step.',
        hint: 'Of how many steps must h and c be kept?',
      });
    },
  }),
  generator('systems.tape.generated', {
    topic: 'systems',
    level: 3,
    katas: ['memory-account', 'lstm-bptt'],
    make: (random, making) => {
      const T = 50 * wholeFrom(random, 2, 20);
      const B = oneOf(random, [4, 8, 16]);
      const H = oneOf(random, [64, 128, 256]);
      const numbers = (perUnit: number): number => perUnit * T * B * H;
      return drawnNumber(making, {
        ask: `BPTT of an LSTM keeps f, i, c̃, o, c and h of every step: ${T} steps, batch ${B}, hidden size ${H}. How many numbers?`,
        unit: 'numbers',
        answer: () => numbers(6),
        wrong: [
          { is: () => numbers(4), because: 'That is the four blocks without c and h.' },
          { is: () => numbers(2), because: 'That is c and h alone.' },
          { is: () => 6 * B * H, because: 'That is one step.' },
        ],
        explain: 'Six vectors of H per step and sequence. tanh(c) may be recomputed.',
      });
    },
  }),
];
