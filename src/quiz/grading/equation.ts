/** Cards answered with an expression: notation compares meanings at random points. */
import { compare, type Verdict } from '../../notation/index.js';
import type { EquationCard } from '../card.js';
import { right, unreadable, wrong, type Judged } from './judged.js';

/** Does the expression mean the same as the answer? If not, is it a known mistake? */
export function gradeEquation(card: EquationCard, given: string): Judged {
  const { verdict, read } = compared(card, given);
  switch (verdict.kind) {
    case 'same':
      return right('Right: it means the same.');
    case 'unreadable':
      return unreadable(verdict.says);
    case 'different': {
      const known = card.wrong?.find(({ is }) => meaning(card, read, is).kind === 'same');
      return wrong(known?.because ?? verdict.says);
    }
  }
}

/**
 * The verdict on what was typed or, if that does not read, on what it may be short for. An x between
 * spaces is a times sign where no x is declared.
 */
function compared(card: EquationCard, typed: string): { verdict: Verdict; read: string } {
  const names = Object.keys(card.symbols);
  const greekless = typed.replace(/[βεθϵ]|\\?(?:var)?epsilon/gu, (letter) =>
    names.includes(greek[letter.replace('\\', '')]!) ? greek[letter.replace('\\', '')]! : letter,
  );
  const given = names.includes('x') ? greekless : greekless.replace(/ (?:x|\(x\)) /giu, ' * ');
  const verdict = meaning(card, given, card.answer);
  if (verdict.kind !== 'unreadable') return { verdict, read: given };
  const long = spelledOut(given, names);
  const again = meaning(card, long, card.answer);
  return again.kind === 'unreadable' ? { verdict, read: given } : { verdict: again, read: long };
}

const meaning = (card: EquationCard, given: string, wanted: string): Verdict =>
  compare(given, wanted, { ...stepsAsked(card), ...card.symbols }, 1, card.where);

/** The new h or c where the question tells it from the one before, `c = f ⊙ cPrev + …`: it is not that one. */
const stepsAsked = ({ ask, symbols }: EquationCard): EquationCard['symbols'] =>
  Object.fromEntries(
    ['h', 'c'].flatMap((name) => {
      const before = symbols[`${name}Prev`];
      return before && new RegExp(`(?<![\\p{L}_])${name} = `, 'u').test(ask)
        ? [[name, before]]
        : [];
    }),
  );

/** Letters of a card by what else they are called. */
const greek: Readonly<Record<string, string>> = {
  ...{ β: 'beta', θ: 'theta', ε: 'eps', ϵ: 'eps', epsilon: 'eps', varepsilon: 'eps' },
};

/** `QKᵀ` → `Q * Kᵀ` where Q and K are names of the card and QK is none. */
const spelledOut = (given: string, names: readonly string[]): string =>
  given.replace(/(?<![\p{L}_\\])[A-Za-z]{2,4}(?![A-Za-z0-9_({])/gu, (word) =>
    names.includes(word) || !word.split('').every((letter) => names.includes(letter))
      ? word
      : word.split('').join(' * '),
  );
