/**
 * A card as it is asked: plain data without functions and without the answer, so that it can be shown,
 * stored and sent.
 */
import type { Card, CardKind, CardTopic } from './card.js';
import { shuffled } from './shuffle.js';

export interface Question {
  readonly id: string;
  readonly kind: CardKind;
  readonly topic: CardTopic;
  readonly level: number;
  readonly ask: string;
  /** To choose from or to put in order, shuffled; an answer names them by number from 1. */
  readonly options?: readonly string[];
  readonly unit?: string;
  readonly hint?: string;
  readonly katas: readonly string[];
  readonly equations: readonly string[];
}

/** The question of a card. The seed decides the order of its options. */
export function questionOf(card: Card, seed: number): Question {
  const options = optionsOf(card, seed);
  return {
    id: card.id,
    kind: card.kind,
    topic: card.topic,
    level: card.level,
    ask: card.kind === 'trap' ? `${card.ask}\n\n«${card.claim}»` : card.ask,
    ...(options && { options }),
    ...(card.kind === 'number' && card.unit !== undefined && { unit: card.unit }),
    ...(card.hint !== undefined && { hint: card.hint }),
    katas: card.katas ?? [],
    equations: card.equations ?? [],
  };
}

function optionsOf(card: Card, seed: number): string[] | undefined {
  switch (card.kind) {
    case 'choice':
      return shuffled([card.answer, ...card.wrong.map(({ is }) => is)], seed);
    case 'trap':
      return shuffled([card.right, ...card.wrong.map(({ is }) => is)], seed);
    case 'several':
      return shuffled(
        card.options.map(({ is }) => is),
        seed,
      );
    case 'order': {
      // The right order would give itself away to whoever answers 1 2 3.
      const order = shuffled(card.items, seed);
      return order.every((item, k) => item === card.items[k])
        ? [...order.slice(1), order[0]!]
        : order;
    }
    case 'number':
    case 'equation':
    case 'shape':
    case 'free':
      return undefined;
  }
}
