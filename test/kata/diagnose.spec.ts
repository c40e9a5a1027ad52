/** The diagnosis: a known mistake by its name; where there is none, a guess that says that it is one. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/kata/diagnose.js';
import { judgingCases } from '../../src/kata/cases.js';
import { kataById } from '../../src/kata/catalogue.js';
import type { Values } from '../../src/kata/values.js';

/** What is said of the reference's answers, changed in this way. */
async function said(id: string, change: (right: Values, given: Values) => Values, seed = 4) {
  const kata = kataById(id)!;
  const answered = judgingCases(kata, seed, 20).map((one) => ({
    case: one,
    got: change(kata.reference(one.given), one.given),
  }));
  return diagnose(kata, answered);
}

const rows = (value: Values[string] | undefined) => value as Float64Array[];
const vector = (value: Values[string] | undefined) => value as Float64Array;
const times = (value: Values[string] | undefined, by: number): Values[string] =>
  value instanceof Float64Array
    ? value.map((v) => v * by)
    : rows(value).map((row) => row.map((v) => v * by));
const transposed = (value: Values[string] | undefined) =>
  rows(value).map((_, j) => Float64Array.from(rows(value), (row) => row[j]!));

it('has nothing to say of right numbers, and names a known mistake as before', async () => {
  expect(await said('rnn-step-backward', (right) => right)).toBeNull();
  const [mistake] = kataById('lstm-step')!.mistakes;
  const named = await said('lstm-step', (_, given) => mistake!.variant(given));
  expect(named).toMatchObject({ mistake: mistake!.id, says: mistake!.says });
  expect(named).not.toHaveProperty('guess');
});

describe('a constant factor', () => {
  it.each([
    [3, 'dWhh is 3 times what belongs there, on all cases.'],
    [0.25, 'dWhh is 1/4 times what belongs there, on all cases.'],
    [0.3183, 'dWhh is 0.3183 times what belongs there, on all cases.'],
    [-4, 'dWhh is -4 times what belongs there, on all cases.'],
  ])('%d is found, and the output it is in', async (by, what) => {
    const found = await said('rnn-step-backward', (right) => ({
      ...right,
      dWhh: times(right.dWhh, by),
    }));
    expect(found).toEqual({
      mistake: 'constant-factor',
      says: `None of the known mistakes gives your numbers; this is a guess. ${what} dx, dhPrev, dWxh and dbh are right.`,
      cases: 20,
      card: null,
      guess: true,
    });
  });

  it('of -1 is called a sign; in a backward pass it is a slip in one equation, and no guess', async () => {
    const sign = await said('clip-by-global-norm', ({ clipped, norm }) => ({
      clipped: clipped!,
      norm: -Number(norm),
    }));
    expect(sign?.says).toContain('norm is right but for its sign: -1 times what belongs there.');
    const slip = await said('rnn-step-backward', (right) => ({
      ...right,
      dWhh: times(right.dWhh, -1),
    }));
    expect(slip).toEqual({
      mistake: 'chain-rule',
      says: 'Your dW_hh has the opposite sign. It is dW_hh = da h₋ᵀ.',
      cases: 20,
      card: null,
    });
  });

  it('is one sentence for all outputs that have it, and the others are not forgotten', async () => {
    const found = await said('rnn-step-backward', (right) => ({
      ...right,
      dWxh: times(right.dWxh, 7),
      dWhh: times(right.dWhh, 7),
      dbh: vector(right.dbh).map((v) => v * v + 1),
    }));
    expect(found?.says).toContain('dWxh and dWhh are 7 times what belongs there, on all cases.');
    expect(found?.says).toContain('dbh is wrong, too. dx and dhPrev are right.');
  });

  it('that is a size is called by its letter: a mean for a sum, and the other way round', async () => {
    const mean = await said('rnn-forward', ({ hs, ys }) => ({
      ys: times(ys, 1 / rows(hs).length),
      hs: hs!,
    }));
    expect(mean?.says).toContain('ys is what belongs there divided by T');
    const sum = await said('rnn-forward', ({ hs, ys }) => ({
      ys: times(ys, rows(hs).length),
      hs: hs!,
    }));
    expect(sum?.says).toContain('ys is T times what belongs there');
    expect(sum?.mistake).toBe('constant-factor');
  });

  it('of nought is called what it is', async () => {
    const found = await said('rnn-step-backward', (right) => ({
      ...right,
      dbh: times(right.dbh, 0),
    }));
    expect(found).toMatchObject({ mistake: 'all-zero', guess: true });
    expect(found?.says).toContain('dbh is zero everywhere.');
  });

  it('of nought is nought though a rounding error is left of it', async () => {
    const found = await said('rnn-step-backward', (right) => ({
      ...right,
      dbh: times(right.dbh, 1e-17),
    }));
    expect(found).toMatchObject({ mistake: 'all-zero', guess: true });
  });

  it('near 1 is no factor: the numbers are right to some digits', async () => {
    const rounded = await said('rnn-step-backward', (right) => ({
      ...right,
      dbh: Float64Array.from(vector(right.dbh), Math.fround),
    }));
    expect(rounded).toMatchObject({ mistake: 'rounded', guess: true });
    expect(rounded?.says).toMatch(/right to about [78] digits: .*(single precision|epsilon)/);
  });

  it('that differs from case to case is none', async () => {
    const found = await said('rnn-step-backward', (right) => ({
      ...right,
      dWhh: times(right.dWhh, 2 + vector(right.dbh)[0]!),
    }));
    expect(found?.mistake).toBe('one-output-wrong');
  });
});

