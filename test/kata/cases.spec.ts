/** Cases: those for judging repeat from their seed, those for explaining shrink to the smallest. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyValues, drawValues, explainingCases, judgingCases } from '../../src/kata/cases.js';
import { katas } from '../../src/kata/catalogue.js';
import type { Case } from '../../src/kata/cases.js';
import type { Values } from '../../src/kata/values.js';

const numbers = (values: Values): number[] =>
  Object.values(values).flatMap((value) =>
    typeof value === 'number'
      ? [value]
      : [...value].flatMap((v) => (typeof v === 'number' ? [v] : [...v])),
  );

describe.each(katas)('$id', (kata) => {
  it('has the same cases from the same seed, and others from another', () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(judgingCases(kata, seed, 4)).toEqual(judgingCases(kata, seed, 4));
        expect(judgingCases(kata, seed, 4)).not.toEqual(judgingCases(kata, seed + 1, 4));
      }),
      { numRuns: 20 },
    );
  });

  it('shrinks to sizes of one and whole numbers', () => {
    const { counterexample } = fc.check(
      fc.property(explainingCases(kata), () => false),
      { seed: 5 },
    );
    const [smallest] = counterexample as [Case];
    expect(new Set(Object.values(smallest.dims))).toEqual(new Set([1]));
    const whole = drawValues(kata.inputs, smallest.dims, smallest.seed, 0);
    expect(numbers(whole).filter((v) => !Number.isInteger(v))).toEqual([]);
    expect(smallest.given).toEqual(kata.prepare(whole));
  });

  it('has nothing but finite numbers in any case', () => {
    fc.assert(
      fc.property(explainingCases(kata), ({ given }) => numbers(given).every(Number.isFinite)),
    );
  });
});

it('a copy shares no memory with what it is a copy of', () => {
  for (const { given } of katas.flatMap((kata) => judgingCases(kata, 1, 2))) {
    const copy = copyValues(given);
    expect(copy).toEqual(given);
    const buffers = (values: Values) =>
      Object.values(values).flatMap((value) =>
        value instanceof Float64Array
          ? [value.buffer]
          : typeof value === 'number'
            ? []
            : value.map((row) => row.buffer),
      );
    const before = new Set(buffers(given));
    expect(buffers(copy).filter((buffer) => before.has(buffer))).toEqual([]);
  }
});
