/** What is said about each mode: its name, what it keeps, and how theory says that this grows. */
import type { MemoryCurve, MemoryMode } from './report.js';

export const aboutModes: Readonly<
  Record<MemoryMode, Pick<MemoryCurve, 'name' | 'kept' | 'theory'>>
> = {
  'lstm-streaming': {
    name: 'LSTM, streaming',
    kept: { class: 'state', formula: '2·H', says: 'h and c, overwritten at every step' },
    theory: 0,
  },
  'lstm-bptt': {
    name: 'LSTM, BPTT',
    kept: {
      class: 'tape',
      formula: '7·T·H',
      says: 'f, i, c̃, o, c, tanh c and h of every step, for the backward pass',
    },
    theory: 1,
  },
  'lstm-truncated': {
    name: 'LSTM, truncated BPTT',
    kept: {
      class: 'tape',
      formula: '7·min(k,T)·H',
      says: 'the same of the last k steps; nothing earlier is given credit',
    },
    theory: 0,
  },
  'lstm-checkpointed': {
    name: 'LSTM, checkpointed BPTT',
    kept: {
      class: 'tape',
      formula: '2·⌈T/s⌉·H+7·s·H',
      says: 'h and c where stretches of s = ⌈√T⌉ steps meet, and one stretch in full; the same gradients for one more forward pass',
    },
    theory: 0.5,
  },
  'attention-naive-inference': {
    name: 'attention, naive inference',
    kept: {
      class: 'workspace',
      formula: 'T²',
      says: 'the scores of one head, overwritten by its weights; nothing is kept for later, so the scratch is what counts',
    },
    theory: 2,
  },
  'attention-naive-training': {
    name: 'attention, naive training',
    kept: {
      class: 'tape',
      formula: 'heads·T²',
      says: 'the weights of every head, for the backward pass',
    },
    theory: 2,
  },
  'attention-online': {
    name: 'attention, online softmax',
    kept: {
      class: 'tape',
      formula: 'heads·T',
      says: 'one log-sum-exp for each row of scores; the backward pass computes the tiles again',
    },
    theory: 1,
  },
  'attention-kv-cache': {
    name: 'attention, KV cache',
    kept: {
      class: 'state',
      formula: '2·T·H+H',
      says: 'the key and the value of every step so far, and the newest output',
    },
    theory: 1,
  },
};

/** What one has to know before comparing these numbers with others. */
export const counted: readonly string[] = [
  'One layer, one sequence, 8 bytes a number (float64). The input size of the LSTM and the model size of attention are both H.',
  'Inputs are what is handed in: x for the LSTM (T·H), Q, K and V for attention (3·T·H; the projections that make them are not part of it), and for training the gradient of every output (T·H more).',
  'Parameters are the weights and biases of the LSTM; streaming keeps them a second time, packed for the products. Attention between given Q, K and V has none.',
  'State is what goes on to the next step (h and c, the cache) and the output of attention. Tape is what the forward pass keeps for the backward pass. Workspace is scratch, given back before the run ends.',
  'Gradients are the results of the backward pass: of the parameters, of every input, and for the LSTM of every h and c.',
  'What is kept is one class: the tape between forward and backward pass, the state between two steps; naive inference keeps nothing, so there it is the scores. Exponents are fitted to that.',
];
