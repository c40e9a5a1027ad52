/** The right answer of a card in words, as it is shown beside the learner's. */
import { equations, expressionUnicode, toUnicode } from '../../notation/index.js';
import type { Card } from '../card.js';

/** The right answer, ready to be shown. */
export function modelAnswer(card: Card): string {
  switch (card.kind) {
    case 'choice':
      return card.answer;
    case 'trap':
      return card.right;
    case 'several':
      return card.options
        .filter(({ right }) => right)
        .map(({ is }) => is)
        .join('; ');
    case 'number':
      return `${shown(card.answer())}${card.unit === undefined ? '' : ` ${card.unit}`}`;
    case 'equation': {
      const known = equations.find(({ is }) => is === card.answer);
      return known ? toUnicode(known) : expressionUnicode(card.answer, card.symbols);
    }
    case 'shape':
      return `[${card.answer.join(', ')}]`;
    case 'order':
      return card.items.join(' → ');
    case 'free':
      return card.model;
  }
}

/** 394240 → 394,240 · 7.888609052210118e-31 → 7.8886e-31. */
export function shown(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15)
    return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  return String(Number(value.toPrecision(5)));
}
