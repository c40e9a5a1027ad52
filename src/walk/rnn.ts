/** The walk through the Elman network: forward, the loss, back through time, and why the gradient goes. */
import { step, type Walk } from './step.js';

export const rnn: Walk = {
  id: 'rnn',
  title: 'The Elman network, and why its gradients vanish',
  steps: [
    step.kata('rnn-step', {
      title: 'One step',
      says: 'The new state is made of the old one and the input. These weights are the whole cell.',
      lesson: 'rnn',
    }),
    step.kata('rnn-forward', {
      title: 'A whole sequence',
      says: 'The same weights at every step: what is learned at one position holds at all of them.',
      lesson: 'rnn',
    }),
    step.picture('what-is-left', {
      title: 'What one unit remembers',
      says: 'One pulse at the first step, none after. The recurrent weight decides what is left of it.',
      lesson: 'rnn',
      chart: 'pulse',
    }),
    step.kata('softmax-cross-entropy', {
      title: 'The loss',
      says: 'Where the gradient begins. Softmax and cross-entropy together have a derivative that fits in one line: softmax(y) − target.',
      lesson: 'rnn',
    }),
    step.kata('rnn-step-backward', {
      title: 'One step back',
      says: 'The chain rule through one step. The transposed recurrent matrix and the factor 1 − h² are all that happens to dh on its way to the step before.',
      lesson: 'rnn',
    }),
    step.kata('rnn-bptt', {
      title: 'Back through time',
      says: 'From the last step to the first. What arrives from the future is added to what the loss says here, and the gradients of the shared weights are summed.',
      equations: [
        'rnn.backward.preactivation',
        'rnn.backward.hidden-previous',
        'rnn.backward.input',
        'rnn.backward.Wxh',
        'rnn.backward.Whh',
        'rnn.backward.bh',
      ],
      lesson: 'rnn',
    }),
    step.kata('relative-error', {
      title: 'When two gradients are the same',
      says: 'Before a gradient is checked: what «equal» means for numbers that may be 1 or 1e-12. An absolute tolerance lets a gradient of zero pass.',
      lesson: 'training',
    }),
    step.gradcheck({
      title: 'The gradient check',
      says: 'Every entry of every gradient, against dual numbers and against differences. Then the same with a mistake that is made often.',
      cell: 'rnn',
      mistake: 'recurrent-not-transposed',
    }),
    step.kata('jacobian-product', {
      title: 'Across the whole sequence',
      says: 'dh_T/dh_1 is a product of T − 1 matrices, each diag(1 − h²) W_hh. Vanishing and exploding are in this product and nowhere else.',
      lesson: 'gradients',
    }),
    step.kata('gradient-bound', {
      title: 'The bound',
      says: 'The product is never larger than the spectral norm of W_hh to the power T − 1. Below 1 that proves vanishing; above 1 it proves nothing.',
      equations: ['rnn.backward.hidden-previous'],
      lesson: 'gradients',
    }),
    step.flow({
      title: 'The gradient, step by step',
      says: 'One loss at the end, and what of its gradient reaches each earlier step: the Elman network under its bound, an LSTM beside it.',
      cells: ['rnn', 'lstm'],
      lesson: 'gradients',
    }),
    step.kata('clip-by-global-norm', {
      title: 'Against exploding: clipping',
      says: 'One factor for all gradients together: the step gets shorter and keeps its direction. It does nothing against vanishing.',
      lesson: 'training',
    }),
    step.kata('truncated-bptt', {
      title: 'Cutting the sequence',
      says: 'Memory for k steps instead of T, and no credit for what lies k or more steps back.',
      lesson: 'training',
    }),
    step.cards({
      title: 'Its questions',
      says: 'What an interviewer asks about all this.',
      topics: ['rnn', 'gradients'],
      count: 6,
    }),
  ],
};
