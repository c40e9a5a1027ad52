/** What a command says when it cannot go on: one sentence, and the exit code that belongs to it. */
import { closest, distance } from 'fastest-levenshtein';

/** DESIGN's exit codes. */
export const exitCodes = {
  passed: 0,
  failed: 1,
  usage: 2,
  newer: 3,
  notSaved: 4,
  bug: 70,
  timedOut: 124,
  interrupted: 130,
  outOfMemory: 137,
} as const;

/** An expected failure: shown as its sentence alone, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    sentence: string,
    readonly exitCode: number = exitCodes.usage,
  ) {
    super(sentence);
  }
}

/** « Did you mean lstm-step?», if one of the names is near enough to be meant. */
export function didYouMean(given: string, names: readonly string[]): string {
  if (names.length === 0 || given.length > 64) return '';
  const best = closest(given, [...names]);
  return distance(given, best) <= Math.max(2, Math.floor(best.length / 3))
    ? ` Did you mean ${best}?`
    : '';
}

/** A name as the user typed it, safe to print: no control characters, not too long. */
export const quoted = (given: string): string => {
  const safe = given.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '·');
  return `«${safe.length > 40 ? `${safe.slice(0, 40)}…` : safe}»`;
};

/** @throws {Refusal} naming the first of these that is no name, and the nearest one. */
export function refuseUnknown(
  flag: string,
  given: readonly string[],
  names: readonly string[],
): void {
  const other = given.find((name) => !names.includes(name));
  if (other !== undefined)
    throw new Refusal(
      `--${flag}: there is no ${quoted(other)}.${didYouMean(other, names)} There are ${names.join(', ')}.`,
    );
}
