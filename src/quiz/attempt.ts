/**
 * What becomes of what was typed, in the quiz and in the interview alike: it cannot be read and is asked
 * again, it is a free answer whose points are to be ticked, or it is graded.
 */
import type { Card, FreeCard } from './card.js';
import { gradeAnswer, type Grade } from './grade.js';
import { pointsFound, readFree, withTicks } from './grading/free.js';
import type { Question } from './question.js';

/** A free answer that is still to be ticked. */
export interface Ticking {
  readonly given: string;
  /** The rubric. */
  readonly points: readonly string[];
  /** Numbers, from 1, of the points whose words stand in the answer. */
  readonly proposed: readonly number[];
  /** An answer that has them all, to compare with. */
  readonly model: string;
  /** How long the answer took. */
  readonly ms: number;
}

export type Attempt =
  /** Its `says` tells what to type instead. */
  | { readonly kind: 'unreadable'; readonly grade: Grade }
  | { readonly kind: 'ticking'; readonly ticking: Ticking }
  | { readonly kind: 'graded'; readonly grade: Grade };

/**
 * What becomes of an answer.
 * @param options.unticked nobody is there to tick: the points that were found count where none were ticked.
 */
export function attempt(
  card: Card,
  question: Question,
  given: string,
  { unticked = false, ms }: { readonly unticked?: boolean; readonly ms: number },
): Attempt {
  const grade = gradeAnswer(card, question, given);
  if (!grade.readable) return { kind: 'unreadable', grade };
  if (card.kind === 'free' && !unticked && readFree(given).ticked === undefined)
    return { kind: 'ticking', ticking: tickingOf(card, given, ms) };
  return { kind: 'graded', grade };
}

const tickingOf = (card: FreeCard, given: string, ms: number): Ticking => ({
  given,
  points: card.rubric.map(({ point }) => point),
  proposed: pointsFound(card, given).flatMap(({ found }, k) => (found ? [k + 1] : [])),
  model: card.model,
  ms,
});

/** Of the points that were ticked those that exist, each once, in order: as part of the answer. */
export const ticked = ({ given, points }: Ticking, ticks: readonly number[]): string =>
  withTicks(
    given,
    points.flatMap((_, k) => (ticks.includes(k + 1) ? [k + 1] : [])),
  );

/** An answer cut to a length, its ticks kept, without lone surrogates, which no UTF-8 file can hold. */
export function storable(card: Card, given: string, longest: number): string {
  const { text, ticked: ticks } =
    card.kind === 'free' ? readFree(given) : { text: given, ticked: undefined };
  const cut = Array.from(text)
    .slice(0, longest)
    .join('')
    .replace(/\p{Surrogate}/gu, '\ufffd');
  return ticks === undefined ? cut : withTicks(cut, ticks);
}

/** From one instant to another in ms; 0 where the clock went back or a time could not be read. */
export function elapsed(from: string, to: string): number {
  const passed = Date.parse(to) - Date.parse(from);
  return passed > 0 ? passed : 0;
}
