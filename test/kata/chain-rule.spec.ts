/** Slips in the equations of a backward pass: one gives all of the learner's numbers, or an output's error is taken apart. */
import { describe, expect, it } from 'vitest';
import { plus, scaled } from '../../src/kata/altered.js';
import { chainOf, outputsOf, steps } from '../../src/kata/backward.js';
import { compareOutputs } from '../../src/kata/compare.js';
import { diagnose } from '../../src/kata/diagnose.js';
import { judgingCases } from '../../src/kata/cases.js';
import { kataById, katas } from '../../src/kata/catalogue.js';
import { rng } from '../../src/engine/index.js';
import { slipsOf, summandsOf, equationById } from '../../src/notation/index.js';
import type { Values } from '../../src/kata/values.js';

const backward = katas.filter((kata) => kata.backward);

describe.each(backward)('$id', (kata) => {
  it('is told its slip, or a known mistake, or another slip with the same numbers', async () => {
    const chain = (await chainOf(kata))!;
    const cases = judgingCases(kata, 9, 6);
    const all = [...chain.equations.values()].flatMap((eq) =>
      slipsOf(eq).map((slip) => ({ symbol: eq.defines, by: slip.value })),
    );
    const random = rng(5);
    let wrong = 0;
    for (let tries = 0; tries < 40 && wrong < 3; tries++) {
      const slip = all[Math.floor(random() * all.length)]!;
      const answered = cases.map((one) => {
        const run = steps(chain, one.given, { equations: { [slip.symbol]: slip.by } });
        const expected = kata.reference(one.given);
        return {
          case: one,
          expected,
          got: { ...expected, ...((run && outputsOf(chain, run)) ?? {}) },
        };
      });
      const off = answered.filter(({ expected, got }) => !compareOutputs(expected, got).same);
      if (off.length < 3) continue; // an equation of another kata, or a slip that fits nowhere
      wrong++;
      const found = await diagnose(kata, answered);
      expect(found, slip.symbol).not.toBeNull();
      expect(found!.guess, `${slip.symbol}: ${found!.says}`).toBeUndefined();
      expect(found!.also).toBeUndefined();
    }
    expect(wrong).toBeGreaterThan(0);
  });
});

/** What is said of gru-step-backward when dhPrev has these multiples of its terms too much. */
async function said(multiples: readonly number[], dh = 0): Promise<string | undefined> {
  const kata = kataById('gru-step-backward')!;
  const chain = (await chainOf(kata))!;
  const eq = equationById('gru.backward.hidden-previous')!;
  const answered = judgingCases(kata, 4, 20).map((one) => {
    const right = kata.reference(one.given);
    const [step] = steps(chain, one.given)!;
    const known = Object.fromEntries(
      Object.keys(eq.symbols)
        .filter((name) => name !== eq.defines)
        .map((name) => [name, step!(name)!]),
    );
    const off = summandsOf(eq).map(({ value }, k) => scaled(value(known)!, multiples[k]!));
    const dhPrev = [right.dhPrev!, ...off, scaled(one.given.dh!, dh)].reduce(plus);
    return { case: one, got: { ...right, dhPrev } };
  });
  return (await diagnose(kata, answered))?.says;
}

it('says in the notation’s words what a sum lacks and has too much of', async () => {
  const reset = 'r ⊙ (W_hᵀ da_h)[:H]';
  expect(await said([0, 0, 0, -1])).toMatch(/^Your dh₋ lacks W_rᵀ da_r\. It is dh₋ = /);
  expect(await said([0, -1, 0, -1])).toContain(`Your dhPrev lacks ${reset} and (W_rᵀ da_r)[:H].`);
  expect(await said([0, 1, -2, 0])).toContain(
    `Your dhPrev has ${reset} twice and has (W_zᵀ da_z)[:H] with the wrong sign.`,
  );
  expect(await said([0, 0, 0.5, 0], 1)).toContain(
    'Your dhPrev has 1.5 times (W_zᵀ da_z)[:H] and has dh on top.',
  );
});

describe('hostile numbers', () => {
  it.each(katas)('do not break the diagnosis of $id', async (kata) => {
    for (const bad of [NaN, Infinity, -Infinity, 1e308, 5e-324]) {
      const answered = judgingCases(kata, 2, 4).map((one) => {
        const spoilt = (value: Values[string]): Values[string] =>
          typeof value === 'number'
            ? bad
            : value instanceof Float64Array
              ? value.map((v, k) => (k === 0 ? bad : v))
              : value.map((row) => row.map((v, k) => (k === 0 ? bad : v)));
        const got = Object.entries(kata.reference(one.given)).map(([name, value]) => [
          name,
          spoilt(value),
        ]);
        return { case: one, got: Object.fromEntries(got) as Values };
      });
      const found = await diagnose(kata, answered);
      expect(found === null || found.says.length > 0).toBe(true);
      expect(found?.says ?? '').not.toContain('NaN');
    }
  });
});
