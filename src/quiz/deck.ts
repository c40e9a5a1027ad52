/**
 * A deck: the cards and generators that can be asked, and any of them by its id. Ours is in catalogue.ts;
 * a learner's own cards make it longer.
 */
import type { Card, CardTopic } from './card.js';
import type { Generator } from './generator.js';

export interface Deck {
  /** Written by hand. */
  readonly cards: readonly Card[];
  readonly generators: readonly Generator[];
  /**
   * The card of an id, or undefined if there is none. `generator#seed` is the card that the generator
   * makes from this seed; a generator's id alone is its card of seed 0.
   */
  readonly cardById: (id: string) => Card | undefined;
  /** The generator of an id, with or without a seed. */
  readonly generatorById: (id: string) => Generator | undefined;
  /** The topic of a card or generator, by its id. */
  readonly topicOf: (id: string) => CardTopic | undefined;
}

/** The id under which a card is scheduled: `lstm.parameters.generated#7` → `lstm.parameters.generated`. */
export const scheduledId = (id: string): string => id.split('#', 1)[0]!;

/** A deck of these. Of two with one id the later one counts. */
export function deckOf(cards: readonly Card[], generators: readonly Generator[]): Deck {
  const cardsById: ReadonlyMap<string, Card> = new Map(cards.map((one) => [one.id, one]));
  const generatorsById: ReadonlyMap<string, Generator> = new Map(
    generators.map((one) => [one.id, one]),
  );
  const generatorById = (id: string): Generator | undefined => generatorsById.get(scheduledId(id));

  function cardById(id: string): Card | undefined {
    const written = cardsById.get(id);
    if (written) return written;
    const made = generatorById(id);
    if (!made) return undefined;
    if (id === made.id) return made.card(0);
    const [, seed] = /#(0|[1-9]\d{0,9})$/.exec(id) ?? [];
    if (seed === undefined || id !== `${made.id}#${seed}` || Number(seed) >= 2 ** 32)
      return undefined;
    return made.card(Number(seed));
  }

  return {
    cards,
    generators,
    cardById,
    generatorById,
    topicOf: (id) => (cardsById.get(id) ?? generatorById(id))?.topic,
  };
}
