/**
 * The GRU in the convention of cuDNN and PyTorch: the reset gate acts after the product, and z weighs
 * the old state. One step forward and one step back; over a sequence the parts of the parameters add up.
 */
import { blockGradients } from './block-gradients.js';
import { equation } from './equation.js';

const variant = 'gru-reset-after';

const gates = { Wz: ['H', 'H+D'], Wr: ['H', 'H+D'], daz: ['H'], dar: ['H'] } as const;

export const gruResetAfterEquations = [
  equation(`${variant}.update-gate`, {
    says: 'how much of the old state to keep, per unit',
    symbols: { z: ['H'], Wz: ['H', 'H+D'], hPrev: ['H'], x: ['D'], bz: ['H'] },
    is: 'z = sigmoid(Wz * [hPrev; x] + bz)',
  }),
  equation(`${variant}.reset-gate`, {
    says: 'how much of the recurrent product the candidate may see, per unit',
    symbols: { r: ['H'], Wr: ['H', 'H+D'], hPrev: ['H'], x: ['D'], br: ['H'] },
    is: 'r = sigmoid(Wr * [hPrev; x] + br)',
  }),
  equation(`${variant}.recurrent`, {
    says: 'the recurrent product with a bias of its own, before the reset gate acts on it',
    symbols: { ahh: ['H'], Whh: ['H', 'H'], hPrev: ['H'], bhh: ['H'] },
    is: 'ahh = Whh * hPrev + bhh',
  }),
  equation(`${variant}.candidate`, {
    says: 'the candidate state; the reset gate acts after the product',
    symbols: {
      hTilde: ['H'],
      Wxh: ['H', 'D'],
      x: ['D'],
      bh: ['H'],
      r: ['H'],
      ahh: ['H'],
    },
    is: 'hTilde = tanh(Wxh * x + bh + r .* ahh)',
  }),
  equation(`${variant}.hidden`, {
    says: 'a weighted mean of candidate and old state; z weighs the old state',
    symbols: { h: ['H'], z: ['H'], hTilde: ['H'], hPrev: ['H'] },
    is: 'h = (1 - z) .* hTilde + z .* hPrev',
  }),
  equation(`${variant}.backward.update-gate`, {
    says: 'to the pre-activation of z: z moves h from the candidate towards the old state',
    symbols: { daz: ['H'], dh: ['H'], hPrev: ['H'], hTilde: ['H'], z: ['H'] },
    is: 'daz = dh .* (hPrev - hTilde) .* z .* (1 - z)',
  }),
  equation(`${variant}.backward.candidate`, {
    says: 'to the pre-activation of the candidate, back through tanh',
    symbols: { dah: ['H'], dh: ['H'], z: ['H'], hTilde: ['H'] },
    is: 'dah = dh .* (1 - z) .* (1 - hTilde.^2)',
  }),
  equation(`${variant}.backward.reset-gate`, {
    says: 'to the pre-activation of r: r multiplied the recurrent product',
    symbols: { dar: ['H'], dah: ['H'], ahh: ['H'], r: ['H'] },
    is: 'dar = dah .* ahh .* r .* (1 - r)',
  }),
  equation(`${variant}.backward.recurrent`, {
    says: 'to the recurrent product, past the reset gate',
    symbols: { dahh: ['H'], dah: ['H'], r: ['H'] },
    is: 'dahh = dah .* r',
  }),
  equation(`${variant}.backward.hidden-previous`, {
    says: 'four ways back to h₋: past z, through the recurrent product, and through both gates',
    symbols: {
      ...{ dhPrev: ['H'], dh: ['H'], z: ['H'], Whh: ['H', 'H'], dahh: ['H'] },
      ...gates,
    },
    is: "dhPrev = dh .* z + Whh' * dahh + (Wz' * daz + Wr' * dar)[1:H]",
  }),
  equation(`${variant}.backward.input`, {
    says: 'the candidate and both gates read x, so their errors add up',
    symbols: { dx: ['D'], Wxh: ['H', 'D'], dah: ['H'], ...gates },
    is: "dx = Wxh' * dah + (Wz' * daz + Wr' * dar)[H+1:H+D]",
  }),
  ...blockGradients(variant, 'z'),
  ...blockGradients(variant, 'r'),
  equation(`${variant}.backward.Whh`, {
    says: 'the product stands inside r, so its error is the reset one',
    symbols: { dWhh: ['H', 'H'], dahh: ['H'], hPrev: ['H'] },
    is: "dWhh = dahh * hPrev'",
  }),
  equation(`${variant}.backward.Wxh`, {
    says: 'each input weight: error of its row times input of its column',
    symbols: { dWxh: ['H', 'D'], dah: ['H'], x: ['D'] },
    is: "dWxh = dah * x'",
  }),
  equation(`${variant}.backward.bh`, {
    says: 'the outer bias is added, so the error passes unchanged',
    symbols: { dbh: ['H'], dah: ['H'] },
    is: 'dbh = dah',
  }),
  equation(`${variant}.backward.bhh`, {
    says: 'the inner bias stands inside r: the two biases of the candidate do not add up to one',
    symbols: { dbhh: ['H'], dahh: ['H'] },
    is: 'dbhh = dahh',
  }),
  equation(`${variant}.parameters`, {
    says: 'a GRU and one more bias; PyTorch counts 6 H biases, of which those of z and r add up in pairs',
    symbols: { P: [], H: [], D: [] },
    is: 'P = 3 * (H * (H + D) + H) + H',
  }),
] as const;
