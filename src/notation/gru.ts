/**
 * The GRU with the reset gate applied before the product, z weighing the new candidate. One step
 * forward and one step back; over a sequence the parts of the weights and biases add up.
 */
import { blockGradients } from './block-gradients.js';
import { equation } from './equation.js';

const three = { Wz: ['H', 'H+D'], Wr: ['H', 'H+D'], Wh: ['H', 'H+D'] } as const;
const errors = { daz: ['H'], dar: ['H'], dah: ['H'] } as const;

export const gruEquations = [
  equation('gru.update-gate', {
    says: 'how much of the new candidate to take, per unit',
    symbols: { z: ['H'], Wz: ['H', 'H+D'], hPrev: ['H'], x: ['D'], bz: ['H'] },
    is: 'z = sigmoid(Wz * [hPrev; x] + bz)',
  }),
  equation('gru.reset-gate', {
    says: 'how much of the old state the candidate may see, per unit',
    symbols: { r: ['H'], Wr: ['H', 'H+D'], hPrev: ['H'], x: ['D'], br: ['H'] },
    is: 'r = sigmoid(Wr * [hPrev; x] + br)',
  }),
  equation('gru.candidate', {
    says: 'the candidate state; the reset gate acts before the product',
    symbols: { hTilde: ['H'], Wh: ['H', 'H+D'], r: ['H'], hPrev: ['H'], x: ['D'], bh: ['H'] },
    is: 'hTilde = tanh(Wh * [r .* hPrev; x] + bh)',
  }),
  equation('gru.hidden', {
    says: 'a weighted mean of old state and candidate, per unit',
    symbols: { h: ['H'], z: ['H'], hPrev: ['H'], hTilde: ['H'] },
    is: 'h = (1 - z) .* hPrev + z .* hTilde',
  }),
  equation('gru.backward.update-gate', {
    says: 'to the pre-activation of z: z moves h from the old state towards the candidate',
    symbols: { daz: ['H'], dh: ['H'], hTilde: ['H'], hPrev: ['H'], z: ['H'] },
    is: 'daz = dh .* (hTilde - hPrev) .* z .* (1 - z)',
  }),
  equation('gru.backward.candidate', {
    says: 'to the pre-activation of the candidate, back through tanh',
    symbols: { dah: ['H'], dh: ['H'], z: ['H'], hTilde: ['H'] },
    is: 'dah = dh .* z .* (1 - hTilde.^2)',
  }),
  equation('gru.backward.reset-gate', {
    says: 'to the pre-activation of r: r multiplied h₋ inside the candidate',
    symbols: { dar: ['H'], Wh: ['H', 'H+D'], dah: ['H'], hPrev: ['H'], r: ['H'] },
    is: "dar = (Wh' * dah)[1:H] .* hPrev .* r .* (1 - r)",
  }),
  equation('gru.backward.hidden-previous', {
    says: 'four ways back to h₋: past z, through r ⊙ h₋, and through both gates',
    symbols: { dhPrev: ['H'], dh: ['H'], z: ['H'], r: ['H'], ...three, ...errors },
    is: "dhPrev = dh .* (1 - z) + r .* (Wh' * dah)[1:H] + (Wz' * daz + Wr' * dar)[1:H]",
  }),
  equation('gru.backward.input', {
    says: 'all three blocks read x, so their errors add up',
    symbols: { dx: ['D'], ...three, ...errors },
    is: "dx = (Wz' * daz + Wr' * dar + Wh' * dah)[H+1:H+D]",
  }),
  ...blockGradients('gru', 'z'),
  ...blockGradients('gru', 'r'),
  equation('gru.backward.Wh', {
    says: 'the candidate read r ⊙ h₋, not h₋',
    symbols: { dWh: ['H', 'H+D'], dah: ['H'], r: ['H'], hPrev: ['H'], x: ['D'] },
    is: "dWh = dah * [r .* hPrev; x]'",
  }),
  equation('gru.backward.bh', {
    says: 'the bias is added, so the error passes unchanged',
    symbols: { dbh: ['H'], dah: ['H'] },
    is: 'dbh = dah',
  }),
  equation('gru.parameters', {
    says: 'three blocks, each H × (H + D) weights and H biases: 3/4 of an LSTM',
    symbols: { P: [], H: [], D: [] },
    is: 'P = 3 * (H * (H + D) + H)',
  }),
] as const;
