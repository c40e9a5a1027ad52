/** The kata to take after one that passed. Pure; what has passed is the caller's to say. */
import type { Shelved } from './shelf.js';

/**
 * The first that is left: of the topic of `after` those behind it, then those before it; then of the shelf those
 * behind it, then from its beginning. Undefined when none is left.
 */
export function nextKata<K extends Pick<Shelved, 'id' | 'topic'>>(
  katas: readonly K[],
  after: K,
  passed: (id: string) => boolean,
): K | undefined {
  const place = katas.findIndex(({ id }) => id === after.id);
  const left = [...katas.slice(place + 1), ...katas.slice(0, place)].filter(
    ({ id }) => !passed(id),
  );
  return left.find(({ topic }) => topic === after.topic) ?? left[0];
}
