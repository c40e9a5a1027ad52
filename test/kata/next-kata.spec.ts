/** What comes after a kata, whichever are left. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextKata } from '../../src/kata/next-kata.js';
import { shelf } from '../../src/kata/shelf.js';

it('the next kata is one that is left: of the same topic if there is one, behind it first', () => {
  const left = fc.subarray([...shelf]);
  fc.assert(
    fc.property(fc.constantFrom(...shelf), left, (after, some) => {
      // A kata that is checked again is not its own next one, whether it passed or not.
      const open = some.filter((one) => one !== after);
      const next = nextKata(shelf, after, (id) => !some.some((one) => one.id === id));
      if (open.length === 0) {
        expect(next).toBeUndefined();
        return;
      }
      expect(open).toContain(next);
      const same = open.filter(({ topic }) => topic === after.topic);
      const candidates = same.length > 0 ? same : open;
      const behind = candidates.filter((one) => shelf.indexOf(one) > shelf.indexOf(after));
      expect(next).toBe(behind[0] ?? candidates[0]);
    }),
  );
});
