/**
 * Free answers: looked through for the words of each point of a rubric. This finds what was mentioned,
 * not whether the sentence about it is true; that is why the model answer is shown beside it.
 */
import type { FreeCard } from '../card.js';
import { right, unreadable, wrong, type Judged } from './judged.js';

const plain = (text: string): string =>
  ` ${text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')} `;

/** Each point of the rubric, and whether it is mentioned. A word matches from its beginning. */
export function pointsFound(
  card: FreeCard,
  given: string,
): { readonly point: string; readonly found: boolean }[] {
  const text = plain(given);
  return card.rubric.map(({ point, words }) => ({
    point,
    found: words.some((word) => text.includes(plain(word).trimEnd())),
  }));
}

/** Are enough points mentioned? Names those that were not found. */
export function gradeFree(card: FreeCard, given: string): Judged {
  if (plain(given).trim().split(' ').length < 3) return unreadable('Answer in a sentence or two.');
  const missed = pointsFound(card, given).filter(({ found }) => !found);
  const found = card.rubric.length - missed.length;
  const points = `${found} of ${card.rubric.length} points found`;
  const rest = missed.map(({ point }) => point).join('; ');
  const says = rest === '' ? `${points}.` : `${points}. Not found: ${rest}.`;
  return found >= card.enough ? right(says) : wrong(says);
}
