/** The walk through the LSTM: gate by gate, the step, back through time, and the gradient highway. */
import { step, type Walk } from './step.js';

export const lstm: Walk = {
  id: 'lstm',
  title: 'The LSTM, gate by gate, and its gradient highway',
  steps: [
    step.kata('forget-gate', {
      title: 'The forget gate',
      says: 'How much of the old cell stays, unit by unit. It looks at h₋ and x, not at the cell itself.',
      lesson: 'lstm',
    }),
    step.kata('input-gate', {
      title: 'Input gate and candidate',
      says: 'What could be written, and how much of it is. Two different questions, with two sets of weights.',
      lesson: 'lstm',
    }),
    step.kata('cell-update', {
      title: 'The cell',
      says: 'The only line in which the cell changes: a sum, and no matrix. Everything that is said about long memory rests on it.',
      lesson: 'lstm',
    }),
    step.kata('output-gate', {
      title: 'The output gate',
      says: 'What the cell shows to the world. A cell can keep something for a long time without saying it.',
      lesson: 'lstm',
    }),
    step.kata('lstm-step', {
      title: 'One step',
      says: 'The six equations together, in the order in which they can be computed: f, i, c̃, c, o, h.',
      lesson: 'lstm',
    }),
    step.kata('lstm-forward', {
      title: 'A whole sequence',
      says: 'Two states go from step to step, h and c. The weights stay.',
      lesson: 'lstm',
    }),
    step.kata('lstm-step-backward', {
      title: 'One step back',
      says: 'Two gradients arrive, dh and dc, and two leave. dc reaches the cell by two ways: through h = o ⊙ tanh(c), and from the next step.',
      lesson: 'lstm',
    }),
    step.kata('lstm-bptt', {
      title: 'Back through time',
      says: 'Both gradients carried from step to step, the weights summed over all of them.',
      lesson: 'lstm',
    }),
    step.gradcheck({
      title: 'The gradient check',
      says: 'Every entry of every gradient, against dual numbers and against differences. Then the same with the highway closed.',
      cell: 'lstm',
      mistake: 'no-cell-carry',
    }),
    step.kata('gradient-highway', {
      title: 'The highway',
      says: 'Straight through the cells, dc_T/dc_1 is the product of the forget gates: no matrix, no tanh. It decays all the same where f is below 1.',
      lesson: 'highway',
    }),
    step.flow({
      title: 'What reaches the first step',
      says: 'One loss at the end, LSTMs that differ in the forget bias alone. What the bias is for can be read off.',
      cells: ['lstm'],
      lesson: 'highway',
    }),
    step.kata('peephole-step', {
      title: 'A variant: peepholes',
      says: 'The gates may look at the cell. f and i see the old one, o sees the new one.',
      lesson: 'variants',
    }),
    step.kata('checkpointed-bptt', {
      title: 'The same gradients, less memory',
      says: 'Keep the state at every √T-th step and compute the rest again: memory grows with √T, for one more forward pass.',
      lesson: 'training',
    }),
    step.cards({
      title: 'Its questions',
      says: 'What an interviewer asks about all this.',
      topics: ['lstm'],
      count: 6,
    }),
  ],
};
