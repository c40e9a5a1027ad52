/**
 * What a step of the memory walk asks, as number cards of the quiz, so that an answer is read and judged as it
 * is there. The right numbers are handed in: the formula's before the measurement, the measured ones after.
 */
import { aboutModes } from '../../bench/memory/modes.js';
import { firstOver } from '../../bench/memory/crossovers.js';
import { predictedBytes } from '../../bench/memory/formulas.js';
import { card, type Card } from '../../quiz/card.js';
import { askedIn, memorySizes, memoryT, type Asked, type MemoryStep } from './steps.js';
import type { MemoryMode } from '../../bench/index.js';
import type { Wrong } from '../../quiz/index.js';

/** What a prediction is held against. */
export interface Truth {
  /** Kept at T = memoryT. */
  readonly bytes: number;
  /** The power of T. */
  readonly exponent: number;
  /** The first T from which on more is kept; null where it is not asked. */
  readonly crossover: number | null;
}

/** How far a number may be off, relative: 14 MB is right for 14,680,064 bytes. An exponent has to be exact. */
export const tolerances: Readonly<Record<Asked, number>> = {
  bytes: 0.05,
  exponent: 1e-9,
  crossover: 0.05,
};

/** Bytes of the class that a mode keeps, by its formula. */
export const keptBytes = (mode: MemoryMode, T: number): number =>
  predictedBytes(mode, { ...memorySizes, T }).byClass[aboutModes[mode].kept.class];

/** What the formulas say. */
export const truthOf = ({ id, crosses }: MemoryStep): Truth => ({
  bytes: keptBytes(id, memoryT),
  exponent: aboutModes[id].theory,
  crossover:
    crosses &&
    firstOver(
      (T) => keptBytes(crosses.mode, T),
      (T) => keptBytes(crosses.over, T),
    ),
});

/** The question's id: `memory.lstm-bptt.bytes`. */
export const questionId = (mode: MemoryMode, of: Asked): string => `memory.${mode}.${of}`;

export function predictionCards(step: MemoryStep, truth: Truth): readonly Card[] {
  return askedIn(step).map((of) => {
    const about = { topic: 'systems', level: 2 } as const;
    const { kept, name } = aboutModes[step.id];
    const share = `Within ${100 * tolerances[of]} % is right.`;
    switch (of) {
      case 'bytes':
        return card.number(questionId(step.id, of), {
          ...about,
          ask: `${step.says}\n\nT = ${memoryT.toLocaleString('en-US')} steps, H = d = ${memorySizes.hidden}, k = ${memorySizes.k}, one layer, one head, one sequence, float64. How many bytes? ${share}`,
          answer: () => truth.bytes,
          unit: 'bytes',
          tolerance: tolerances.bytes,
          wrong: [
            ...slips[step.id],
            {
              is: () => truth.bytes / 8,
              because: 'That is the number of numbers: each has 8 bytes.',
            },
            {
              is: () => truth.bytes / 2,
              because: 'Half of it, as in float32: float64 has 8 bytes.',
            },
          ],
          explain: `${kept.formula} numbers of 8 bytes: ${kept.says}.`,
        });
      case 'exponent':
        return card.number(questionId(step.id, of), {
          ...about,
          ask: `${name}: that grows as T to the power of … ? 0 is constant, 1 is linear.`,
          answer: () => truth.exponent,
          tolerance: tolerances.exponent,
          wrong: [],
          explain: `${kept.formula} grows as T^${truth.exponent}.`,
        });
      case 'crossover': {
        const { mode, over } = step.crosses!;
        const [more, less] = [aboutModes[mode], aboutModes[over]];
        return card.number(questionId(step.id, of), {
          ...about,
          ask: `${more.name} keeps more than ${less.name} from some T on. From which? ${share}`,
          answer: () => truth.crossover!,
          tolerance: tolerances.crossover,
          wrong: [],
          explain: `${more.kept.formula} is more than ${less.kept.formula} from there on.`,
        });
      }
    }
  });
}

const { hidden: H, k } = memorySizes;
const T = memoryT;
const stretch = Math.ceil(Math.sqrt(T));

/** Numbers that people come to, in bytes, and what is wrong with them. */
const slips: Readonly<Record<MemoryMode, readonly Wrong<() => number>[]>> = {
  'lstm-streaming': [
    { is: () => 8 * H, because: 'One of h and c. Both go on to the next step.' },
    { is: () => 8 * 6 * H, because: 'The gates are scratch: only h and c go on.' },
    { is: () => 8 * 2 * T * H, because: 'Nothing is kept per step: h and c are overwritten.' },
  ],
  'lstm-bptt': [
    {
      is: () => 8 * 2 * T * H,
      because:
        'h and c are not enough: the backward pass reads f, i, c̃ and o of every step as well.',
    },
    {
      is: () => 8 * 6 * T * H,
      because:
        'f, i, c̃, o, c and h: enough where tanh(c) is computed again, and the count of the kata. This engine keeps it: seven.',
    },
    {
      is: () => 8 * 4 * T * H,
      because: 'f, i, c̃ and o alone: c, tanh(c) and h are kept as well.',
    },
  ],
  'lstm-truncated': [
    { is: () => 8 * 7 * T * H, because: 'That is the tape of all T steps: a stretch has k.' },
    { is: () => 8 * 2 * k * H, because: 'h and c are not enough: the gates are read as well.' },
  ],
  'lstm-checkpointed': [
    {
      is: () => 8 * 7 * stretch * H,
      because: 'One stretch in full, but h and c at the start of each of them are kept too.',
    },
    {
      is: () => 8 * 2 * stretch * H,
      because: 'The checkpoints, but one stretch at a time is there in full as well.',
    },
    {
      is: () => 8 * 7 * T * H,
      because: 'That is the whole tape, which checkpoints are there to avoid.',
    },
  ],
  'attention-naive-inference': [
    {
      is: () => (8 * T * T) / 2,
      because:
        'Half of it: a causal mask empties half of the matrix, and the matrix is there all the same.',
    },
    { is: () => 8 * 2 * T * T, because: 'Scores and weights: the weights overwrite the scores.' },
    {
      is: () => 8 * T * H,
      because: 'That is one of Q, K and V. The scratch is the matrix of scores.',
    },
  ],
  'attention-naive-training': [
    {
      is: () => (8 * T * T) / 2,
      because:
        'Half of it: a causal mask empties half of the matrix, and the matrix is there all the same.',
    },
    {
      is: () => 8 * 2 * T * T,
      because: 'Scores and weights: the backward pass of the softmax needs the weights alone.',
    },
  ],
  'attention-online': [
    {
      is: () => 8 * 2 * T,
      because: 'Maximum and sum of each row. Together they are one number, the log-sum-exp.',
    },
    { is: () => 8 * T * T, because: 'That is the matrix which this is there to avoid.' },
  ],
  'attention-kv-cache': [
    { is: () => 8 * T * H, because: 'Half of it: keys or values. Both are kept, as float64.' },
    {
      is: () => 8 * 3 * T * H,
      because: 'Queries of the past are never asked again: keys and values.',
    },
    { is: () => 8 * T * T, because: 'A step has one row of scores, and it is not kept.' },
  ],
};
