/**
 * A generator makes a new card from a seed each time it is asked. The seed is part of the asked card's
 * id, `lstm.parameters.generated#7`, so the same card can be found again; the schedule counts all cards
 * of one generator as one.
 */
import { rng, type Rng } from '../engine/index.js';
import type { About, Card, Wrong } from './card.js';

export interface Generator extends About {
  readonly id: string;
  /** The card of a seed, an integer of 0 … 2^32 - 1. Its id is `<generator's id>#<seed>`. */
  readonly card: (seed: number) => Card;
}

/** What `make` is given beside the random numbers: the id of the card to make, and what is fixed about it. */
export interface Making {
  readonly id: string;
  readonly about: About;
}

/** A generator. `make` must draw the same card from the same random numbers. */
export function generator(
  id: string,
  { make, ...about }: About & { readonly make: (random: Rng, making: Making) => Card },
): Generator {
  const made = (seed: number): Card => make(rng(seed), { id: `${id}#${seed}`, about });
  let first: Card | undefined; // plans and lists ask for it again and again
  return { id, ...about, card: (seed) => (seed === 0 ? (first ??= made(0)) : made(seed)) };
}

/** One of some values. */
export const oneOf = <T>(random: Rng, values: readonly [T, ...T[]]): T =>
  values[Math.floor(random() * values.length)] ?? values[0];

/** A whole number of low … high, both included. */
export const wholeFrom = (random: Rng, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** The wrong answers that, for the numbers that were drawn, differ from the right one and from each other. */
export function distinct(
  answer: () => number,
  wrong: readonly Wrong<() => number>[],
  tolerance = 1e-6,
): Wrong<() => number>[] {
  const apart = (a: number, b: number): boolean =>
    Math.abs(a - b) > 2 * tolerance * Math.max(Math.abs(a), Math.abs(b));
  const kept: Wrong<() => number>[] = [];
  for (const one of wrong)
    if ([answer, ...kept.map(({ is }) => is)].every((other) => apart(one.is(), other())))
      kept.push(one);
  return kept;
}
