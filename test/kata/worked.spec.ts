/** The lines worked by hand under a failing case: every equation of every kata gets its numbers, and they are right. */
import { describe, expect, it } from 'vitest';
import { drawValues, judgingCases } from '../../src/kata/cases.js';
import { kataById, katas } from '../../src/kata/catalogue.js';
import { isEachStep } from '../../src/kata/backward.js';
import { work } from '../../src/kata/work.js';

const numbers = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : [...(value as Iterable<unknown>)].flatMap(numbers);

describe.each(katas)('$id', (kata) => {
  const [one] = judgingCases(kata, 3, 1);

  it('works all its equations, in their order', async () => {
    const { worked } = await work(kata, one!.given);
    expect(worked.map(({ equation }) => equation)).toEqual(kata.equations);
  });

  it('agrees with the reference where an equation defines an output', async () => {
    // At one time step: over several, the equations are about one of them.
    const given = kata.prepare(drawValues(kata.inputs, { ...one!.dims, T: 1 }, 5));
    const expected = kata.reference(given);
    for (const { name, value } of (await work(kata, given)).worked) {
      if (!Object.hasOwn(expected, name)) continue;
      const [got, want] = [numbers(value), numbers(expected[name])];
      expect(got).toHaveLength(want.length);
      for (const [j, v] of want.entries()) expect(got[j], `${name}[${j}]`).toBeCloseTo(v, 10);
    }
  });
});

it('takes the names that a kata gives to its inputs, and no others', async () => {
  const kata = kataById('stable-softmax')!;
  const [one] = judgingCases(kata, 3, 1);
  const { symbols: _, ...nameless } = kata;
  const ids = async (which: typeof kata) =>
    (await work(which, one!.given)).worked.map(({ equation }) => equation);
  expect(await ids(kata)).toEqual(kata.equations);
  expect(await ids(nameless)).toEqual([]);
});

const walking = katas.filter(
  ({ forward, backward, inputs }) => (forward ?? backward) && 'xs' in inputs,
);

describe.each(walking)('$id, at any step', (kata) => {
  const given = kata.prepare(
    drawValues(kata.inputs, { ...judgingCases(kata, 3, 1)[0]!.dims, T: 4 }, 5),
  );
  const right = kata.reference(given);
  const sequences = Object.keys(right).filter(
    (name) => Array.isArray(right[name]) && kata.outputs[name]!.kind === 'sequence',
  );

  it.each(sequences)(
    '%s: its own numbers are worked, and nobody is said to differ',
    async (output) => {
      for (let t = 0; t < 4; t++) {
        const { step, worked } = await work(kata, given, right, { output, index: [t, 0] });
        expect(step!.where).toBe(`t = ${t}`);
        expect(worked.filter(({ yours }) => yours !== undefined)).toEqual([]);
        const own = numbers((right[output] as Float64Array[])[t]);
        // dhx is [dh₋, dx], and ends with what an output is.
        const ends = worked.map(({ value }) => numbers(value).slice(-own.length));
        expect(ends).toContainEqual(own.map((v) => expect.closeTo(v, 10) as number));
      }
    },
  );

  it('says what comes from the step before, or on the way back from the one after', async () => {
    const [output] = sequences;
    const begins = kata.backward ? 3 : 0;
    for (let t = 0; t < 4; t++) {
      const { step } = await work(kata, given, right, { output: output!, index: [t, 0] });
      const cut = kata.backward?.cut?.(given, t + 1) ?? false;
      expect(Object.keys(step!.received).length > 0).toBe(t !== begins && !cut);
    }
  });
});

const byRow = katas.filter(
  ({ forward, backward, inputs, outputs }) =>
    (forward ?? backward) && !('xs' in inputs) && Object.values(outputs).some(isEachStep),
);

describe.each(byRow)('$id, at any row', (kata) => {
  const { dims } = judgingCases(kata, 3, 1)[0]!;
  const given = kata.prepare(drawValues(kata.inputs, { ...dims, T: 4 }, 5));
  const right = kata.reference(given);
  const rows = Object.keys(right).filter((name) => isEachStep(kata.outputs[name]!));

  it('works the row of the difference, as right as it is', async () => {
    const seen = new Set<string>();
    for (const output of rows)
      for (let t = 0; t < 4; t++) {
        const { step, worked } = await work(kata, given, right, { output, index: [t, 0] });
        expect(step!.where).toBe(`row ${t}`);
        expect(worked.filter(({ yours }) => yours !== undefined)).toEqual([]);
        seen.add(JSON.stringify(worked));
      }
    expect(seen.size).toBeGreaterThanOrEqual(4);
  });
});
