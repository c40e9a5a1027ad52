/** The pictures of the lessons, by id. Each computes its points when it is asked. */
import { gradientByStep } from './gradients.js';
import { attentionScale } from './attention.js';
import { memoryByLength } from './comparison.js';
import { creditByDistance } from './interview.js';
import { differenceError, truncatedReach } from './training.js';
import { highwayByLength } from './highway.js';
import { forgetBias } from './lstm.js';
import { pulse } from './rnn.js';
import { zerosMove } from './sequences.js';
import { counting } from './variants.js';
import type { Chart } from './chart.js';

export type { Chart } from './chart.js';

export const charts: Readonly<Record<string, () => Chart>> = {
  counting,
  'forget-bias': forgetBias,
  'gradient-by-step': gradientByStep,
  'highway-by-length': highwayByLength,
  pulse,
  'zeros-move': zerosMove,
  'attention-scale': attentionScale,
  'memory-by-length': memoryByLength,
  'credit-by-distance': creditByDistance,
  'difference-error': differenceError,
  'truncated-reach': truncatedReach,
};
