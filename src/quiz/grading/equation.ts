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
      const known = card.wrong?.find(({ is }) => compare(read, is, card.symbols).kind === 'same');
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
  const given = names.includes('x') ? typed : typed.replace(/ (?:x|\(x\)) /giu, ' * ');
  const verdict = compare(given, card.answer, card.symbols);
  if (verdict.kind !== 'unreadable') return { verdict, read: given };
  const long = spelledOut(given, names);
  const again = compare(long, card.answer, card.symbols);
  return again.kind === 'unreadable' ? { verdict, read: given } : { verdict: again, read: long };
}

const greek: Readonly<Record<string, string>> = { β: 'beta', ε: 'eps', θ: 'theta' };

/** `QKᵀ` → `Q * Kᵀ` where Q and K are names of the card and QK is none; `β` → `beta`. */
const spelledOut = (given: string, names: readonly string[]): string =>
  given
    .replace(/[βεθ]/gu, (letter) => greek[letter]!)
    .replace(/(?<![\p{L}_\\])[A-Za-z]{2,4}(?![A-Za-z0-9_({])/gu, (word) =>
      names.includes(word) || !word.split('').every((letter) => names.includes(letter))
        ? word
        : word.split('').join(' * '),
    );
