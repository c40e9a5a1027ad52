/** The pictures of the lessons, by id. Each computes its points when it is asked. */
import { attentionScale } from './attention.js';
import { memoryByLength } from './comparison.js';
import { gradientByStep } from './gradients.js';
import { highwayByLength } from './highway.js';
import { creditByDistance } from './interview.js';
import { forgetBias } from './lstm.js';
import { pulse } from './rnn.js';
import { zerosMove } from './sequences.js';
import { differenceError, truncatedReach } from './training.js';
import { counting } from './variants.js';
import type { Chart } from './chart.js';

export type { Chart } from './chart.js';

export const charts: Readonly<Record<string, () => Chart>> = {
  'attention-scale': attentionScale,
  counting,
  'credit-by-distance': creditByDistance,
  'difference-error': differenceError,
  'forget-bias': forgetBias,
  'gradient-by-step': gradientByStep,
  'highway-by-length': highwayByLength,
  'memory-by-length': memoryByLength,
  pulse,
  'truncated-reach': truncatedReach,
  'zeros-move': zerosMove,
};
