/** The walk through attention: the softmax, scores, masks, heads, backward, and the two ways to save memory. */
import { step, type Walk } from './step.js';

export const attention: Walk = {
  id: 'attention',
  title: 'Attention, forward and back, and what it has to remember',
  steps: [
    step.kata('stable-softmax', {
      title: 'The softmax',
      says: 'Subtract the largest score first. Mathematically that changes nothing; without it exp overflows at 710.',
      equations: ['attention.weights'],
      lesson: 'attention',
    }),
    step.kata('scaled-dot-product', {
      title: 'Scaled dot products',
      says: 'Each query asks every key and takes a weighted mean of the values. The √d_k keeps the scores from growing with the size of the heads.',
      lesson: 'attention',
    }),
    step.picture('why-the-root', {
      title: 'Why the root of d_k',
      says: 'Without it the softmax ends up on one key as heads get larger, and its derivative goes to 0.',
      lesson: 'attention',
      chart: 'attention-scale',
    }),
    step.kata('causal-attention', {
      title: 'No look ahead',
      says: 'Scores of the future become −∞ before the softmax, so that their weights are exactly 0.',
      lesson: 'attention',
    }),
    step.kata('multi-head', {
      title: 'Several heads',
      says: 'The same in parallel on slices of the model, each with projections of its own. No more work than one head of full size.',
      lesson: 'attention',
    }),
    step.kata('attention-backward', {
      title: 'Back',
      says: 'The derivative of the softmax mixes a row: P ⊙ (dP − Σ dP ⊙ P). The rest is matrix products and transposes.',
      lesson: 'attention',
    }),
    step.kata('kv-cache-step', {
      title: 'Decoding with a cache',
      says: 'Keys and values of the past do not change, so they are kept. Work per step falls from T² to T; memory grows with T.',
      lesson: 'attention',
    }),
    step.kata('online-softmax', {
      title: 'Without the T × T matrix',
      says: 'A running maximum, a running sum, a running result. The same numbers from memory that grows with T.',
      lesson: 'attention',
    }),
    step.kata('memory-account', {
      title: 'The account',
      says: 'Bytes of an LSTM and of attention, by formula. bptt walk memory has them measured.',
      equations: [],
      lesson: 'comparison',
    }),
    step.cards({
      title: 'Its questions',
      says: 'What an interviewer asks about all this.',
      topics: ['attention', 'systems'],
      count: 6,
    }),
  ],
};
