/** Which cards a session asks, and in which order: due ones first, then new ones. */
import { ourDeck } from './catalogue.js';
import { topics, type Card, type CardKind, type CardTopic } from './card.js';
import { dayOf } from './day.js';
import type { Deck } from './deck.js';
import { dueCards, type CardState } from './schedule.js';
import { seedFor, shuffled } from './shuffle.js';

/**
 * `mixed`: due cards, then new ones · `due` · `new`: never asked · `missed`: last answered wrong, or shown
 * by a kata's mistake since.
 */
export type DrawMode = 'mixed' | 'due' | 'new' | 'missed';

export interface DrawOptions {
  readonly seed: number;
  /** How many cards at most. */
  readonly count: number;
  /** Names that are no topic match nothing. Empty or absent: all. */
  readonly topics?: readonly string[];
  readonly kinds?: readonly CardKind[];
  readonly states: ReadonlyMap<string, CardState>;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** `mixed` unless told. */
  readonly mode?: DrawMode;
  /** What there is to draw from; ours unless told. */
  readonly deck?: Deck;
}

/**
 * The cards of a session: due ones, the most overdue first, then cards never asked, easy levels first and
 * no topic twice in a row where that can be had. A generator gives one card, from a seed of its own.
 */
export function drawCards(options: DrawOptions): Card[] {
  const { seed, states, now, mode = 'mixed', deck = ourDeck } = options;
  const wanted = wantedBy(options);
  const drawn = (ids: readonly string[]): Card[] =>
    ids
      .map((id) => deck.cardById(deck.generatorById(id) ? `${id}#${seedFor(seed, id)}` : id))
      .filter((card) => card !== undefined) // a card that no longer exists
      .filter(wanted);
  const count = Number.isFinite(options.count) ? Math.max(0, Math.floor(options.count)) : Infinity;
  if (mode === 'missed') return drawn(missedCards(states)).slice(0, count);
  const due = mode === 'new' ? [] : dueCards(states, now);
  const fresh = mode === 'due' ? [] : neverAsked(deck, states);
  const asked = (topic: CardTopic): number =>
    [...states.keys()].filter((card) => deck.topicOf(card) === topic).length;
  return [...drawn(due), ...interleaved(drawn(shuffled(fresh, seed)), asked)].slice(0, count);
}

/** Why a draw came out empty, in a sentence. */
export function whyNothing(options: DrawOptions): string {
  const { states, mode = 'mixed', deck = ourDeck } = options;
  if (![...deck.cards, ...deck.generators.map((made) => made.card(0))].some(wantedBy(options)))
    return 'There is no card of this topic and kind; bptt quiz --list shows them all.';
  if (mode === 'missed') return 'No card here was missed last time.';
  if (mode === 'new') return 'No card here is new any more.';
  const [next] = [...states.values()]
    .filter(({ card }) => deck.topicOf(card) !== undefined)
    .map(({ due }) => due)
    .sort();
  const what = mode === 'due' ? 'Nothing here is due' : 'Nothing here is due, and nothing is new';
  return next === undefined
    ? `${what}: no card has been answered yet.`
    : `${what}. Of all cards the next one comes back on ${dayOf(next)}.`;
}

const wantedBy =
  ({ topics, kinds }: Pick<DrawOptions, 'topics' | 'kinds'>) =>
  (card: Card): boolean =>
    matches(topics, card.topic) && matches(kinds, card.kind);

const matches = <T extends string>(allowed: readonly T[] | undefined, one: NoInfer<T>): boolean =>
  allowed === undefined || allowed.length === 0 || allowed.includes(one);

/** The ids that no answer and no kata's mistake has put on the schedule yet. */
export const neverAsked = (deck: Deck, states: ReadonlyMap<string, CardState>): string[] =>
  [...deck.cards, ...deck.generators].map(({ id }) => id).filter((id) => !states.has(id));

/** The ids that were missed, the latest first. */
function missedCards(states: ReadonlyMap<string, CardState>): string[] {
  return [...states.values()]
    .filter(({ missed }) => missed)
    .sort((a, b) => Date.parse(b.last) - Date.parse(a.last) || (a.card < b.card ? -1 : 1))
    .map(({ card }) => card);
}

/**
 * Topic after topic in turn, those of which least has been asked first, then as they build on each other; within a
 * topic by level. The order of equals is kept.
 */
export function interleaved<C extends Pick<Card, 'topic' | 'level'>>(
  fresh: readonly C[],
  asked: (topic: CardTopic) => number = () => 0,
): C[] {
  const byTopic = new Map<CardTopic, C[]>();
  for (const card of fresh.toSorted((a, b) => a.level - b.level))
    byTopic.set(card.topic, [...(byTopic.get(card.topic) ?? []), card]);
  const place = (topic: CardTopic): number => [...topics, 'own'].indexOf(topic);
  const turns = [...byTopic].sort(([a], [b]) => asked(a) - asked(b) || place(a) - place(b));
  const order: C[] = [];
  for (let round = 0; order.length < fresh.length; round++)
    for (const [, ofTopic] of turns) order.push(...ofTopic.slice(round, round + 1));
  return order;
}
