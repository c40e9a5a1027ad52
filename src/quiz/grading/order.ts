/** Cards whose items are put in order: `3 1 2`, `3,1,2`, `3 > 1 > 2` or, up to nine items, `312`. */
import type { OrderCard } from '../card.js';
import { right, unreadable, wrong, type Judged } from './judged.js';

/** Are the items named in the card's order? The first one out of place is named. */
export function gradeOrder(card: OrderCard, options: readonly string[], given: string): Judged {
  const n = options.length;
  const again = unreadable(`Name each of 1 to ${n} once, first things first, like 2 1 3.`);
  if (!/^[\d\s,;>→-]+$/u.test(given)) return again;
  const numbers = /^\d+$/.test(given) && n <= 9 ? given.split('') : (given.match(/\d+/g) ?? []);
  const chosen = numbers.map((text) => options[Number(text) - 1]);
  const complete = options.every((option) => chosen.includes(option));
  if (numbers.length !== n || !complete) return again;
  const at = card.items.findIndex((item, k) => chosen[k] !== item);
  if (at < 0) return right();
  return wrong(
    `${at === 0 ? 'First' : `After «${card.items[at - 1]!}»`} comes «${card.items[at]!}», not «${chosen[at]!}».`,
  );
}
