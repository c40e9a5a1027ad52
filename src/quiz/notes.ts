/**
 * Cards as notes with two sides, for programs like Anki: what is asked, and all that is to be known of the
 * answer. Plain text in lines; how a program wants it written is for its renderer.
 */
import { expressionUnicode } from '../notation/index.js';
import type { Card } from './card.js';
import type { Deck } from './deck.js';
import { modelAnswer, shown } from './grading/model-answer.js';
import { questionOf } from './question.js';
import { seedFor } from './shuffle.js';

export interface Note {
  /** The card's id, with the seed of a generated one: the same card keeps it. */
  readonly id: string;
  readonly front: string;
  readonly back: string;
  readonly tags: readonly string[];
}

export interface NoteOptions {
  /** How many cards of each generator. */
  readonly instances: number;
  /** Of the generated cards and of the order of options. */
  readonly seed: number;
  /** Only these topics; empty: all. */
  readonly topics: readonly string[];
}

/** A note for each card, and for each generator as many as were asked for, all different. */
export function notesOf(deck: Deck, { instances, seed, topics }: NoteOptions): Note[] {
  const generated = deck.generators.flatMap((made) => {
    const byAsk = new Map<string, Card>();
    // A generator may draw the same numbers twice; some hundred draws find what it has.
    for (let k = 0; byAsk.size < instances && k < 20 * instances; k++) {
      const card = made.card(seedFor(seed, `${made.id}/${k}`));
      if (!byAsk.has(card.ask)) byAsk.set(card.ask, card);
    }
    return [...byAsk.values()];
  });
  return [...deck.cards, ...generated]
    .filter(({ topic }) => topics.length === 0 || topics.includes(topic))
    .map((card) => noteOf(card, seed));
}

function noteOf(card: Card, seed: number): Note {
  const question = questionOf(card, seedFor(seed, card.id));
  const options = question.options?.map((option, k) => `${k + 1}. ${option}`) ?? [];
  const unit = question.unit === undefined ? [] : [`(in ${question.unit})`];
  return {
    id: card.id,
    front: [question.ask, ...(options.length > 0 ? ['', ...options] : []), ...unit].join('\n'),
    back: [modelAnswer(card), '', card.explain, ...reasons(card)].join('\n'),
    tags: ['bptt', `bptt::${card.topic}`, `bptt::${card.kind}`, `bptt::level-${card.level}`],
  };
}

/** Why the wrong answers are wrong, a paragraph of lines after an empty one. */
function reasons(card: Card): string[] {
  const lines = reasonLines(card);
  return lines.length > 0 ? ['', ...lines] : [];
}

function reasonLines(card: Card): string[] {
  switch (card.kind) {
    case 'choice':
    case 'trap':
      return card.wrong.map(({ is, because }) => `✗ ${is}: ${because}`);
    case 'number':
      return card.wrong.map(({ is, because }) => `✗ ${shown(is())}: ${because}`);
    case 'equation':
      return (card.wrong ?? []).map(
        ({ is, because }) => `✗ ${expressionUnicode(is, card.symbols)}: ${because}`,
      );
    case 'shape':
      return (card.wrong ?? []).map(({ is, because }) => `✗ [${is.join(', ')}]: ${because}`);
    case 'several':
      return card.options.map(({ is, right, because }) => `${right ? '✓' : '✗'} ${is}: ${because}`);
    case 'free':
      return card.rubric.map(({ point }) => `· ${point}`);
    case 'order':
      return [];
  }
}
