/** Where an output is wrong is told where it is the same on all cases, and not where it is not. */
import { describe, expect, it } from 'vitest';
import { copyValues, judgingCases } from '../../src/kata/cases.js';
import { kataById } from '../../src/kata/catalogue.js';
import { located } from '../../src/kata/located.js';
import type { Answered } from '../../src/kata/guess.js';

type Row = Float64Array;

/** The reference's answers with some rows or entries of one output moved. */
const answered = (
  id: string,
  name: string,
  isWrong: (j: number, n: number, case_: number) => boolean,
  column: (k: number, H: number) => boolean = () => true,
): Answered[] =>
  judgingCases(kataById(id)!, 6, 12).map((one, number) => {
    const expected = kataById(id)!.reference(copyValues(one.given));
    const value = expected[name] as Row | Row[];
    const n = value.length;
    const moved = Array.isArray(value)
      ? value.map((row, j) =>
          row.map((v, k) => (isWrong(j, n, number) && column(k, one.dims.H) ? v + 1 : v)),
        )
      : value.map((v, j) => (isWrong(j, n, number) ? v + 1 : v));
    return { case: one, expected, got: { ...expected, [name]: moved } };
  });

const carried = ': look at what is carried back';
const handed = ': look at what one step hands to the next';

describe('where it is wrong', () => {
  it.each([
    ['rnn-step', 'h', (j: number) => j > 0, 'in every entry but the first'],
    ['rnn-step', 'h', (j: number) => j === 0, 'in the first entry alone'],
    ['rnn-step', 'h', (j: number, n: number) => j === n - 1, 'in the last entry alone'],
    ['rnn-forward', 'hs', (j: number) => j > 0, `in every step but the first${handed}`],
    ['rnn-forward', 'hs', (j: number) => j > 1, `in every step but the first two${handed}`],
    ['rnn-forward', 'hs', (j: number) => j > 2, `in every step but the first three${handed}`],
    [
      'rnn-bptt',
      'dxs',
      (j: number, n: number) => j < n - 1,
      `in every step but the last${carried}`,
    ],
    ['rnn-bptt', 'dxs', (j: number) => j > 0, 'in every step but the first'],
    ['rnn-bptt', 'dWhh', (j: number, n: number) => j === n - 1, 'in the last row alone'],
  ] as const)('%s: %s', (id, name, isWrong, says) => {
    expect(located(kataById(id)!, answered(id, name, isWrong), name)).toBe(says);
  });

  it('is not told from fewer than three cases', () => {
    const told = answered('rnn-forward', 'hs', (j) => j > 0).filter(
      ({ expected }) => (expected.hs as Row[]).length > 2,
    );
    const of = (n: number) => located(kataById('rnn-forward')!, told.slice(0, n), 'hs');
    expect([of(1), of(2)]).toEqual([undefined, undefined]);
    expect(of(3)).toContain('but the first');
  });

  it('in the columns of one half', () => {
    const of = (column: (k: number, H: number) => boolean) =>
      located(
        kataById('lstm-bptt')!,
        answered('lstm-bptt', 'dWf', () => true, column),
        'dWf',
      );
    expect(of((k, H) => k < H)).toBe('in the columns of h₋ and right in the columns of x');
    expect(of((k, H) => k >= H)).toBe('in the columns of x and right in the columns of h₋');
    expect(of(() => true)).toBeUndefined();
  });

  it('is not said where it is everywhere, or another place each time', () => {
    const kata = kataById('rnn-forward')!;
    const everywhere = answered('rnn-forward', 'hs', () => true);
    const wandering = answered('rnn-forward', 'hs', (j, n, number) => j === number % n);
    expect(located(kata, everywhere, 'hs')).toBeUndefined();
    expect(located(kata, wandering, 'hs')).toBeUndefined();
  });
});
