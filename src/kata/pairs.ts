/**
 * Two mistakes at once, both known, or one known and an input that is not read: the pair whose numbers are the
 * learner's on every case. Pairs are tried on the smallest case first, the likelier ones before the others;
 * only a pair that fits there is tried on the rest.
 */
import { compareMistakes, compareOutputs } from './compare.js';
import { copyValues, usedDims } from './cases.js';
import { together } from './mistake.js';
import { unread } from './misread.js';
import type { Answered } from './guess.js';
import type { Kata } from './define.js';
import type { KnownMistake } from './mistake.js';
import type { Values } from './values.js';

/** More pairs than this are not tried: a check stays quick however many mistakes its kata knows. */
const most = 250;

/** How many of the outputs that the learner has wrong this mistake alone gives as the learner has them. */
function explains({ variant }: KnownMistake, { case: one, expected, got }: Answered): number {
  const outputs = variant(copyValues(one.given));
  return Object.keys(expected).filter((name) => {
    const only = (values: Values): Values => ({ [name]: values[name]! });
    return (
      !compareOutputs(only(expected), only(got)).same &&
      compareMistakes(only(outputs), only(got)) === 'same'
    );
  }).length;
}

/** The numbers of all sizes of a case together: what it costs, roughly. */
const extent = (kata: Kata, { case: one }: Answered): number =>
  Object.values(usedDims(kata, one)).reduce((product, size) => product * size, 1);

const smallestFirst = (kata: Kata, answered: readonly Answered[]): Answered[] =>
  answered
    .map((one) => ({ one, extent: extent(kata, one) }))
    .sort((a, b) => a.extent - b.extent)
    .map(({ one }) => one);

/** A known mistake and the input that is not read beside it, in a sentence; or undefined. */
export function unreadBeside(
  kata: Kata,
  answered: readonly Answered[],
): readonly [KnownMistake, string] | undefined {
  const sorted = smallestFirst(kata, answered);
  const names = Object.keys(kata.inputs).filter((name) => 'axes' in kata.inputs[name]!); // an integer of 0 is no size
  for (const mistake of kata.mistakes)
    for (const { says, reads } of names.map(unread)) {
      const gives = ({ case: { given }, got }: Answered): boolean =>
        compareMistakes(mistake.variant(reads(copyValues(given))), got) === 'same';
      if (sorted.length > 0 && sorted.every(gives)) return [mistake, says];
    }
  return undefined;
}

/** The likeliest pair that gives the learner's numbers on all cases, or undefined. */
export function pairOf(
  kata: Kata,
  answered: readonly Answered[],
): readonly [KnownMistake, KnownMistake] | undefined {
  const [smallest, ...others] = smallestFirst(kata, answered);
  if (!smallest || !kata.attempt) return undefined;
  const ranked = kata.mistakes
    .map((mistake) => ({ mistake, share: explains(mistake, smallest) }))
    .sort((a, b) => b.share - a.share); // stable: otherwise as the kata lists them
  const pairs = ranked
    .flatMap((one, k) => ranked.slice(k + 1).map((other) => [one, other] as const))
    .sort(([a, b], [c, d]) => c.share + d.share - (a.share + b.share))
    .slice(0, most);
  const reproduces = (one: KnownMistake, other: KnownMistake, at: Answered): boolean => {
    const both = together(kata.attempt, one, other, at.case.given);
    return (
      both !== undefined && compareMistakes(both(copyValues(at.case.given)), at.got) === 'same'
    );
  };
  const found = pairs.find(
    ([{ mistake: one }, { mistake: other }]) =>
      reproduces(one, other, smallest) && others.every((at) => reproduces(one, other, at)),
  );
  if (!found) return undefined;
  const [one, other] = found.map(({ mistake }) => mistake) as [KnownMistake, KnownMistake];
  return kata.mistakes.indexOf(one) < kata.mistakes.indexOf(other) ? [one, other] : [other, one];
}
