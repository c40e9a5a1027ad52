/** Two mistakes at once: pairs are named as both, in the kata's order, and never where one alone would do. */
import { describe, expect, it } from 'vitest';
import { compareMistakes } from '../../src/kata/compare.js';
import { copyValues, judgingCases } from '../../src/kata/cases.js';
import { diagnose } from '../../src/kata/diagnose.js';
import { katas } from '../../src/kata/catalogue.js';
import { rng } from '../../src/engine/index.js';
import { together } from '../../src/kata/mistake.js';
import type { Kata } from '../../src/kata/define.js';
import type { KnownMistake } from '../../src/kata/mistake.js';

/** Some pairs that can be made together, drawn with a seed. */
function drawn(kata: Kata, count: number): [KnownMistake, KnownMistake][] {
  const random = rng(kata.id.length);
  const { given } = judgingCases(kata, 1, 1)[0]!;
  const all = kata.mistakes.flatMap((one, k) =>
    kata.mistakes
      .slice(k + 1)
      .filter((other) => together(kata.attempt, one, other, given))
      .map((other): [KnownMistake, KnownMistake] => [one, other]),
  );
  return Array.from({ length: Math.min(count, all.length) }, () => {
    const at = Math.floor(random() * all.length);
    return all.splice(at, 1)[0]!;
  });
}

let asked = 0;
let named = 0;

describe.each(katas)('$id', (kata) => {
  it('names both, or other mistakes that give the same numbers', async () => {
    for (const [one, other] of drawn(kata, 2)) {
      const cases = judgingCases(kata, 21, 8);
      const answered = cases.map((each) => ({
        case: each,
        got: together(kata.attempt, one, other, each.given)!(copyValues(each.given)),
      }));
      const found = await diagnose(kata, answered);
      const pair = `${one.id} and ${other.id}`;
      // Numbers that are right, or not numbers, or given by one slip: then something else is said of them.
      if (!found || found.guess === true || found.mistake === 'chain-rule') continue;
      if (found.mistake === 'misread' || found.also?.mistake === 'misread') continue;
      asked++;
      const byId = (id: string) => kata.mistakes.find((mistake) => mistake.id === id)!;
      const [first, second] = [byId(found.mistake), found.also && byId(found.also.mistake)];
      for (const { case: each, got } of answered) {
        const said = second
          ? together(kata.attempt, first, second, each.given)!(copyValues(each.given))
          : first.variant(copyValues(each.given));
        expect(compareMistakes(said, got), pair).not.toBe('different');
      }
      if (found.mistake !== one.id || found.also?.mistake !== other.id) continue;
      named++;
      expect(found.says).toContain(one.says);
      expect(found.says).toContain(other.says);
    }
  });
});

it('names most pairs by their own two names', () => {
  expect(asked).toBeGreaterThan(40);
  expect(named).toBeGreaterThan(0.6 * asked);
});

it('says no to two changes of one place, and to a function of its own', () => {
  const given = {};
  const attempt = (_: object, change: object) => ({ n: Object.keys(change).length });
  const at = (change: object): KnownMistake => ({
    ...{ id: 'm', says: '', change, variant: () => ({ n: 0 }) },
  });
  const alone: KnownMistake = { id: 'm', says: '', variant: () => ({ n: 0 }) };
  expect(together(attempt, at({ a: 1 }), at({ b: 1 }), given)?.(given)).toEqual({ n: 2 });
  expect(together(attempt, at({ a: 1 }), at({ a: 2, b: 1 }), given)).toBeUndefined();
  expect(together(attempt, at({ a: 1 }), alone, given)).toBeUndefined();
  expect(together(undefined, at({ a: 1 }), at({ b: 1 }), given)).toBeUndefined();
});
