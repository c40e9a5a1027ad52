/** The walk through the GRU: the step, its other form, back through time, and what it saves. */
import { step, type Walk } from './step.js';

export const gru: Walk = {
  id: 'gru',
  title: 'The GRU, its two forms, and what it saves',
  steps: [
    step.kata('gru-step', {
      title: 'One step',
      says: 'Two gates and no second state. Here h = (1 − z) ⊙ h₋ + z ⊙ h̃: z is the share that is new. PyTorch and cuDNN use z for the share that stays.',
      lesson: 'variants',
    }),
    step.kata('gru-reset-after', {
      title: 'The reset after the product',
      says: 'The form of PyTorch and cuDNN: r weighs W_hh h₋ instead of h₋, and a second bias stands inside. Other numbers, so weights cannot be moved from one form to the other.',
      lesson: 'variants',
    }),
    step.kata('gru-step-backward', {
      title: 'One step back',
      says: 'h₋ is read in four places: by both gates, through the reset, and straight. Each of them brings a term of dh₋.',
      lesson: 'variants',
    }),
    step.kata('gru-bptt', {
      title: 'Back through time',
      says: 'One gradient is carried back. Where z is near 0 it passes unchanged: the same highway, on h itself.',
      lesson: 'variants',
    }),
    step.gradcheck({
      title: 'The gradient check',
      says: 'Every entry of every gradient, against dual numbers and against differences. Then the same with a term of dh₋ left out.',
      cell: 'gru',
      mistake: 'reset-path-lost',
    }),
    step.flow({
      title: 'The gradient, step by step',
      says: 'One loss at the end, and what of its gradient reaches each earlier step: RNN, LSTM by forget bias, GRU.',
      cells: ['rnn', 'lstm', 'gru'],
      lesson: 'variants',
    }),
    step.kata('parameter-count', {
      title: 'What it saves',
      says: 'Three blocks of weights instead of four. Whether that makes exactly three quarters depends on the biases.',
      equations: ['rnn.parameters', 'lstm.parameters', 'gru.parameters'],
      lesson: 'variants',
    }),
    step.cards({
      title: 'Its questions',
      says: 'What an interviewer asks about all this.',
      topics: ['gru'],
      count: 5,
    }),
  ],
};
