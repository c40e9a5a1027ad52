/** A shuffled copy, and seeds made from seeds. Integers and the engine's rng only: the same everywhere. */
import { rng } from '../engine/index.js';

/** The items in a random order (Fisher–Yates); the same seed gives the same order. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = rng(seed);
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** A seed of 0 … 2^32 - 1 from a seed and a text (FNV-1a), so that each card of a session has its own. */
export function seedFor(seed: number, text: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${text}`)
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}
