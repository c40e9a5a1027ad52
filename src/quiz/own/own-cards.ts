/**
 * A learner's own cards, from the texts of their files: those that are good, and what is wrong with the
 * others. Nothing in a file is ever run.
 */
import type { Card } from '../card.js';
import { cardFrom } from './card-from.js';
import { FlawError, readYaml, type Place } from './place.js';

/** What is wrong with a file or with one of its cards. */
export interface Flaw {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** A sentence. */
  readonly says: string;
}

export interface OwnCards {
  readonly cards: readonly Card[];
  readonly flaws: readonly Flaw[];
}

export interface OwnFile {
  /** As it is called in a flaw. */
  readonly file: string;
  readonly text: string;
}

/** The cards of these files, in their order. A card with a flaw is left out, the others count. */
export function readOwnCards(files: readonly OwnFile[]): OwnCards {
  const flaws: Flaw[] = [];
  const cards = new Map<string, { readonly card: Card; readonly at: string }>();
  for (const { file, text } of files) {
    /** What `body` gives; undefined, and its flaw noted, where it finds one. */
    const noting = <T>(body: () => T): T | undefined => {
      try {
        return body();
      } catch (error) {
        if (!(error instanceof FlawError)) throw error;
        flaws.push({ file, line: error.line, says: error.message });
        return undefined;
      }
    };
    const add = (place: Place): void => {
      const card = cardFrom(place);
      const other = cards.get(card.id);
      if (other) place.need('id').refuse(`is taken by the card at ${other.at}.`);
      cards.set(card.id, { card, at: `${file}:${place.line}` });
    };
    for (const item of noting(() => readYaml(text).cards()) ?? []) noting(() => add(item));
  }
  return { cards: [...cards.values()].map(({ card }) => card), flaws };
}

/** `my-cards.yaml:12: answer needs a text, got a list.` */
export const flawLine = ({ file, line, says }: Flaw): string => `${file}:${line}: ${says}`;
