/**
 * From behaviour to one of the four ratings of the schedule. Nobody is asked how well they knew it:
 * people use four buttons inconsistently, a clock does not.
 */
import type { Card, CardKind } from './card.js';

export const ratings = ['again', 'hard', 'good', 'easy'] as const;
export type Rating = (typeof ratings)[number];

/** Seconds that a level 1 card of this kind takes someone who knows it, reading included. */
const expectedSeconds: Readonly<Record<CardKind, number>> = {
  choice: 25,
  several: 45,
  number: 70,
  equation: 60,
  shape: 25,
  order: 45,
  trap: 40,
  free: 120,
};

const slow = 2;
const fast = 0.3;

/** The time in ms that a card should take: a level adds a quarter. */
export const expectedMs = (card: Pick<Card, 'kind' | 'level'>): number =>
  1000 * expectedSeconds[card.kind] * (1 + 0.25 * (card.level - 1));

/** How one question was answered. */
export interface Answered {
  readonly correct: boolean;
  /** From the question's appearance to its answer. */
  readonly ms: number;
  readonly hinted: boolean;
  /** Was the card answered on an earlier day? Without that, no speed is `easy`: it may be luck. */
  readonly seen?: boolean;
}

/**
 * wrong → again · hinted, or more than twice the expected time → hard · less than 0.3 of it on a card
 * seen before → easy · else good.
 */
export function ratingOf(result: Answered, card: Pick<Card, 'kind' | 'level'>): Rating {
  if (!result.correct) return 'again';
  const share = result.ms / expectedMs(card);
  if (result.hinted || share > slow) return 'hard';
  return result.seen === true && share < fast ? 'easy' : 'good';
}
