/** What an interview asks, item by item: the fixed parts from the start, each follow-up when it is reached. */
import type { CardKind, CardTopic } from '../card.js';
import { cardById, generatorById } from '../catalogue.js';
import { scheduledId } from '../deck.js';
import { questionOf, type Question } from '../question.js';
import { seedFor, shuffled } from '../shuffle.js';
import type { Asked, IfMissed, InterviewQuestion, PartKind, Source } from './question.js';

/** One thing to answer, or the kata to write. */
export interface Item {
  readonly part: PartKind;
  /** The card's id as asked, or the kata's. */
  readonly id: string;
  readonly question?: Question;
  /** Of a follow-up: 1, 2, 3. */
  readonly level?: number;
  /** Of a follow-up: what was missed and led here. */
  readonly because?: string;
}

/** How an item went. */
export interface ItemResult {
  readonly id: string;
  readonly kind: CardKind | 'kata';
  readonly topic: CardTopic | null;
  readonly given: string;
  /** `unread`: what was given could not be read, and nobody was there to be asked again. */
  readonly verdict: 'right' | 'wrong' | 'skipped' | 'unread';
  /** The verdict in a sentence. */
  readonly says: string;
  /** The right answer; empty for a kata. */
  readonly answer: string;
  readonly ms: number;
  /** Of a free answer: the rubric, and which of it counts. */
  readonly points: readonly { readonly point: string; readonly made: boolean }[];
}

/** The items up to the follow-ups. */
export function fixedItems(question: InterviewQuestion, seed: number): Item[] {
  const of = (part: PartKind, asked: readonly Asked[]): Item[] =>
    asked.flatMap(({ ask }) => itemOf(part, ask, seed) ?? []);
  return [
    ...of('explain', [{ ask: question.explain }]),
    ...of('derive', question.derive),
    { part: 'code', id: question.code },
    ...of('complexity', question.complexity),
  ];
}

/** An item of a source; undefined where its card is gone. An interview gives no hints. */
function itemOf(part: PartKind, source: Source, seed: number): Item | undefined {
  const card =
    typeof source !== 'string'
      ? source
      : cardById(generatorById(source) ? `${source}#${seedFor(seed, source)}` : source);
  if (!card) return undefined;
  const { hint: _, ...question } = questionOf(card, seedFor(seed, card.id));
  return { part, id: card.id, question };
}

/**
 * The follow-up of a level: the first that a gap of this level leads to, else one of those for whom
 * nothing was missed, by the seed. Nothing is asked twice; undefined where nothing is left.
 * @param results of the items, in their order.
 */
export function followUp(
  question: InterviewQuestion,
  level: 1 | 2 | 3,
  { items, results, seed }: FollowUpOptions,
): Item | undefined {
  const gaps = gapsIn(question, results).filter(({ probe }) => probe[0] === level);
  const open = shuffled(question.otherwise[level - 1]!, seedFor(seed, `follow-up ${level}`));
  const asked = new Set(items.map(({ id }) => scheduledId(id)));
  for (const { ask, because } of [
    ...gaps.map(({ probe, because }) => ({ ask: probe[1], because })),
    ...open.map((ask) => ({ ask, because: undefined })),
  ]) {
    if (asked.has(typeof ask === 'string' ? ask : ask.id)) continue;
    const item = itemOf('follow-up', ask, seed);
    if (item) return { ...item, level, ...(because !== undefined && { because }) };
  }
  return undefined;
}

export interface FollowUpOptions {
  readonly items: readonly Item[];
  readonly results: readonly ItemResult[];
  readonly seed: number;
}

interface Gap {
  readonly probe: IfMissed;
  readonly because: string;
}

/** What was missed so far and leads somewhere, in the order of the interview. */
function gapsIn(question: InterviewQuestion, results: readonly ItemResult[]): Gap[] {
  const resultOf = (source: Source): ItemResult | undefined => {
    const id = typeof source === 'string' ? source : source.id;
    return results.find((result) => scheduledId(result.id) === id);
  };
  const explained = resultOf(question.explain);
  const points = question.explain.rubric.flatMap(({ point }, k): Gap[] => {
    const probe = question.probes[k];
    const made = explained?.points[k]?.made === true;
    return probe && !made ? [{ probe, because: point }] : [];
  });
  const cards = [...question.derive, ...question.complexity].flatMap(({ ask, ifMissed }): Gap[] => {
    const result = resultOf(ask);
    return ifMissed && result && result.verdict !== 'right'
      ? [{ probe: ifMissed, because: `the right answer, ${result.answer}` }]
      : [];
  });
  return [...points, ...cards];
}
