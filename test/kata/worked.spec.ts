/** The lines worked by hand under a failing case: every equation of every kata gets its numbers, and they are right. */
import { describe, expect, it } from 'vitest';
import { drawValues, judgingCases } from '../../src/kata/cases.js';
import { kataById, katas } from '../../src/kata/catalogue.js';
import { work } from '../../src/kata/counterexample.js';

const numbers = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : [...(value as Iterable<unknown>)].flatMap(numbers);

describe.each(katas)('$id', (kata) => {
  const [one] = judgingCases(kata, 3, 1);

  it('works all its equations, in their order', async () => {
    const worked = await work(kata, one!.given);
    expect(worked.map(({ equation }) => equation)).toEqual(kata.equations);
  });

  it('agrees with the reference where an equation defines an output', async () => {
    // At one time step: over several, the equations are about one of them.
    const given = kata.prepare(drawValues(kata.inputs, { ...one!.dims, T: 1 }, 5));
    const expected = kata.reference(given);
    for (const { name, value } of await work(kata, given)) {
      if (!Object.hasOwn(expected, name)) continue;
      const [got, want] = [numbers(value), numbers(expected[name])];
      expect(got).toHaveLength(want.length);
      for (const [j, v] of want.entries()) expect(got[j], `${name}[${j}]`).toBeCloseTo(v, 10);
    }
  });
});

it('takes the names that a kata gives to its inputs, and no others', async () => {
  const kata = kataById('lstm-step-backward')!;
  const [one] = judgingCases(kata, 3, 1);
  const { symbols: _, ...nameless } = kata;
  const ids = async (which: typeof kata) =>
    (await work(which, one!.given)).map(({ equation }) => equation);
  expect(await ids(kata)).toContain('lstm.backward.cell');
  expect(await ids(nameless)).not.toContain('lstm.backward.cell');
  expect(await ids({ ...kata, symbols: () => ({}) })).toEqual([]);
});
