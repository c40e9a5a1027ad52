/** Cards about the Elman network, forward. Its gradients are in gradients.ts. */
import { card, type Card } from '../card.js';
import { noBias, oneBias, twoBiases } from './counts.js';
import { equationAnswer } from './from-notation.js';

const sizes = { D: 64, H: 128 };
const T = 50;

export const rnnCards: readonly Card[] = [
  card.equation('rnn.hidden', {
    topic: 'rnn',
    level: 1,
    katas: ['rnn-step'],
    ...equationAnswer('rnn.hidden'),
    ask: 'Write the update of the hidden state h of an Elman network, from hPrev and x, with W_hh, W_xh and b_h.',
    wrong: [
      {
        is: 'Whh * hPrev + Wxh * x + bh',
        because:
          'That is the pre-activation a: without tanh every step is linear, and so is any number of them.',
      },
      {
        is: 'tanh(Whh * hPrev + Wxh * x)',
        because: 'The bias b_h is missing. Papers often leave it out; the question did not.',
      },
    ],
    explain:
      'One matrix for the old state, one for the input, one bias, then tanh; the same ones at every step.',
    hint: 'Two matrix products and a bias meet in one pre-activation.',
  }),
  card.choice('rnn.step.activation', {
    topic: 'rnn',
    level: 1,
    equations: ['rnn.hidden'],
    katas: ['rnn-step'],
    ask: 'Someone leaves out the tanh: h = W_hh·h₋ + W_xh·x + b_h. What is lost?',
    answer: 'Depth in time: T steps are one affine map of the inputs.',
    wrong: [
      {
        is: 'Nothing but the range of h: the output layer can rescale it to whatever the task needs.',
        because:
          'The range is the smaller loss. A product of linear maps is a linear map, however the output is scaled.',
      },
      {
        is: 'The memory of earlier inputs, because tanh is what stores them.',
        because: 'The product with W_hh carries the old state; tanh only bends and bounds it.',
      },
      {
        is: 'The gradient: without tanh nothing flows back through the recurrence at all.',
        because: 'It flows better: each factor is W_hh instead of diag(1 - h²) W_hh.',
      },
    ],
    explain: 'tanh makes each step nonlinear and keeps h within ±1.',
    hint: 'Unroll two steps and multiply out.',
  }),
  card.choice('rnn.step.recurrence', {
    topic: 'rnn',
    level: 1,
    equations: ['rnn.hidden'],
    katas: ['rnn-step'],
    ask: 'In an Elman network, which vector does W_hh multiply at step t?',
    answer: 'The hidden state of step t-1, after its tanh.',
    wrong: [
      {
        is: 'The pre-activation of step t-1, before its tanh.',
        because:
          'The state that is carried is h = tanh(a). Carrying a would leave the recurrence linear.',
      },
      {
        is: 'The output y of step t-1, read through W_hy.',
        because: 'That is a Jordan network. An Elman network feeds back its hidden state.',
      },
      {
        is: 'The initial state h0, at every step.',
        because:
          'Then step t would see only x_t: the steps would not be connected. h0 is used once, at the first step.',
      },
    ],
    explain: 'h_t is computed from h_{t-1}; only the first step reads the initial state.',
    hint: 'What does the cell hand to its own next step?',
  }),
  card.shape('rnn.Wxh.shape', {
    topic: 'rnn',
    level: 1,
    equations: ['rnn.hidden'],
    katas: ['rnn-step'],
    ask: 'h has H entries, x has D, and the cell computes W_xh·x. What is the shape of W_xh?',
    answer: ['H', 'D'],
    wrong: [
      {
        is: ['D', 'H'],
        because:
          'That is the layout for x as a row, x·W, as in Keras. Here x is a column and W stands before it.',
      },
      { is: ['H', 'H+D'], because: 'That is a matrix for [h, x] together; W_xh meets x alone.' },
    ],
    explain: 'Rows are what comes out, columns what goes in.',
  }),
  card.number('rnn.parameters', {
    topic: 'rnn',
    level: 1,
    equations: ['rnn.parameters'],
    ask: `How many parameters has an Elman cell with D = ${sizes.D} and H = ${sizes.H} and one bias vector, without an output layer, that reads sequences of T = ${T} steps?`,
    unit: 'parameters',
    answer: () => oneBias('rnn', sizes),
    wrong: [
      {
        is: () => T * oneBias('rnn', sizes),
        because: `That gives each of the ${T} steps parameters of its own; they are shared.`,
      },
      { is: () => noBias('rnn', sizes), because: 'The bias is missing.' },
      {
        is: () => twoBiases('rnn', sizes),
        because: 'That is PyTorch, which keeps two bias vectors; the question has one.',
      },
      {
        is: () => oneBias('lstm', sizes),
        because: 'That is four blocks: an LSTM. An Elman cell has one.',
      },
    ],
    explain: 'H·H recurrent weights, H·D input weights and H biases, whatever T is.',
    hint: 'T is there to mislead.',
  }),
  card.choice('rnn.padding', {
    topic: 'rnn',
    level: 2,
    ask: 'A batch is padded at the end to T steps. A sequence of length n < T is to be classified from one hidden state. Which?',
    answer: 'h at step n, its own last one.',
    wrong: [
      {
        is: 'h at step T, the last one of the batch.',
        because:
          'By then the cell has read T - n paddings, and each of them has changed the state.',
      },
      {
        is: 'The mean of h over all T steps, which is independent of the length.',
        because:
          'The mean over T counts padding as content, so it does depend on the length. Over the first n it would be a choice.',
      },
      {
        is: 'Any: with zero vectors as padding the state does not change.',
        because: 'With x = 0 the step is still h = tanh(W_hh·h₋ + b_h), which is not h₋.',
      },
    ],
    explain: 'Gather each state at its own length, or pack the batch; mask the loss the same way.',
  }),
  card.several('rnn.bidirectional', {
    topic: 'rnn',
    level: 2,
    ask: 'For which of these can a bidirectional network be used?',
    options: [
      {
        is: 'Tagging the words of a finished sentence.',
        right: true,
        because: 'the whole sentence is there before the first tag is needed.',
      },
      {
        is: 'Encoding the source of a translation.',
        right: true,
        because: 'the source is complete before decoding begins.',
      },
      {
        is: 'Generating text word by word.',
        right: false,
        because: 'the backward pass would read words that are not yet written.',
      },
      {
        is: 'Raising an alarm on a live sensor with no delay.',
        right: false,
        because: 'the backward pass needs the future of the stream.',
      },
    ],
    explain: 'The backward half starts at the end of the sequence, so the end must be known.',
    hint: 'Where does the backward half start?',
  }),
];
