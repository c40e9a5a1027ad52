/** Cards about a training run that does not do what it should, and about numbers that break. */
import { card, type Card } from '../card.js';

const logits = { right: 1000, other: 1002 };
const gap = logits.other - logits.right;

export const debuggingCards: readonly Card[] = [
  card.choice('training.one-batch', {
    topic: 'training',
    level: 1,
    ask: 'Before a long run you train on one small batch again and again. What must be seen if the code is right?',
    answer: 'The loss of that batch goes to nearly 0.',
    wrong: [
      {
        is: 'The validation loss falls as well, if more slowly.',
        because: 'A handful of examples teaches nothing general: it may well rise.',
      },
      {
        is: 'The loss settles at ln V, that of equal probabilities.',
        because: 'That is where it starts. A model with thousands of weights can learn one batch.',
      },
      {
        is: 'The gradient norm stays the same from the first step to the last.',
        because: 'It falls with the loss: at p = target the gradient is 0.',
      },
    ],
    explain:
      'It finds a cut path, a wrong mask and shuffled targets within seconds. Switch dropout off for it.',
    hint: 'Can the model memorise a few sequences?',
  }),
  card.several('training.nan', {
    topic: 'training',
    level: 2,
    ask: 'Which of these can turn the loss of an LSTM into NaN?',
    options: [
      {
        is: 'the log of a softmax that has underflowed to 0, times a target of 0',
        right: true,
        because: 'log 0 is -∞, and 0 · -∞ is NaN: take the log-softmax from the logits.',
      },
      {
        is: 'a batch whose mask leaves no step, and a mean over the real steps',
        right: true,
        because: '0/0: such a batch has to be skipped or given the loss 0.',
      },
      {
        is: 'a forget gate that is saturated at 1',
        right: false,
        because: 'its slope is 0, so this gate stops learning; no number breaks.',
      },
      {
        is: 'a hidden state that has run out of its range',
        right: false,
        because: 'h is o ⊙ tanh(c): it stays within ±1 even if c is huge.',
      },
    ],
    explain:
      'Look for the first number that is not finite, in loss, gradient and weights: it names the cause.',
  }),
  card.trap('training.falling-loss', {
    topic: 'training',
    level: 2,
    katas: ['relative-error'],
    ask: 'Somebody finishes a backward pass by hand. What is wrong?',
    claim: 'The loss falls, so my gradient is right.',
    right: 'A small step within 90° of the true one lowers the loss; half a gradient often is.',
    wrong: [
      {
        is: 'The loss must fall at each single step for that to follow, not only on average over many.',
        because: 'Even then: a wrong direction can descend at every step.',
      },
      {
        is: 'It is right only if the validation loss falls as well.',
        because: 'That is about generalising. A wrong gradient can lower either.',
      },
      {
        is: 'Nothing: with a wrong gradient the loss stays where it is or rises.',
        because: 'A truncated or rescaled gradient is wrong, and trains.',
      },
    ],
    explain:
      'A missing carry is a truncation to one step: it learns, and never anything long. Compare with differences.',
    hint: 'What would a gradient without the part through time do?',
  }),
  card.equation('training.log-sum-exp', {
    topic: 'training',
    level: 2,
    equations: ['training.cross-entropy'],
    katas: ['softmax-cross-entropy', 'stable-softmax'],
    ask: 'top is the largest logit, sum is the sum of e^(logit - top) over all classes, s is the logit of the right one. Write the cross-entropy without forming a probability.',
    answer: 'top + log(sum) - s',
    symbols: { top: [], sum: [], s: [] },
    wrong: [
      {
        is: 'log(sum) - s',
        because: 'top was taken out of every exponent, so it must be added again.',
      },
      {
        is: 's - top - log(sum)',
        because: 'That is the log-probability; the loss is its negative.',
      },
      {
        is: 'log(sum) - s / top',
        because: 'top was subtracted in the exponents, not divided by.',
      },
    ],
    explain: 'No exponent is above 0 and no logarithm is taken of 0, whatever the logits are.',
    hint: '-ln(e^s / Σ e^(s_j)): factor e^top out of the sum.',
  }),
  card.number('training.cross-entropy.large', {
    topic: 'training',
    level: 1,
    equations: ['training.cross-entropy'],
    katas: ['stable-softmax'],
    ask: `Two classes have the logits ${logits.right} and ${logits.other}; the first one is right. e^${logits.right} overflows. What is the cross-entropy in nats?`,
    unit: 'nats',
    answer: () => Math.log1p(Math.exp(gap)),
    wrong: [
      {
        is: () => Math.log1p(Math.exp(-gap)),
        because: 'That is the loss if the second were right.',
      },
      { is: () => gap, because: 'That forgets the 1 in ln(1 + e^(s₂ - s₁)).' },
      { is: () => logits.right, because: 'Only the difference of the logits matters.' },
    ],
    explain: 'The same as for logits 0 and 2: a softmax knows differences only.',
    hint: 'Subtract the same number from both.',
  }),
  card.choice('training.stateful.batch', {
    topic: 'training',
    level: 2,
    katas: ['truncated-bptt'],
    ask: 'A long text is trained on in B streams, and the state is carried from batch to batch. What must stand in row b of the next batch?',
    answer: 'what follows row b of this batch',
    wrong: [
      {
        is: 'what follows row b - 1 of this batch, so that the rows read on from each other',
        because: 'The state in row b has read row b; it would go on in the middle of other text.',
      },
      {
        is: 'anything, if the batches are shuffled anew in each epoch',
        because: 'Shuffled batches need a fresh state: a carried one belongs to other text.',
      },
      {
        is: 'the same text again, moved on by one step',
        because: 'That is how the targets lie to the inputs, not one batch to the next.',
      },
    ],
    explain:
      'So the text is cut into B long pieces first, each read by one row. At a piece’s end its state is reset.',
  }),
  card.choice('training.scheduled-sampling', {
    topic: 'training',
    level: 3,
    ask: 'Scheduled sampling feeds the decoder its own words with a growing probability, against the same targets. What is wrong with its objective?',
    answer: 'Its optimum is not the distribution of the data.',
    wrong: [
      {
        is: 'It has no gradient, since a sampled word cannot be differentiated.',
        because: 'The loss of each step has one; only the path through the choice is left out.',
      },
      {
        is: 'It trains on its own words alone, so the targets of the data are never used.',
        because: 'The targets stay those of the data; the inputs are mixed.',
      },
      {
        is: 'It needs as many forward passes as there are words, so the gradient is noisier.',
        because: 'It must run step by step, which a recurrent decoder does anyway.',
      },
    ],
    explain:
      'After a wrong word the old target may be wrong too: «the cat cat sat» (Huszár 2015). It often helps in practice.',
    hint: 'The model wrote another word than the data. Is the next target still the right one?',
  }),
  card.choice('rnn.zoneout', {
    topic: 'rnn',
    level: 3,
    ask: 'Zoneout picks some units of h at each step, by chance. What does it do with them?',
    answer: 'They keep their value of the step before.',
    wrong: [
      {
        is: 'They are set to 0, and all the others are scaled up by the share that was kept.',
        because: 'That is dropout, which erases what the unit held.',
      },
      {
        is: 'Their gradient is set to 0; the value is updated as usual.',
        because: 'The value is what is held back, and with it the gradient passes unchanged.',
      },
      {
        is: 'They get noise, whose size follows the state.',
        because: 'The noise is in which units are updated, not in their values.',
      },
    ],
    explain:
      'State and gradient pass through such a unit with the factor 1 (Krueger and others, 2017).',
    hint: 'Dropout forgets. What would be its opposite?',
  }),
];
