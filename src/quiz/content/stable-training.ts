/** Cards about what keeps large models trainable: where norms stand, scores that cannot grow, weight decay. */
import { sigmoid } from '../../engine/index.js';
import { card, type Card } from '../card.js';

const head = { size: 64 };
const decay = { bias: 1, lr: 0.001, rate: 0.1, steps: 10_000 };
const decayed = decay.bias * (1 - decay.lr * decay.rate) ** decay.steps;

export const stableTrainingCards: readonly Card[] = [
  card.choice('training.norm.place', {
    topic: 'training',
    level: 2,
    ask: 'Transformers went from norm(x + F(x)), post-norm, to x + F(norm(x)), pre-norm. What is gained?',
    answer: 'No norm stands on the way of x, or of its gradient.',
    wrong: [
      {
        is: 'x keeps the same size in every layer, however many there are.',
        because: 'That is post-norm. Here nothing norms the sum, and it grows with depth.',
      },
      {
        is: 'F needs no norm of its own, which saves work.',
        because: 'It has one all the same, in front in place of behind.',
      },
      {
        is: 'Layers far up weigh as much as the first ones.',
        because: 'They weigh less: the sum they are added to has grown. That is the price.',
      },
    ],
    explain:
      'Post-norm needs a warm-up, or its upper layers’ gradients are too large at the start (Xiong and others 2020). Pre-norm is the LSTM’s cell in depth, a sum left alone, and ends in one more norm.',
    hint: 'Follow x from the first layer to the last in both.',
  }),
  card.number('attention.query-key-norm', {
    topic: 'attention',
    level: 3,
    equations: ['attention.scores'],
    ask: `QK-norm: each head divides q and k by their root mean square, without a learnt gain. d_k = ${head.size}. How large can a scaled score q·k/√d_k become at most?`,
    answer: () => Math.sqrt(head.size),
    wrong: [
      { is: () => head.size, because: 'That is q·k itself; it is divided by √d_k.' },
      {
        is: () => 1,
        because: 'A root mean square of 1 means a norm of √d_k, not of 1.',
      },
      {
        is: () => 1 / Math.sqrt(head.size),
        because: 'That would be for q and k of norm 1.',
      },
    ],
    explain:
      'Else q and k may grow until the softmax is one-hot and training diverges (Dehghani and others 2023). A learnt gain leaves heads free to be sharper.',
    hint: 'What is the norm of a vector with root mean square 1?',
  }),
  card.trap('training.decay.adam', {
    topic: 'training',
    level: 3,
    equations: ['training.adam-second-moment'],
    ask: 'Somebody regularises an LSTM that is trained with Adam. What is wrong?',
    claim: 'I add λ·w to each gradient. That is weight decay, as it is in SGD.',
    right: 'Adam divides λ·w by √v̂ as well: where gradients are large, weights hardly decay.',
    wrong: [
      {
        is: 'It decays every weight twice: once through m and once more through v.',
        because: 'It enters both means, but the step is taken once.',
      },
      {
        is: 'The sign is wrong: it makes the weights larger.',
        because: 'The step goes against the gradient, and so against w.',
      },
      {
        is: 'Nothing, provided that λ is scaled by the learning rate.',
        because: 'That settles it for SGD. Adam scales each weight by its own √v̂.',
      },
    ],
    explain:
      'AdamW leaves the gradient alone and takes lr·λ·w from w beside Adam’s step (Loshchilov and Hutter 2019).',
    hint: 'Follow λ·w through one step of Adam.',
  }),
  card.number('training.decay.forget-bias', {
    topic: 'training',
    level: 3,
    equations: ['lstm.forget-gate'],
    ask: `AdamW decays all parameters, λ = ${decay.rate}, learning rate ${decay.lr}. A forget bias starts at ${decay.bias} and its gradient is 0. What is the gate σ(b_f) after ${decay.steps} steps, without input and state?`,
    answer: () => sigmoid(decayed),
    tolerance: 0.01,
    wrong: [
      { is: () => sigmoid(decay.bias), because: 'That is the start: decay pulls the bias to 0.' },
      { is: () => decayed, because: 'That is the bias; the gate is its σ.' },
      { is: () => sigmoid(0), because: 'That is where it tends to. It is not there yet.' },
    ],
    explain:
      'Each step multiplies the bias by 1 - lr·λ: decay makes gates forget. So biases and gains of norms are left out of it.',
    hint: 'By what does one step multiply the bias?',
  }),
];
