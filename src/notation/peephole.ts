/**
 * The LSTM with peepholes, in two variants: all three gates see the cell, or only the forget gate does.
 * One step forward and one step back; over a sequence the parts of the parameters add up.
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

/** A gate that sees the cell `seen` through its peephole. */
const peeping = (letter: 'f' | 'i' | 'o', seen: 'c' | 'cPrev') => ({
  symbols: {
    [letter]: ['H'],
    [`W${letter}`]: ['H', 'H+D'],
    hPrev: ['H'],
    x: ['D'],
    [`p${letter}`]: ['H'],
    [seen]: ['H'],
    [`b${letter}`]: ['H'],
  },
  is: `${letter} = sigmoid(W${letter} * [hPrev; x] + p${letter} .* ${seen} + b${letter})`,
});

/** The gradient of a peephole. */
const backPeephole = <const V extends string, const L extends 'f' | 'i' | 'o'>(
  variant: V,
  letter: L,
  seen: 'c' | 'cPrev',
) =>
  equation(`${variant}.backward.p${letter}`, {
    says: 'a diagonal weight: error of its unit times the cell it saw',
    symbols: { [`dp${letter}`]: ['H'], [`da${letter}`]: ['H'], [seen]: ['H'] },
    is: `dp${letter} = da${letter} .* ${seen}`,
  });

/** What both variants have of the way back, after dc is known. */
const backThroughCell = <const V extends string>(variant: V) =>
  [
    equation(`${variant}.backward.forget-gate`, {
      says: 'to the pre-activation of f: f multiplied the old cell',
      symbols: { daf: ['H'], dc: ['H'], cPrev: ['H'], f: ['H'] },
      is: 'daf = dc .* cPrev .* f .* (1 - f)',
    }),
    equation(`${variant}.backward.input-gate`, {
      says: 'to the pre-activation of i: i multiplied the candidate',
      symbols: { dai: ['H'], dc: ['H'], cTilde: ['H'], i: ['H'] },
      is: 'dai = dc .* cTilde .* i .* (1 - i)',
    }),
    backCandidate(variant),
  ] as const;

const backInputs = <const V extends string>(variant: V) =>
  [
    equation(`${variant}.backward.hidden-and-input`, {
      says: 'all four blocks read [h₋, x], so their errors add up; the first H entries are dh₋, the last D are dx',
      symbols: {
        dhx: ['H+D'],
        ...{ Wf: ['H', 'H+D'], Wi: ['H', 'H+D'], Wc: ['H', 'H+D'], Wo: ['H', 'H+D'] },
        ...{ daf: ['H'], dai: ['H'], dac: ['H'], dao: ['H'] },
      },
      is: "dhx = Wf' * daf + Wi' * dai + Wc' * dac + Wo' * dao",
    }),
    ...blockGradients(variant, 'f'),
    ...blockGradients(variant, 'i'),
    ...blockGradients(variant, 'c'),
    ...blockGradients(variant, 'o'),
    backPeephole(variant, 'f', 'cPrev'),
  ] as const;

const all = 'lstm-peephole';
const forget = 'lstm-peephole-forget';

export const peepholeEquations = [
  equation(`${all}.forget-gate`, {
    says: 'how much of the old cell to keep: the gate sees how much there is',
    ...peeping('f', 'cPrev'),
  }),
  equation(`${all}.input-gate`, {
    says: 'how much of the candidate to write: the gate sees the old cell',
    ...peeping('i', 'cPrev'),
  }),
  candidate(all),
  cell(all),
  equation(`${all}.output-gate`, {
    says: 'how much of the cell to show: the gate sees the new cell',
    ...peeping('o', 'c'),
  }),
  hidden(all),
  backOutputGate(all),
  equation(`${all}.backward.cell`, {
    says: 'c is used three times: by the next step, through h, and by the peephole of o',
    symbols: { dc: ['H'], dcNext: ['H'], dh: ['H'], o: ['H'], c: ['H'], po: ['H'], dao: ['H'] },
    is: 'dc = dcNext + dh .* o .* (1 - tanh(c).^2) + po .* dao',
  }),
  ...backThroughCell(all),
  equation(`${all}.backward.cell-previous`, {
    says: 'the highway and two side roads: through the peepholes of f and i',
    symbols: {
      dcPrev: ['H'],
      dc: ['H'],
      f: ['H'],
      ...{ pf: ['H'], daf: ['H'], pi: ['H'], dai: ['H'] },
    },
    is: 'dcPrev = dc .* f + pf .* daf + pi .* dai',
  }),
  ...backInputs(all),
  backPeephole(all, 'i', 'cPrev'),
  backPeephole(all, 'o', 'c'),
  equation(`${all}.parameters`, {
    says: 'an LSTM and three diagonal peepholes of H each',
    symbols: { P: [], H: [], D: [] },
    is: 'P = 4 * (H * (H + D) + H) + 3 * H',
  }),
] as const;

export const peepholeForgetEquations = [
  equation(`${forget}.forget-gate`, {
    says: 'how much of the old cell to keep: the gate sees how much there is',
    ...peeping('f', 'cPrev'),
  }),
  equation(`${forget}.input-gate`, {
    says: 'how much of the candidate to write, per unit',
    ...block('i', 'i'),
  }),
  candidate(forget),
  cell(forget),
  equation(`${forget}.output-gate`, {
    says: 'how much of the cell to show, per unit',
    ...block('o', 'o'),
  }),
  hidden(forget),
  backOutputGate(forget),
  backCell(forget),
  ...backThroughCell(forget),
  equation(`${forget}.backward.cell-previous`, {
    says: 'the highway and one side road: through the peephole of f',
    symbols: { dcPrev: ['H'], dc: ['H'], f: ['H'], pf: ['H'], daf: ['H'] },
    is: 'dcPrev = dc .* f + pf .* daf',
  }),
  ...backInputs(forget),
  equation(`${forget}.parameters`, {
    says: 'an LSTM and one diagonal peephole of H',
    symbols: { P: [], H: [], D: [] },
    is: 'P = 4 * (H * (H + D) + H) + H',
  }),
] as const;
