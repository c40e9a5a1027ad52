/** Cards about layers and networks made of cells: bidirectional, stacked, encoder and decoder. */
import { card, type Card } from '../card.js';
import { oneBias } from './counts.js';

const stack = { D: 32, H: 64, L: 3 };
const wave = { T: 100, L: 4 };
const both = { D: 40, H: 50 };
const translation = { source: 30, target: 20 };

export const sequenceCards: readonly Card[] = [
  card.shape('sequences.bidirectional.shape', {
    topic: 'sequences',
    level: 1,
    equations: ['bidirectional.hidden'],
    katas: ['bidirectional-rnn'],
    ask: 'A bidirectional layer of hidden size H in each direction reads (T, B, D). What is the shape of its output, both directions joined?',
    answer: ['T', 'B', '2H'],
    wrong: [
      { is: ['T', 'B', 'H'], because: 'That is one direction, or the sum of both.' },
      { is: ['2T', 'B', 'H'], because: 'They are joined at each step, not one after the other.' },
    ],
    explain: 'So the next layer has input size 2H.',
  }),
  card.number('sequences.bidirectional.parameters', {
    topic: 'sequences',
    level: 2,
    katas: ['parameter-count'],
    ask: `How many parameters has a bidirectional LSTM layer with D = ${both.D}, H = ${both.H} in each direction and one bias per block?`,
    unit: 'parameters',
    answer: () => 2 * oneBias('lstm', both),
    wrong: [
      { is: () => oneBias('lstm', both), because: 'Each direction has weights of its own.' },
      {
        is: () => oneBias('lstm', { ...both, H: 2 * both.H }),
        because:
          'That is one LSTM of twice the size: its recurrent matrices are four times as large.',
      },
      {
        is: () => 2 * oneBias('gru', both),
        because: 'That is three blocks per direction: a GRU.',
      },
    ],
    explain: 'Two LSTMs that share nothing but their input.',
  }),
  card.trap('sequences.bidirectional.padding', {
    topic: 'sequences',
    level: 2,
    katas: ['bidirectional-rnn'],
    ask: 'Somebody writes a bidirectional layer for a padded batch. What is wrong?',
    claim: 'For the backward pass I reverse the whole batch along the time axis and run the cell.',
    right:
      'Short sequences then begin with their padding; each must be reversed in its own length.',
    wrong: [
      {
        is: 'The batch must be reversed along the batch axis too.',
        because: 'Samples are independent: their order does not matter.',
      },
      {
        is: 'The weights must be transposed for the backward pass, as in backpropagation.',
        because: 'It is a second forward pass, with weights of its own.',
      },
      {
        is: 'Nothing, since padded inputs are zero and leave the state at zero.',
        because: 'With a bias the state moves at zero input too, and then it meets the last word.',
      },
    ],
    explain: 'Start the backward pass at each sequence’s end, then turn its outputs round again.',
    hint: 'What does the backward cell of a short sequence read first?',
  }),
  card.choice('sequences.bidirectional.summary', {
    topic: 'sequences',
    level: 2,
    katas: ['bidirectional-rnn'],
    ask: 'A sequence of length n is classified from a bidirectional layer. Which two states have read all of it?',
    answer: 'forward at step n, backward at step 1',
    wrong: [
      {
        is: 'forward and backward at step n',
        because: 'At step n the backward cell has just begun: it has read one input.',
      },
      {
        is: 'forward and backward at step 1',
        because: 'At step 1 the forward cell has just begun.',
      },
      {
        is: 'forward at step 1, backward at step n, as each has then been through the other’s start',
        because: 'Those two have read one input each.',
      },
    ],
    explain: 'Taking output n alone is a common slip: half of it knows the last input only.',
  }),
  card.equation('sequences.bidirectional.input', {
    topic: 'sequences',
    level: 1,
    katas: ['bidirectional-rnn'],
    equations: ['bidirectional.backward.input'],
    answer: 'dxForward + dxBackward',
    symbols: { dx: ['D'], dxForward: ['D'], dxBackward: ['D'] },
    ask: 'The cells of a bidirectional layer send back dxForward and dxBackward at one step. Write dx.',
    wrong: [
      { is: '(dxForward + dxBackward) / 2', because: 'Two uses of x: gradients add, no mean.' },
      { is: 'dxForward', because: 'The cell that reads from the right has used x too.' },
    ],
    explain: 'Both cells read the same x, so both send a part.',
  }),
  card.choice('sequences.stacked.input', {
    topic: 'sequences',
    level: 1,
    katas: ['stacked-lstm'],
    ask: 'In a stacked LSTM, what does layer 2 read at step t?',
    answer: 'h of layer 1 at step t',
    wrong: [
      { is: 'c of layer 1 at step t', because: 'The cell stays within its layer.' },
      {
        is: 'h of layer 1 at step t - 1',
        because: 'Layer 1 has finished step t by then; the step before is for layer 1 itself.',
      },
      {
        is: 'x at step t and, beside it, h of layer 1 at the same step',
        because: 'Some nets add such skips; the plain stack passes h alone.',
      },
    ],
    explain: 'Up goes h at the same step; along goes (h, c) within the layer.',
  }),
  card.number('sequences.stacked.parameters', {
    topic: 'sequences',
    level: 2,
    katas: ['parameter-count'],
    ask: `How many parameters have ${stack.L} stacked LSTM layers with D = ${stack.D}, H = ${stack.H} and one bias per block?`,
    unit: 'parameters',
    answer: () =>
      oneBias('lstm', stack) + (stack.L - 1) * oneBias('lstm', { D: stack.H, H: stack.H }),
    wrong: [
      {
        is: () => stack.L * oneBias('lstm', stack),
        because: 'From the second layer on the input is h: its size is H, not D.',
      },
      { is: () => oneBias('lstm', stack), because: 'That is the first layer alone.' },
      {
        is: () => stack.L * oneBias('lstm', { D: stack.H, H: stack.H }),
        because: 'The first layer reads D inputs, not H.',
      },
    ],
    explain: 'The first layer has input size D, the others H.',
    hint: 'What is the input size of layer 2?',
  }),
  card.number('sequences.stacked.wavefront', {
    topic: 'sequences',
    level: 3,
    katas: ['stacked-lstm'],
    ask: `${wave.L} stacked LSTM layers, T = ${wave.T} steps, as many machines as you like. How many cell steps must at least follow one another?`,
    unit: 'steps',
    answer: () => wave.T + wave.L - 1,
    wrong: [
      {
        is: () => wave.T * wave.L,
        because: 'That does one layer after the other; layer 2 can start after one step.',
      },
      { is: () => wave.T, because: 'The last layer starts L - 1 steps late.' },
      {
        is: () => Math.max(wave.T, wave.L) - 1,
        because: 'The longest chain goes along all T steps and up all L layers.',
      },
    ],
    explain: 'A wavefront: cell (l, t) needs (l, t - 1) and (l - 1, t).',
    hint: 'Draw the grid of layers and steps; which cells can run at the same time?',
  }),
  card.choice('sequences.bottleneck', {
    topic: 'sequences',
    level: 1,
    katas: ['encoder-decoder-step'],
    ask: 'What is the bottleneck of an encoder–decoder without attention?',
    answer: 'one vector of fixed size for a source of any length',
    wrong: [
      {
        is: 'the softmax over the target words, which must be computed again at each of the decoder’s steps',
        because: 'That costs time; the bottleneck meant here is one of information.',
      },
      {
        is: 'the decoder must wait until the encoder has finished',
        because: 'That is latency, and attention does not remove it.',
      },
      {
        is: 'the embedding, which encoder and decoder share',
        because: 'They need not share it, and its size is not what limits long sources.',
      },
    ],
    explain:
      'Quality fell with sentence length; attention lets each step look at all source states.',
  }),
  card.choice('sequences.reversed-source', {
    topic: 'sequences',
    level: 3,
    ask: 'Before attention, translators fed the source sentence in reverse. Why did it help?',
    answer: 'The first words of both sides came close together.',
    wrong: [
      {
        is: 'The mean distance between corresponding words became smaller for all words of the sentence.',
        because: 'The mean stays: what the first words gain, the last ones lose.',
      },
      {
        is: 'The end of a sentence carries the meaning and should be read first.',
        because:
          'The distance of the first words is what became shorter; meaning has no part in it.',
      },
      {
        is: 'It acted as noise on the input and so regularised the encoder.',
        because: 'The order was fixed: nothing was random about it.',
      },
    ],
    explain: 'A short path for the first words gives the gradient a start; the rest follows.',
  }),
  card.order('sequences.decoder.order', {
    topic: 'sequences',
    level: 2,
    equations: ['attention.additive.score', 'attention.weights', 'attention.context'],
    katas: ['encoder-decoder-step'],
    ask: 'Put one step of Bahdanau’s decoder in order.',
    items: [
      'score every source state against the old decoder state',
      'softmax over the source positions',
      'sum the source states with these weights: the context',
      'update the decoder state from old state, last word and context',
      'predict the next word',
    ],
    explain: 'Luong’s attention comes after the update and uses the new state.',
  }),
  card.equation('sequences.additive.score', {
    topic: 'sequences',
    level: 2,
    equations: ['attention.additive.hidden', 'attention.additive.score'],
    katas: ['additive-attention'],
    ask: 'Bahdanau’s score e of the query s and one source state h, with W_a, U_a, b_a inside the tanh and v_a outside. Write it.',
    answer: "va' * tanh(Wa * s + Ua * h + ba)",
    symbols: { va: ['A'], Wa: ['A', 'S'], s: ['S'], Ua: ['A', 'H'], h: ['H'], ba: ['A'] },
    wrong: [
      {
        is: 'tanh(Wa * s + Ua * h + ba)',
        because: 'That is a vector; v_a makes one score of it.',
      },
      {
        is: "va' * (Wa * s + Ua * h + ba)",
        because: 'Without tanh s adds the same to every score, which the softmax ignores.',
      },
    ],
    explain: 'Additive: a small network of one hidden layer compares s and h.',
  }),
  card.number('sequences.additive.scores', {
    topic: 'sequences',
    level: 1,
    katas: ['additive-attention'],
    ask: `A source of ${translation.source} words is translated into ${translation.target} with additive attention. How many scores are computed?`,
    unit: 'scores',
    answer: () => translation.source * translation.target,
    wrong: [
      {
        is: () => translation.source + translation.target,
        because: 'Each target word is scored against every source word.',
      },
      {
        is: () => translation.source ** 2,
        because: 'That is self-attention within the source.',
      },
      {
        is: () => (translation.source + translation.target) ** 2,
        because: 'Source words are not scored against each other here.',
      },
    ],
    explain: 'One per pair of target and source position.',
  }),
];
