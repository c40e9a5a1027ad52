/**
 * The Elman network, one step forward and one step back. The backward equations give one step's part:
 * over a sequence the parts of dWxh, dWhh, dbh, dWhy and dby add up.
 */
import { equation } from './equation.js';

export const rnnEquations = [
  equation('rnn.hidden', {
    says: 'the new hidden state mixes the old one with the input',
    symbols: { h: ['H'], Whh: ['H', 'H'], hPrev: ['H'], Wxh: ['H', 'D'], x: ['D'], bh: ['H'] },
    is: 'h = tanh(Whh * hPrev + Wxh * x + bh)',
  }),
  equation('rnn.output', {
    says: 'the output is read from the hidden state',
    symbols: { y: ['O'], Why: ['O', 'H'], h: ['H'], by: ['O'] },
    is: 'y = Why * h + by',
  }),
  equation('rnn.backward.hidden', {
    says: 'h is used twice: by this output and by the next step',
    symbols: { dh: ['H'], Why: ['O', 'H'], dy: ['O'], dhNext: ['H'] },
    is: "dh = Why' * dy + dhNext",
  }),
  equation('rnn.backward.preactivation', {
    says: 'back through tanh: its derivative is 1 - h²',
    symbols: { da: ['H'], dh: ['H'], h: ['H'] },
    is: 'da = dh .* (1 - h.^2)',
  }),
  equation('rnn.backward.input', {
    says: 'what the layer below receives',
    symbols: { dx: ['D'], Wxh: ['H', 'D'], da: ['H'] },
    is: "dx = Wxh' * da",
  }),
  equation('rnn.backward.hidden-previous', {
    says: 'what the step before receives: one factor of the vanishing product',
    symbols: { dhPrev: ['H'], Whh: ['H', 'H'], da: ['H'] },
    is: "dhPrev = Whh' * da",
  }),
  equation('rnn.backward.Wxh', {
    says: 'each input weight: error of its row times input of its column',
    symbols: { dWxh: ['H', 'D'], da: ['H'], x: ['D'] },
    is: "dWxh = da * x'",
  }),
  equation('rnn.backward.Whh', {
    says: 'each recurrent weight: error of its row times old state of its column',
    symbols: { dWhh: ['H', 'H'], da: ['H'], hPrev: ['H'] },
    is: "dWhh = da * hPrev'",
  }),
  equation('rnn.backward.bh', {
    says: 'the bias is added, so the error passes unchanged',
    symbols: { dbh: ['H'], da: ['H'] },
    is: 'dbh = da',
  }),
  equation('rnn.backward.Why', {
    says: 'each output weight: error of its row times state of its column',
    symbols: { dWhy: ['O', 'H'], dy: ['O'], h: ['H'] },
    is: "dWhy = dy * h'",
  }),
  equation('rnn.backward.by', {
    says: 'the output bias is added, so the error passes unchanged',
    symbols: { dby: ['O'], dy: ['O'] },
    is: 'dby = dy',
  }),
  equation('rnn.parameters', {
    says: 'recurrent weights, input weights and one bias; the output layer is not counted',
    symbols: { P: [], H: [], D: [] },
    is: 'P = H * H + H * D + H',
  }),
] as const;
