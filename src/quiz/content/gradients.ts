/** Cards about backpropagation through time, vanishing, exploding and clipping. */
import { card, type Card } from '../card.js';
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { equationAnswer } from './from-notation.js';

const bound = { norm: 0.9, T: 50 };

export const gradientCards: readonly Card[] = [
  card.equation('rnn.bptt.tanh-derivative', {
    topic: 'gradients',
    level: 1,
    katas: ['rnn-bptt'],
    ...equationAnswer('rnn.backward.preactivation'),
    ask: 'h = tanh(a), and the gradient dh is known. Write da from dh and h alone.',
    wrong: [
      { is: 'dh', because: 'The derivative of tanh is missing: that would be right if h were a.' },
      {
        is: 'dh .* h .* (1 - h)',
        because: 'h(1 - h) is the derivative of σ in terms of its output; h is a tanh.',
      },
      {
        is: 'dh .* (1 - tanh(h).^2)',
        because: 'That applies tanh twice: 1 - tanh²(a) is 1 - h², since h is tanh(a) already.',
      },
    ],
    explain: "tanh' = 1 - tanh², and tanh(a) is h: the output is all that has to be kept.",
    hint: 'Write the derivative of tanh in terms of its own output.',
  }),
  card.equation('rnn.bptt.transpose', {
    topic: 'gradients',
    level: 1,
    katas: ['rnn-bptt'],
    ...equationAnswer('rnn.backward.hidden-previous'),
    ask: 'a = W_hh·hPrev + W_xh·x + b_h, and da is known. Write dhPrev.',
    wrong: [
      {
        is: 'Whh * da',
        because:
          'The transpose is missing. W_hh is square, so the shapes fit and nothing complains; the numbers are wrong.',
      },
      { is: "Whh' * da .* da", because: 'da enters once: the step back is linear in it.' },
    ],
    explain: 'dhPrev[k] sums da[j]·W_hh[j][k] over j: a product with the transpose.',
    hint: 'Write it for one entry: which weights lead away from hPrev[k]?',
  }),
  card.equation('rnn.bptt.carry', {
    topic: 'gradients',
    level: 2,
    katas: ['rnn-bptt'],
    ...equationAnswer('rnn.backward.hidden'),
    ask: 'h feeds y = W_hy·h + b_y and the next step, which sends back dhNext. Write dh, the total gradient in h.',
    wrong: [
      {
        is: "Why' * dy",
        because:
          'The gradient carried back from the next step is missing: that trains each step as if it were the last.',
      },
      {
        is: 'dhNext',
        because: "The output's own part is missing: it is right only at steps without a loss.",
      },
      {
        is: "Why' * dy - dhNext",
        because: 'Two uses of h: their gradients add, whatever their signs.',
      },
    ],
    explain: 'What is used twice receives the sum of both gradients.',
    hint: 'Count the arrows that leave h.',
  }),
  card.choice('rnn.bptt.sum-over-time', {
    topic: 'gradients',
    level: 1,
    equations: ['rnn.backward.Whh'],
    katas: ['rnn-bptt'],
    ask: 'Each step t gives a part da_t·h_{t-1}ᵀ for W_hh. What is the gradient of the whole loss in W_hh?',
    answer: 'The sum of the parts over all steps.',
    wrong: [
      {
        is: 'The mean of the parts over all steps, so that long sequences do not count more.',
        because:
          'Only if the loss is a mean, and then the 1/T is in every da_t already. The chain rule itself adds.',
      },
      {
        is: 'The part of the last step, which contains all earlier ones through the recurrence.',
        because:
          'The last part holds only h_{T-1} as a factor. The earlier uses of W_hh have parts of their own.',
      },
      {
        is: 'The product of the parts over all steps, by the chain rule along the unrolled network.',
        because: 'Products arise along one path. Different uses of the same weights are added.',
      },
    ],
    explain: 'W_hh is used T times; each use adds its part. In code: +=, and not =.',
    hint: 'How many times does the unrolled network use W_hh?',
  }),
  card.number('gradients.bound', {
    topic: 'gradients',
    level: 2,
    katas: ['rnn-bptt'],
    ask: `The norm (largest singular value) of W_hh is ${bound.norm}. By what factor at most does a gradient change from h_T back to h_1, T = ${bound.T}, in an Elman network with tanh?`,
    answer: () => bound.norm ** (bound.T - 1),
    tolerance: 0.03,
    wrong: [
      {
        is: () => bound.norm ** bound.T,
        because: 'One factor too many: from h_1 to h_T there are T - 1 steps.',
      },
      {
        is: () => bound.norm * (bound.T - 1),
        because: 'The factors multiply, they do not add up.',
      },
      { is: () => bound.norm, because: 'That is one step.' },
    ],
    explain:
      'dh_T/dh_1 is a product of T - 1 factors diag(1 - h²)·W_hh, and 1 - h² is at most 1: the bound is ‖W_hh‖^(T-1).',
    hint: 'Count the steps between h_1 and h_T.',
  }),
  card.trap('gradients.eigenvalues', {
    topic: 'gradients',
    level: 3,
    ask: 'Somebody answers as follows. What is wrong?',
    claim:
      'Gradients vanish when the eigenvalues of W_hh are below 1 and explode when one is above 1.',
    right:
      "It ignores tanh' and transient growth: singular values bound a step, eigenvalues do not.",
    wrong: [
      {
        is: 'It is the other way round, because the gradient is multiplied by the inverse of W_hh on its way back.',
        because: 'Backward multiplies by the transpose, which has the same eigenvalues.',
      },
      {
        is: 'Nothing: it is the exact condition, and for tanh networks it is both necessary and sufficient.',
        because:
          'It is exact for a linear network and T → ∞ only. A non-normal matrix can grow a gradient for many steps with all eigenvalues below 1.',
      },
      {
        is: 'It should speak of W_xh, since the gradient reaches the weights through the inputs.',
        because: 'W_xh is on no path from one hidden state to the next.',
      },
    ],
    explain:
      "‖W_hh‖·max|tanh'| < 1 suffices to vanish; > 1 is necessary to explode, not sufficient.",
    hint: 'Which number of a matrix bounds how much one product can stretch a vector?',
  }),
  card.trap('gradients.clipping.cures', {
    topic: 'gradients',
    level: 1,
    equations: ['training.clip'],
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'Gradient clipping solves the vanishing and exploding gradient problem.',
    right: 'It bounds large steps only; a gradient that has vanished stays vanished.',
    wrong: [
      {
        is: 'It solves the vanishing half only: small gradients are lifted.',
        because: 'Clipping leaves alone whatever is below the threshold.',
      },
      {
        is: 'It solves neither, because the optimiser divides by the norm again.',
        because: 'Plain SGD does not divide by anything, and there clipping does bound the step.',
      },
      {
        is: 'Nothing, if the threshold is tuned for the length of the sequences.',
        because: 'No threshold brings back a credit that has shrunk to nothing on the way.',
      },
    ],
    explain: 'min(1, threshold/norm) is never above 1: clipping cannot enlarge anything.',
  }),
  card.choice('gradients.clipping.direction', {
    topic: 'gradients',
    level: 2,
    equations: ['training.norm', 'training.clip'],
    ask: 'Which way of clipping keeps the direction of the update?',
    answer: 'One factor for all parameters, from their joint norm.',
    wrong: [
      {
        is: 'Each entry cut to ±threshold.',
        because: 'That shortens only the large entries, so the vector turns.',
      },
      {
        is: 'Each matrix scaled by its own norm, so that no layer is dominated by another.',
        because:
          'Within a matrix the direction stays, but between matrices the proportions change.',
      },
      {
        is: 'All of them, since each one only makes numbers smaller and never changes a sign.',
        because: 'Keeping signs is not keeping a direction.',
      },
    ],
    explain: 'Clipping by global norm multiplies the whole gradient by min(1, threshold/‖g‖).',
  }),
  card.choice('gradients.truncated', {
    topic: 'gradients',
    level: 2,
    ask: 'Truncated BPTT with k = 35 steps: what does the network lose compared with full BPTT?',
    answer: 'Credit for all that is k or more steps back, and for much that is nearer.',
    wrong: [
      {
        is: 'The state: it must be reset to zero every k steps.',
        because: 'The value of the state is carried on; only its gradient is cut (detached).',
      },
      {
        is: 'Nothing but time: the gradient is the same in expectation, only noisier.',
        because: 'It is biased: paths longer than k have weight 0, on average too.',
      },
      {
        is: 'The use of anything that was read k or more steps ago, in training and afterwards.',
        because:
          'The state may still hold it. What is missing is the gradient that would teach the network to hold it.',
      },
    ],
    explain:
      'Memory falls from O(T) to O(k). A loss reaches (k - 1)/2 steps back on average: only the last of a chunk reaches k - 1.',
    hint: 'Values run forward, credit runs back.',
  }),
  card.order('gradients.training-step', {
    topic: 'gradients',
    level: 1,
    ask: 'Put one training step in order.',
    items: [
      'before the first step forward, set the gradients to zero',
      'forward through all steps, keeping the tape',
      'backward from the last step to the first, adding up',
      'clip by the global norm',
      'let the optimiser change the parameters',
    ],
    explain:
      'Clipping needs the whole gradient, so it comes after backward, and must come before the update.',
  }),
  card.free('gradients.vanishing.explain', {
    topic: 'gradients',
    level: 2,
    katas: ['rnn-bptt'],
    ask: 'In a few sentences: why do gradients vanish in an Elman network, and what helps?',
    rubric: [
      { point: 'a product over the steps', words: ['product', 'multipl', 'power', 'repeated'] },
      {
        point: 'the same W_hh at every step',
        words: ['same', 'shared', 'whh', 'recurrent matrix', 'recurrent weight'],
      },
      {
        point: 'the derivative of tanh is at most 1',
        words: ['tanh', 'derivative of the activation', 'saturat', '1 h'],
      },
      {
        point: 'a remedy: gates, orthogonal start, shorter paths',
        words: ['gate', 'lstm', 'gru', 'orthogonal', 'attention', 'skip', 'residual'],
      },
    ],
    enough: 3,
    model:
      'dh_T/dh_1 is a product of T-1 factors diag(1 - h²)·W_hh. The same matrix returns in every factor and 1 - h² is at most 1, so with ‖W_hh‖ < 1 the product shrinks exponentially in T. Gates give the gradient a path of its own; an orthogonal start and attention’s short paths help too; clipping does not.',
    explain: 'Say product, same matrix, tanh derivative, remedy: in this order it is one argument.',
    hint: 'Write dh_T/dh_1.',
  }),
];

export const gradientGenerators: readonly Generator[] = [
  generator('gradients.clipping.generated', {
    topic: 'gradients',
    level: 2,
    equations: ['training.norm', 'training.clip'],
    make: (random, { id, about }) => {
      const a = wholeFrom(random, 3, 9);
      const b = wholeFrom(random, 3, 9);
      const threshold = oneOf(random, [1, 2]);
      const clipped = (norm: number): number => a * Math.min(1, threshold / norm);
      return card.number(id, {
        ...about,
        ask: `Two parameters have the gradients ${a} and ${b}. After clipping by global norm with threshold ${threshold}, what is the first one?`,
        answer: () => clipped(Math.hypot(a, b)),
        wrong: [
          { is: () => clipped(a), because: 'That cuts this entry by itself: clipping by value.' },
          {
            is: () => clipped(a + b),
            because:
              'That divides by the sum of the sizes; the global norm is the root of the sum of squares.',
          },
          {
            is: () => a,
            because: 'The joint norm is above the threshold, so everything is scaled.',
          },
        ],
        explain:
          'Every gradient is multiplied by threshold / √(sum of all squares) when that is below 1.',
        hint: 'One factor for both.',
      });
    },
  }),
];
