/** Cards answered with an expression: notation compares meanings at random points. */
import { compare } from '../../notation/index.js';
import type { EquationCard } from '../card.js';
import { right, unreadable, wrong, type Judged } from './judged.js';

/** Does the expression mean the same as the answer? If not, is it a known mistake? */
export function gradeEquation(card: EquationCard, given: string): Judged {
  const verdict = compare(given, card.answer, card.symbols);
  switch (verdict.kind) {
    case 'same':
      return right('Right: it means the same.');
    case 'unreadable':
      return unreadable(verdict.says);
    case 'different': {
      const known = card.wrong?.find(({ is }) => compare(given, is, card.symbols).kind === 'same');
      return wrong(known?.because ?? verdict.says);
    }
  }
}
