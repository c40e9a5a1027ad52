/**
 * The LSTM, one step forward and one step back, gate order f, i, c, o. The backward equations give one
 * step's part: over a sequence the parts of the weights and biases add up.
 */
import { blockGradients } from './block-gradients.js';
import { equation } from './equation.js';

export const lstmEquations = [
  equation('lstm.forget-gate', {
    says: 'how much of the old cell to keep, per unit',
    symbols: { f: ['H'], Wf: ['H', 'H+D'], hPrev: ['H'], x: ['D'], bf: ['H'] },
    is: 'f = sigmoid(Wf * [hPrev; x] + bf)',
  }),
  equation('lstm.input-gate', {
    says: 'how much of the candidate to write, per unit',
    symbols: { i: ['H'], Wi: ['H', 'H+D'], hPrev: ['H'], x: ['D'], bi: ['H'] },
    is: 'i = sigmoid(Wi * [hPrev; x] + bi)',
  }),
  equation('lstm.candidate', {
    says: 'what would be written',
    symbols: { cTilde: ['H'], Wc: ['H', 'H+D'], hPrev: ['H'], x: ['D'], bc: ['H'] },
    is: 'cTilde = tanh(Wc * [hPrev; x] + bc)',
  }),
  equation('lstm.cell', {
    says: 'keep some of the old cell, add some of the candidate',
    symbols: { c: ['H'], f: ['H'], cPrev: ['H'], i: ['H'], cTilde: ['H'] },
    is: 'c = f .* cPrev + i .* cTilde',
  }),
  equation('lstm.output-gate', {
    says: 'how much of the cell to show, per unit',
    symbols: { o: ['H'], Wo: ['H', 'H+D'], hPrev: ['H'], x: ['D'], bo: ['H'] },
    is: 'o = sigmoid(Wo * [hPrev; x] + bo)',
  }),
  equation('lstm.hidden', {
    says: 'the part of the cell that the rest of the network sees',
    symbols: { h: ['H'], o: ['H'], c: ['H'] },
    is: 'h = o .* tanh(c)',
  }),
  equation('lstm.backward.output-gate', {
    says: 'to the pre-activation of o: what o multiplied, times the derivative of σ',
    symbols: { dao: ['H'], dh: ['H'], c: ['H'], o: ['H'] },
    is: 'dao = dh .* tanh(c) .* o .* (1 - o)',
  }),
  equation('lstm.backward.cell', {
    says: 'c is used twice: by the next step and, through h, by this one',
    symbols: { dc: ['H'], dcNext: ['H'], dh: ['H'], o: ['H'], c: ['H'] },
    is: 'dc = dcNext + dh .* o .* (1 - tanh(c).^2)',
  }),
  equation('lstm.backward.forget-gate', {
    says: 'to the pre-activation of f: f multiplied the old cell',
    symbols: { daf: ['H'], dc: ['H'], cPrev: ['H'], f: ['H'] },
    is: 'daf = dc .* cPrev .* f .* (1 - f)',
  }),
  equation('lstm.backward.input-gate', {
    says: 'to the pre-activation of i: i multiplied the candidate',
    symbols: { dai: ['H'], dc: ['H'], cTilde: ['H'], i: ['H'] },
    is: 'dai = dc .* cTilde .* i .* (1 - i)',
  }),
  equation('lstm.backward.candidate', {
    says: 'to the pre-activation of the candidate, back through tanh',
    symbols: { dac: ['H'], dc: ['H'], i: ['H'], cTilde: ['H'] },
    is: 'dac = dc .* i .* (1 - cTilde.^2)',
  }),
  equation('lstm.backward.cell-previous', {
    says: 'the gradient highway: one multiplication by f, no matrix, no squashing',
    symbols: { dcPrev: ['H'], dc: ['H'], f: ['H'] },
    is: 'dcPrev = dc .* f',
  }),
  equation('lstm.backward.hidden-and-input', {
    says: 'all four blocks read [h₋, x], so their errors add up; the first H entries are dh₋, the last D are dx',
    symbols: {
      dhx: ['H+D'],
      ...{ Wf: ['H', 'H+D'], Wi: ['H', 'H+D'], Wc: ['H', 'H+D'], Wo: ['H', 'H+D'] },
      ...{ daf: ['H'], dai: ['H'], dac: ['H'], dao: ['H'] },
    },
    is: "dhx = Wf' * daf + Wi' * dai + Wc' * dac + Wo' * dao",
  }),
  ...blockGradients('lstm', 'f'),
  ...blockGradients('lstm', 'i'),
  ...blockGradients('lstm', 'c'),
  ...blockGradients('lstm', 'o'),
  equation('lstm.parameters', {
    says: 'four blocks, each H × (H + D) weights and H biases',
    symbols: { P: [], H: [], D: [] },
    is: 'P = 4 * (H * (H + D) + H)',
  }),
] as const;
