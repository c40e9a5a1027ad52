/**
 * What `bptt list` and home say of our katas, without the katas: their definitions load the engine and the
 * notation. The rows are written from the definitions by test/kata/shelf.spec.ts, which fails when they differ:
 * `BPTT_WRITE=1 npx vitest run test/kata/shelf.spec.ts` writes them anew.
 */
import type { Kata } from './define.js';

/** A kata as it stands on the shelf: enough to choose one. */
export type Shelved = Pick<Kata, 'id' | 'topic' | 'level' | 'minutes' | 'title'>;

const rows: readonly (readonly [string, string, Kata['level'], number, string])[] = [
  // rows: from here
  ['rnn-step', '10-rnn', 1, 5, 'One step of the Elman network'],
  ['rnn-forward', '10-rnn', 1, 8, 'The Elman network over a sequence'],
  ['softmax-cross-entropy', '10-rnn', 2, 8, 'Softmax cross-entropy and its gradient'],
  ['rnn-step-backward', '10-rnn', 2, 12, 'One step of the Elman network, backward'],
  ['rnn-bptt', '10-rnn', 3, 25, 'Backpropagation through time'],
  ['relative-error', '20-gradients', 1, 6, 'The relative error of a gradient check'],
  ['clip-by-global-norm', '20-gradients', 1, 6, 'Gradient clipping by global norm'],
  ['gradient-bound', '20-gradients', 2, 12, 'The bound of the gradient, ‖W_hh‖^(T-1)'],
  ['jacobian-product', '20-gradients', 2, 10, 'dh_T/dh_1, the product that vanishes'],
  ['truncated-bptt', '20-gradients', 3, 20, 'Truncated backpropagation through time'],
  ['forget-gate', '30-lstm', 1, 5, 'The forget gate'],
  ['input-gate', '30-lstm', 1, 6, 'The input gate and the candidate'],
  ['cell-update', '30-lstm', 1, 3, 'The cell update'],
  ['output-gate', '30-lstm', 1, 6, 'The output gate and the hidden state'],
  ['lstm-step', '30-lstm', 2, 15, 'One LSTM step'],
  ['lstm-forward', '30-lstm', 2, 12, 'An LSTM over a sequence'],
  ['gradient-highway', '30-lstm', 2, 8, 'The gradient highway'],
  ['lstm-step-backward', '30-lstm', 3, 25, 'One LSTM step backward'],
  ['lstm-bptt', '30-lstm', 3, 35, 'Backpropagation through time for the LSTM'],
  ['peephole-step', '30-lstm', 2, 12, 'An LSTM step with peepholes'],
  ['gru-step', '40-gru', 2, 12, 'One GRU step'],
  ['gru-reset-after', '40-gru', 2, 12, 'A GRU step as PyTorch computes it'],
  ['gru-step-backward', '40-gru', 3, 25, 'One GRU step backward'],
  ['gru-bptt', '40-gru', 3, 35, 'Backpropagation through time for the GRU'],
  ['masked-loss', '50-sequences', 1, 6, 'The loss of a padded batch'],
  ['bidirectional-rnn', '50-sequences', 2, 15, 'A bidirectional layer with padding'],
  ['stacked-lstm', '50-sequences', 2, 15, 'Two LSTM layers'],
  ['encoder-decoder-step', '50-sequences', 3, 20, 'A decoder step with attention'],
  ['stable-softmax', '60-attention', 1, 4, 'A softmax that cannot overflow'],
  ['scaled-dot-product', '60-attention', 2, 10, 'Scaled dot-product attention'],
  ['causal-attention', '60-attention', 2, 12, 'Causal attention'],
  ['attention-backward', '60-attention', 3, 20, 'Back through attention'],
  ['multi-head', '60-attention', 3, 20, 'Multi-head attention'],
  ['additive-attention', '60-attention', 2, 12, 'Additive attention'],
  ['kv-cache-step', '60-attention', 2, 10, 'One step with a key-value cache'],
  ['online-softmax', '60-attention', 3, 20, 'Online softmax: attention in one pass'],
  ['parameter-count', '70-systems', 1, 4, 'How many parameters a layer has'],
  ['memory-account', '70-systems', 2, 8, 'Where the memory goes'],
  ['checkpointed-bptt', '70-systems', 3, 30, 'BPTT with checkpoints'],
  // rows: to here
];

/** Our katas in the order in which one would take them. */
export const shelf: readonly Shelved[] = rows.map(([id, topic, level, minutes, title]) => ({
  id,
  topic,
  level,
  minutes,
  title,
}));