describe('a transpose', () => {
  it('of a square matrix is found', async () => {
    const found = await said('jacobian-product', ({ jacobian }) => ({
      jacobian: transposed(jacobian),
    }));
    // It may be a known mistake of that kata; then it has a name of its own and is no guess.
    if (!found?.guess)
      expect(kataById('jacobian-product')!.mistakes.map(({ id }) => id)).toContain(found?.mistake);
    const other = await said('rnn-step-backward', (right) => ({
      ...right,
      dWhh: transposed(right.dWhh),
      dbh: vector(right.dbh).map((v) => v + 1),
    }));
    expect(other).toMatchObject({ mistake: 'transposed', guess: true });
    expect(other?.says).toContain(
      'dWhh is transposed: rows and columns are swapped. dbh is wrong, too.',
    );
  });
});

describe('otherwise', () => {
  it('it says which outputs are right and which are wrong', async () => {
    const one = await said('lstm-step', ({ h, c }) => ({
      h: vector(h).map((v) => v + 0.1),
      c: c!,
    }));
    expect(one).toMatchObject({ mistake: 'one-output-wrong', guess: true, card: null });
    expect(one?.says).toBe(
      'None of the known mistakes gives your numbers. h is wrong on 20 of 20 cases. c is right.',
    );
    const more = await said('rnn-step-backward', (right) => ({
      ...right,
      dx: vector(right.dx).map((v) => v + 1),
      dbh: vector(right.dbh).map((v) => v + 1),
    }));
    expect(more?.mistake).toBe('some-outputs-wrong');
    expect(more?.says).toContain('dhPrev, dWxh and dWhh are right.');
  });

  it('it says nothing: where all are wrong, where too few cases are, where numbers are no numbers', async () => {
    const shifted = (v: number) => v + 0.1;
    expect(
      await said('lstm-step', ({ h, c }) => ({
        h: vector(h).map(shifted),
        c: vector(c).map(shifted),
      })),
    ).toBeNull();
    let calls = 0;
    expect(
      await said('lstm-step', ({ h, c }) => ({
        h: calls++ < 2 ? vector(h).map(shifted) : h!,
        c: c!,
      })),
    ).toBeNull();
    const notNumbers = await said('forget-gate', ({ f }) => ({ f: vector(f).map(() => NaN) }));
    expect(notNumbers).toBeNull();
  });
});
