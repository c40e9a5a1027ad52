/** The walk through what LSTM and attention have to remember: predicted first, then measured. */
import { memorySequence } from './memory/steps.js';
import type { Walk } from './step.js';

export const memory: Walk = {
  id: 'memory',
  title: 'Memory of LSTM and attention: predict, then measure',
  steps: memorySequence,
};
