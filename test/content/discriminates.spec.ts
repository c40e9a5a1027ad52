/** The generated cases discriminate: no two inputs of one shape can be swapped unseen, so swapped gates cannot pass. */
import { describe, expect, it } from 'vitest';
import { compareOutputs } from '../../src/kata/compare.js';
import { copyValues, judgingCases } from '../../src/kata/cases.js';
import { katas } from '../../katas/index.js';
import type { Values } from '../../src/kata/values.js';

/** The same value with every entry moved. */
const shaken = (value: Values[string]): Values[string] =>
  typeof value === 'number'
    ? value + 0.1
    : value instanceof Float64Array
      ? value.map((v) => v + 0.1)
      : value.map((row) => row.map((v) => v + 0.1));

/** Inputs that are exchangeable by the equations: biases that are only ever added. */
const exchangeable: Readonly<Record<string, readonly string[]>> = {
  'gru-reset-after': ['bxz and bhz', 'bxr and bhr'],
};

it('there are at least 170 mistakes, each with a name of its own in its kata', () => {
  expect(katas.flatMap(({ mistakes }) => mistakes).length).toBeGreaterThanOrEqual(170);
  for (const { mistakes } of katas)
    expect(new Set(mistakes.map(({ id }) => id)).size).toBe(mistakes.length);
});

describe.each(katas)('$id', (kata) => {
  it('tells any two inputs of one shape apart, on three cases of four', () => {
    const cases = judgingCases(kata, 7, 12);
    const differ = (change: (given: Values) => Values): number =>
      cases.filter(({ given }) => {
        const changed = kata.reference(change(copyValues(given)));
        return !compareOutputs(kata.reference(given), changed).same;
      }).length;
    const arrays = Object.entries(kata.inputs).filter(([, { kind }]) => kind !== 'integer');
    // Some katas are given more than they need: a bias on the way back.
    const used = arrays.filter(
      ([name]) => differ((given) => ({ ...given, [name]: shaken(given[name]!) })) > 0,
    );
    const alike = used.flatMap(([one, shape], k) =>
      used
        .slice(k + 1)
        .filter(([, other]) => JSON.stringify(shape) === JSON.stringify(other))
        .filter(([other]) => {
          const swap = (given: Values) => ({
            ...given,
            [one]: given[other]!,
            [other]: given[one]!,
          });
          return differ(swap) < 0.75 * cases.length; // a sequence of one step uses no W_hh
        })
        .map(([other]) => `${one} and ${other}`),
    );
    expect(alike).toEqual(exchangeable[kata.id] ?? []);
  });
});
