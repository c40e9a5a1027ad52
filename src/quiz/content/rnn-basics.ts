/** Cards about what a recurrent network is for and how it is laid out; one step of it is in rnn.ts. */
import { card, type Card } from '../card.js';
import { noBias, oneBias } from './counts.js';
import { equationAnswer } from './from-notation.js';

const sizes = { D: 64, H: 128 };
const kept = { share: 0.8, steps: 20 };

export const rnnBasicsCards: readonly Card[] = [
  card.equation('rnn.output', {
    topic: 'rnn',
    level: 1,
    katas: ['rnn-forward'],
    ...equationAnswer('rnn.output'),
    ask: 'Write the output y of an Elman network from h, with W_hy and b_y.',
    wrong: [
      {
        is: 'tanh(Why * h + by)',
        because: 'The output is left linear; a softmax, if there is one, belongs to the loss.',
      },
      { is: 'Why * h', because: 'The output bias b_y is missing.' },
    ],
    explain: 'h has been through its tanh already; the output only reads it.',
    hint: 'One product, one bias: is anything squashed?',
  }),
  card.choice('rnn.sharing', {
    topic: 'rnn',
    level: 1,
    equations: ['rnn.hidden'],
    ask: 'A recurrent network uses the same weights at every step. What does that buy?',
    answer: 'One model for any length, and what is learned at one step holds at all.',
    wrong: [
      {
        is: 'Speed: the product W_hh·h has to be computed only once and is then reused at the other steps.',
        because: 'The matrix is the same, the vector is not: each step multiplies anew.',
      },
      {
        is: 'Stable gradients, since a shared matrix cannot change its norm along the way.',
        because:
          'The opposite: the same factor again and again is what makes the product vanish or explode.',
      },
      {
        is: 'Memory in training, because one set of activations serves for all the steps.',
        because: 'Weights are shared, activations are not: BPTT keeps those of every step.',
      },
    ],
    explain: 'It is the sharing of a convolution, over time instead of over space.',
    hint: 'What would a network with other weights at each step do at step T + 1?',
  }),
  card.shape('rnn.sequence.shape', {
    topic: 'rnn',
    level: 1,
    katas: ['rnn-forward'],
    ask: 'Time-major: B sequences of T steps go through a layer of hidden size H. What is the shape of all its hidden states together?',
    answer: ['T', 'B', 'H'],
    wrong: [
      { is: ['B', 'T', 'H'], because: 'That is batch-major (batch_first): time comes first here.' },
      { is: ['B', 'H'], because: 'That is one step, for instance the last.' },
      { is: ['T', 'B', 'D'], because: 'That is the input: a state has H entries, not D.' },
    ],
    explain: 'Time-major keeps what one step needs, (B, H), in one piece of memory.',
  }),
  card.equation('rnn.parameters.formula', {
    topic: 'rnn',
    level: 1,
    katas: ['parameter-count'],
    ...equationAnswer('rnn.parameters'),
    ask: 'Write the number of parameters P of an Elman cell with one bias and without an output layer, from H and D.',
    wrong: [
      { is: 'H * H + H * D', because: 'The bias, one number per unit, is missing.' },
      { is: 'H * D + H', because: 'The recurrent matrix W_hh, H × H, is missing.' },
      {
        is: '4 * (H * (H + D) + H)',
        because: 'Four blocks make an LSTM; the Elman cell has one.',
      },
    ],
    explain: 'H·H recurrent weights, H·D input weights, H biases.',
    hint: 'Write the shapes of W_hh, W_xh and b_h.',
  }),
  card.number('rnn.step.work', {
    topic: 'rnn',
    level: 1,
    ask: `How many multiply-adds do the two matrix products of one Elman step take, D = ${sizes.D} and H = ${sizes.H}, one sequence?`,
    unit: 'multiply-adds',
    answer: () => noBias('rnn', sizes),
    wrong: [
      {
        is: () => sizes.H * sizes.D,
        because: 'That is the input’s product alone, without W_hh·h.',
      },
      {
        is: () => sizes.H * sizes.H,
        because: 'That is W_hh·h alone, without the input’s product.',
      },
      {
        is: () => 2 * noBias('rnn', sizes),
        because: 'That counts operations: a multiply-add is two.',
      },
      {
        is: () => oneBias('rnn', sizes),
        because: 'The biases are added only, not multiplied.',
      },
    ],
    explain: 'Each weight meets one number: H·(H + D) multiply-adds.',
    hint: 'How often is each weight used in one step?',
  }),
  card.choice('rnn.tanh-or-sigmoid', {
    topic: 'rnn',
    level: 1,
    ask: 'Why is the hidden state of an Elman network squashed by tanh and not by σ?',
    answer: 'tanh is centred on 0 and its slope reaches 1; that of σ only ¼.',
    wrong: [
      {
        is: 'Because tanh does not saturate, so its slope never comes near 0 for any input.',
        because: 'Both saturate at both ends.',
      },
      {
        is: 'Because σ cannot be differentiated at 0, and the state starts there.',
        because: 'σ is smooth everywhere; its slope at 0 is its largest.',
      },
      {
        is: 'Because a state between 0 and 1 could not be read by a linear output layer.',
        because: 'It could: weights and a bias shift and scale it.',
      },
    ],
    explain: 'With σ a gradient loses at least a factor of 4 per step before W_hh has its say.',
    hint: 'Compare the two slopes at 0.',
  }),
  card.trap('rnn.relu', {
    topic: 'rnn',
    level: 3,
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'Replace tanh by ReLU and the vanishing gradient of a recurrent network is solved.',
    right: "relu' is 0 or 1, but the powers of W_hh remain, and now the state can explode too.",
    wrong: [
      {
        is: 'ReLU cannot be differentiated at 0, so backpropagation breaks down.',
        because: 'Any value between 0 and 1 serves at the kink; it is met almost never.',
      },
      {
        is: 'The slope of ReLU is smaller than that of tanh, so it makes things worse.',
        because: 'Where it is open its slope is 1, which no tanh exceeds.',
      },
      {
        is: 'Nothing: with slope 1 the product over the steps has the norm 1.',
        because: 'Each factor is still multiplied by W_hh.',
      },
    ],
    explain:
      'It works with an identity or orthogonal start and clipping (IRNN), which tame W_hh, not the activation.',
    hint: 'Which other factor stands in each step of the product?',
  }),
  card.trap('rnn.dropout', {
    topic: 'rnn',
    level: 3,
    ask: 'Somebody regularises a recurrent network as follows. What is wrong?',
    claim: 'At every step a fresh dropout mask is put on h before it enters the next step.',
    right: 'Kept with probability q, a value survives t steps with qᵗ: memory is erased.',
    wrong: [
      {
        is: 'The masks must be fresh for each sequence of the batch as well, or the gradient is biased.',
        because: 'They usually are; it does not help the memory.',
      },
      {
        is: 'Dropout may be used on the output layer only.',
        because: 'Between layers it is usual, and on h it works with one mask for all steps.',
      },
      {
        is: 'Nothing: dropping entries of h is what dropout means.',
        because: 'At every step anew it also means that no unit can hold a value for long.',
      },
    ],
    explain: `Kept with ${kept.share}, a value lives ${kept.steps} steps in ${(100 * kept.share ** kept.steps).toFixed(1)} % of cases. Drop between layers, or keep one mask per sequence.`,
    hint: 'How likely is it that one entry is never dropped in t steps?',
  }),
  card.choice('rnn.layer-norm', {
    topic: 'rnn',
    level: 2,
    ask: 'Why is layer norm preferred to batch norm inside a recurrent network?',
    answer: 'Its statistics come from one sample at one step.',
    wrong: [
      {
        is: 'It has no parameters, so nothing has to be shared between the steps of the sequence.',
        because: 'It has a gain and a bias per unit, and they are shared.',
      },
      {
        is: 'It normalises over time, so that early and late steps weigh the same.',
        because: 'It normalises over the units of one step; no other step is looked at.',
      },
      {
        is: 'It needs no backward pass, being a mere rescaling.',
        because: 'Mean and deviation depend on the input, so gradients flow through both.',
      },
    ],
    explain:
      'Batch statistics differ by step, mix padding in, and do not exist for a batch of one or a step later than any in training.',
    hint: 'What would batch norm use at step 500 if training stopped at 100?',
  }),
  card.choice('rnn.many-to-one', {
    topic: 'rnn',
    level: 1,
    ask: 'Which of these tasks is many-to-one?',
    answer: 'the sentiment of a review',
    wrong: [
      { is: 'the caption of a picture', because: 'One picture, many words: one-to-many.' },
      {
        is: 'the part of speech of each word',
        because: 'One label per step: many-to-many, aligned.',
      },
      {
        is: 'the translation of a sentence',
        because: 'Many to many, of another length: encoder and decoder.',
      },
    ],
    explain: 'The whole sequence is read, and one state answers.',
  }),
  card.order('rnn.variable-length.order', {
    topic: 'rnn',
    level: 2,
    katas: ['masked-loss'],
    ask: 'A batch of sequences of different lengths is trained on. Put it in order.',
    items: [
      'pad all to the longest of the batch',
      'run the cell over all steps',
      'take the losses of all steps',
      'set the losses at padding to 0',
      'divide by the number of real steps',
    ],
    explain:
      'Divided by the padded number instead, a batch with much padding would learn more slowly.',
  }),
  card.free('rnn.explain', {
    topic: 'rnn',
    level: 1,
    equations: ['rnn.hidden'],
    katas: ['rnn-step'],
    ask: 'In a few sentences: how does a recurrent network process a sequence?',
    rubric: [
      {
        point: 'step by step, in order',
        words: ['step', 'one at a time', 'in order', 'sequential'],
      },
      { point: 'a hidden state is carried', words: ['state', 'carried', 'memory', 'carries'] },
      {
        point: 'computed from the old state and the input',
        words: ['previous', 'old state', 'h t 1', 'hprev', 'last state'],
      },
      { point: 'the same weights at every step', words: ['same', 'shared', 'sharing', 'reuse'] },
    ],
    enough: 3,
    model:
      'It reads one input at a time and carries a hidden state of fixed size. At each step the new state is tanh of a product with the old state plus a product with the input plus a bias. The same weights are used at every step, so that any length can be read.',
    explain: 'State, update, same weights: with these three the rest of the interview can begin.',
    hint: 'What is carried, what is shared?',
  }),
];
