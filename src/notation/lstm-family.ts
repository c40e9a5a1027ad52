/**
 * What the variants of the LSTM have in common, one step forward and one step back, as functions of the
 * variant's name: the candidate and the ways out of the cell. Not the LSTM itself, which stands in
 * lstm.ts, line by line.
 */
import { equation } from './equation.js';

type Letter = 'f' | 'i' | 'c' | 'o';

/** `f`, `i` and `o` without a peephole, and the candidate: how the block reads [h₋, x]. */
export const block = (left: string, letter: Letter) => ({
  symbols: {
    [left]: ['H'],
    [`W${letter}`]: ['H', 'H+D'],
    hPrev: ['H'],
    x: ['D'],
    [`b${letter}`]: ['H'],
  },
  is: `${left} = ${letter === 'c' ? 'tanh' : 'sigmoid'}(W${letter} * [hPrev; x] + b${letter})`,
});

export const candidate = <const V extends string>(variant: V) =>
  equation(`${variant}.candidate`, {
    says: 'what would be written',
    ...block('cTilde', 'c'),
  });

export const cell = <const V extends string>(variant: V) =>
  equation(`${variant}.cell`, {
    says: 'keep some of the old cell, add some of the candidate',
    symbols: { c: ['H'], f: ['H'], cPrev: ['H'], i: ['H'], cTilde: ['H'] },
    is: 'c = f .* cPrev + i .* cTilde',
  });

export const hidden = <const V extends string>(variant: V) =>
  equation(`${variant}.hidden`, {
    says: 'the part of the cell that the rest of the network sees',
    symbols: { h: ['H'], o: ['H'], c: ['H'] },
    is: 'h = o .* tanh(c)',
  });

export const backOutputGate = <const V extends string>(variant: V) =>
  equation(`${variant}.backward.output-gate`, {
    says: 'to the pre-activation of o: what o multiplied, times the derivative of σ',
    symbols: { dao: ['H'], dh: ['H'], c: ['H'], o: ['H'] },
    is: 'dao = dh .* tanh(c) .* o .* (1 - o)',
  });

export const backCell = <const V extends string>(variant: V) =>
  equation(`${variant}.backward.cell`, {
    says: 'c is used twice: by the next step and, through h, by this one',
    symbols: { dc: ['H'], dcNext: ['H'], dh: ['H'], o: ['H'], c: ['H'] },
    is: 'dc = dcNext + dh .* o .* (1 - tanh(c).^2)',
  });

export const backCandidate = <const V extends string>(variant: V) =>
  equation(`${variant}.backward.candidate`, {
    says: 'to the pre-activation of the candidate, back through tanh',
    symbols: { dac: ['H'], dc: ['H'], i: ['H'], cTilde: ['H'] },
    is: 'dac = dc .* i .* (1 - cTilde.^2)',
  });
