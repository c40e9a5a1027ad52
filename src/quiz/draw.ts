/** Which cards a session asks, and in which order: due ones first, then new ones. */
import { cardById, cards, generatorById, generators } from './catalogue.js';
import type { Card, CardKind, Topic } from './card.js';
import { dueCards, type CardState } from './schedule.js';
import { seedFor, shuffled } from './shuffle.js';

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
  /** `mixed`, the default: due cards, then new ones. */
  readonly mode?: 'due' | 'new' | 'mixed';
}

/**
 * The cards of a session: due ones, the most overdue first, then cards never asked, easy levels first and
 * no topic twice in a row where that can be had. A generator gives one card, from a seed of its own.
 */
export function drawCards(options: DrawOptions): Card[] {
  const { seed, states, now, mode = 'mixed' } = options;
  const due = mode === 'new' ? [] : dueCards(states, now);
  const known = [...cards, ...generators].map(({ id }) => id);
  const fresh = mode === 'due' ? [] : known.filter((id) => !states.has(id));
  const wanted = (card: Card): boolean =>
    matches(options.topics, card.topic) && matches(options.kinds, card.kind);
  const drawn = (ids: readonly string[]): Card[] =>
    ids
      .map((id) => draw(id, seed))
      .filter((card) => card !== undefined)
      .filter(wanted);
  const count = Number.isFinite(options.count) ? Math.max(0, Math.floor(options.count)) : Infinity;
  return [...drawn(due), ...interleaved(drawn(shuffled(fresh, seed)))].slice(0, count);
}

const matches = <T extends string>(allowed: readonly T[] | undefined, one: NoInfer<T>): boolean =>
  allowed === undefined || allowed.length === 0 || allowed.includes(one);

/** The card itself, or a generator's card of this session; undefined for a card that no longer exists. */
const draw = (id: string, seed: number): Card | undefined =>
  cardById(generatorById(id) ? `${id}#${seedFor(seed, id)}` : id);

/** Topic after topic in turn; within a topic by level. The order of equals is kept. */
function interleaved(fresh: readonly Card[]): Card[] {
  const byTopic = new Map<Topic, Card[]>();
  for (const card of fresh.toSorted((a, b) => a.level - b.level))
    byTopic.set(card.topic, [...(byTopic.get(card.topic) ?? []), card]);
  const order: Card[] = [];
  for (let round = 0; order.length < fresh.length; round++)
    for (const ofTopic of byTopic.values()) order.push(...ofTopic.slice(round, round + 1));
  return order;
}
