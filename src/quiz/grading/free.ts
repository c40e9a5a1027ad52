/**
 * Free answers: looked through for the words of each point of a rubric. This finds what was mentioned,
 * not whether the sentence about it is true; so what is found is a proposal, shown beside the model answer,
 * and the learner ticks. Ticks stand in brackets at the end of an answer: `It forgets. [1 3]`, `… []`.
 */
import type { FreeCard } from '../card.js';
import { right, unreadable, wrong, type Judged } from './judged.js';

/** Lower case, words apart by one space; `W_hh` is `whh`. */
const plain = (text: string): string =>
  ` ${text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\b([bpuvw])_\{?(?=[a-z])/gu, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')} `;

export interface FreeAnswer {
  readonly text: string;
  /** Numbers of points, from 1; undefined where nothing was ticked, not even nothing. */
  readonly ticked: readonly number[] | undefined;
}

/** An answer in its two parts. Brackets that hold anything but numbers belong to the text. */
export function readFree(given: string): FreeAnswer {
  const whole = given.trimEnd();
  const start = whole.lastIndexOf('[');
  const inside = whole.slice(start + 1, -1);
  if (!whole.endsWith(']') || !/^[\d\s,]*$/.test(inside) || !/(^|\s)$/.test(whole.slice(0, start)))
    return { text: given, ticked: undefined };
  return {
    text: whole.slice(0, start).trimEnd(),
    ticked: (inside.match(/\d+/g) ?? []).map(Number),
  };
}

/** The two parts as one answer, which `readFree` takes apart again. */
export const withTicks = (text: string, ticked: readonly number[]): string =>
  `${text} [${ticked.join(' ')}]`;

/**
 * Each point of the rubric, and whether it is mentioned. A word matches from its beginning; one without
 * letters, like √, wherever it stands.
 */
export function pointsFound(
  card: FreeCard,
  given: string,
): { readonly point: string; readonly found: boolean }[] {
  const text = plain(given);
  const isIn = (word: string): boolean => {
    const sought = plain(word).trimEnd();
    return sought === '' ? given.includes(word) : text.includes(sought);
  };
  return card.rubric.map(({ point, words }) => ({ point, found: words.some(isIn) }));
}

/** Each point of the rubric, and whether it counts: as ticked or, without ticks, as found. */
export function pointsMade(
  card: FreeCard,
  given: string,
): { readonly point: string; readonly made: boolean }[] {
  const { text, ticked } = readFree(given);
  return pointsFound(card, text).map(({ point, found }, k) => ({
    point,
    made: ticked === undefined ? found : ticked.includes(k + 1),
  }));
}

/** Are enough points made? Names those that were not. */
export function gradeFree(card: FreeCard, given: string): Judged {
  const { text, ticked } = readFree(given);
  if (plain(text).trim().split(' ').length < 3) return unreadable('Answer in a sentence or two.');
  const points = card.rubric.length;
  if (ticked?.some((point) => point < 1 || point > points))
    return unreadable(`The points to tick are numbered from 1 to ${points}.`);
  const missed = pointsMade(card, given).filter(({ made }) => !made);
  const [done, open] = ticked === undefined ? ['found', 'Not found'] : ['made', 'Missing'];
  const count = `${points - missed.length} of ${points} points ${done}`;
  const rest = missed.map(({ point }) => point).join('; ');
  const says = rest === '' ? `${count}.` : `${count}. ${open}: ${rest}.`;
  return points - missed.length >= card.enough ? right(says) : wrong(says);
}
