/** What is answered worst: the answers counted by topic and by equation, and the weakest of each. */
import type { Deck } from './deck.js';
import type { LogEvent } from './events.js';
import { answerIn, type CountedAnswer } from './schedule.js';

/** How many of some answers were right. */
export interface Score {
  readonly right: number;
  readonly of: number;
}

export interface EquationStats extends Score {
  readonly equation: string;
}

/** Fewer answers than this say too little to call something weak. */
const enough = 2;

const share = ({ right, of }: Score): number => right / of;
const weakestFirst = (a: Score, b: Score): number => share(a) - share(b) || b.of - a.of;
const isWeak = ({ right, of }: Score): boolean => of >= enough && right < of;

/** The answers of a log to cards that the deck still has. */
export const answersTo = (deck: Deck, events: readonly LogEvent[]): CountedAnswer[] =>
  events
    .flatMap((event) => answerIn(event) ?? [])
    .filter(({ card }) => deck.topicOf(card) !== undefined);

export const score = (answers: readonly CountedAnswer[]): Score => ({
  right: answers.filter(({ rating }) => rating !== 'again').length,
  of: answers.length,
});

export const nothingAnswered: Score = { right: 0, of: 0 };

/** The answers to each card, counted. */
function scoresByCard(answers: readonly CountedAnswer[]): ReadonlyMap<string, Score> {
  const scores = new Map<string, { right: number; of: number }>();
  for (const { card, rating } of answers) {
    const known = scores.get(card) ?? { right: 0, of: 0 };
    known.right += Number(rating !== 'again');
    known.of += 1;
    scores.set(card, known);
  }
  return scores;
}

/** The scores of the cards, added up under each of their names. */
function scoresBy(
  answers: readonly CountedAnswer[],
  namesOf: (card: string) => readonly string[],
): ReadonlyMap<string, Score> {
  const scores = new Map<string, Score>();
  for (const [card, { right, of }] of scoresByCard(answers))
    for (const name of namesOf(card)) {
      const known = scores.get(name) ?? nothingAnswered;
      scores.set(name, { right: known.right + right, of: known.of + of });
    }
  return scores;
}

/** By topic; topics without an answer are left out. */
export const scoresByTopic = (
  deck: Deck,
  answers: readonly CountedAnswer[],
): ReadonlyMap<string, Score> =>
  scoresBy(answers, (card) => {
    const topic = deck.topicOf(card);
    return topic === undefined ? [] : [topic];
  });

/** The topics of which the smallest shares were right, three at most, the weakest first; of equals the earlier one in the deck. */
export function weakestTopics(deck: Deck, answers: readonly CountedAnswer[]): string[] {
  const scores = scoresByTopic(deck, answers);
  return topicsOf(deck)
    .map((topic) => ({ topic, ...(scores.get(topic) ?? nothingAnswered) }))
    .filter(isWeak)
    .sort(weakestFirst)
    .slice(0, 3)
    .map(({ topic }) => topic);
}

/** The topics of a deck, in its order. */
export const topicsOf = ({ cards, generators }: Deck): string[] => [
  ...new Set([...cards, ...generators].map(({ topic }) => topic)),
];

/** The same of the equations that the cards link to, five at most; of equals the one that was answered first. */
export const weakestEquations = (deck: Deck, answers: readonly CountedAnswer[]): EquationStats[] =>
  [
    ...scoresBy(
      answers,
      (card) => (deck.generatorById(card) ?? deck.cardById(card))?.equations ?? [],
    ),
  ]
    .map(([equation, of]) => ({ equation, ...of }))
    .filter(isWeak)
    .sort(weakestFirst)
    .slice(0, 5);
