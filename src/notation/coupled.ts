/**
 * The LSTM with coupled input and forget gates: three blocks f, c, o, and i = 1 - f. One step forward and
 * one step back; over a sequence the parts of the weights and biases add up.
 */
import { blockGradients } from './block-gradients.js';
import { equation } from './equation.js';
import {
  backCandidate,
  backCell,
  backOutputGate,
  block,
  candidate,
  cell,
  hidden,
} from './lstm-family.js';

const variant = 'lstm-coupled';

export const coupledEquations = [
  equation(`${variant}.forget-gate`, {
    says: 'how much of the old cell to keep, per unit; the rest is written anew',
    ...block('f', 'f'),
  }),
  equation(`${variant}.input-gate`, {
    says: 'what is forgotten is what is written: no weights of its own',
    symbols: { i: ['H'], f: ['H'] },
    is: 'i = 1 - f',
  }),
  candidate(variant),
  cell(variant),
  equation(`${variant}.output-gate`, {
    says: 'how much of the cell to show, per unit',
    ...block('o', 'o'),
  }),
  hidden(variant),
  backOutputGate(variant),
  backCell(variant),
  equation(`${variant}.backward.forget-gate`, {
    says: 'to the pre-activation of f: f moves c from the candidate towards the old cell',
    symbols: { daf: ['H'], dc: ['H'], cPrev: ['H'], cTilde: ['H'], f: ['H'] },
    is: 'daf = dc .* (cPrev - cTilde) .* f .* (1 - f)',
  }),
  backCandidate(variant),
  equation(`${variant}.backward.cell-previous`, {
    says: 'the gradient highway: one multiplication by f',
    symbols: { dcPrev: ['H'], dc: ['H'], f: ['H'] },
    is: 'dcPrev = dc .* f',
  }),
  equation(`${variant}.backward.hidden-and-input`, {
    says: 'all three blocks read [h₋, x], so their errors add up; the first H entries are dh₋, the last D are dx',
    symbols: {
      dhx: ['H+D'],
      ...{ Wf: ['H', 'H+D'], Wc: ['H', 'H+D'], Wo: ['H', 'H+D'] },
      ...{ daf: ['H'], dac: ['H'], dao: ['H'] },
    },
    is: "dhx = Wf' * daf + Wc' * dac + Wo' * dao",
  }),
  ...blockGradients(variant, 'f'),
  ...blockGradients(variant, 'c'),
  ...blockGradients(variant, 'o'),
  equation(`${variant}.parameters`, {
    says: 'three blocks, each H × (H + D) weights and H biases: as many as a GRU',
    symbols: { P: [], H: [], D: [] },
    is: 'P = 3 * (H * (H + D) + H)',
  }),
] as const;
