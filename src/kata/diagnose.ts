/**
 * Diagnosis: the known mistakes are run on the very cases that the learner answered; the one that gives
 * the learner's numbers on all of them is named. Where none does, a slip in an equation may (chain-rule.ts),
 * or the right function of an input that is read wrongly (misread.ts), or two known mistakes together
 * (pairs.ts), or gradients that are clipped (linear.ts); otherwise guess.ts says what can still be said.
 */
import { chainRule } from './chain-rule.js';
import { scaled } from './altered.js';
import { compareMistakes, compareOutputs } from './compare.js';
import { copyValues } from './cases.js';
import { guess, listed } from './guess.js';
import { clipping } from './linear.js';
import { misread } from './misread.js';
import { pairOf, unreadBeside } from './pairs.js';
import type { Answered } from './guess.js';
import type { Case } from './cases.js';
import type { Diagnosis } from './report.js';
import type { Kata } from './define.js';
import type { Values } from './values.js';

/** Fewer cases than this on which the mistake differs from the reference prove nothing. */
const discriminating = 3;

export async function diagnose(
  kata: Kata,
  given: readonly { readonly case: Case; readonly got: Values }[],
): Promise<Diagnosis | null> {
  const answered: Answered[] = given.map((one) => ({
    ...one,
    expected: kata.reference(one.case.given),
  }));
  for (const mistake of kata.mistakes) {
    let telling = 0;
    let shown = 0;
    const reproduces = answered.every(({ case: one, expected, got }) => {
      const variant = mistake.variant(copyValues(one.given));
      if (!compareOutputs(expected, variant).same) telling++;
      const alike = compareMistakes(variant, got);
      if (alike === 'same') shown++;
      return alike !== 'different';
    });
    if (reproduces && shown > 0 && telling >= discriminating)
      return {
        mistake: mistake.id,
        says: mistake.says,
        cases: answered.length,
        card: mistake.card ?? null,
      };
  }
  const wrong = answered.filter(({ expected, got }) => !compareOutputs(expected, got).same);
  if (wrong.length < discriminating) return null;
  const clipped = kata.backward?.upstream && clipping(answered);
  if (clipped)
    return {
      mistake: 'clipped',
      says: `You clip ${listed(clipped.outputs)} at ±${clipped.bound}. A backward pass returns what it finds; clipping comes after it, and by the norm of all gradients.`,
      cases: answered.length,
      card: 'gradients.clipping.direction',
    };
  const { whole, parts } = await chainRule(kata, answered);
  if (whole && onlyWrong(answered, whole.outputs))
    return { mistake: 'chain-rule', says: whole.says, cases: answered.length, card: null };
  if (blank(wrong)) return guess(kata, answered, whole ? [whole] : parts); // much gives zeros
  const alike = misread(kata, answered);
  if (alike !== undefined)
    return { mistake: 'misread', says: alike, cases: answered.length, card: null };
  const pair = pairOf(kata, answered);
  if (pair) {
    const [one, other] = pair;
    return {
      mistake: one.id,
      says: `Two mistakes at once. ${one.says} And: ${other.says}`,
      cases: answered.length,
      card: one.card ?? other.card ?? null,
      also: { mistake: other.id, card: other.card ?? null },
    };
  }
  const beside = unreadBeside(kata, answered);
  if (beside)
    return {
      mistake: beside[0].id,
      says: `Two mistakes at once. ${beside[0].says} And: ${beside[1]}`,
      cases: answered.length,
      card: beside[0].card ?? null,
      also: { mistake: 'misread', card: null },
    };
  return guess(kata, answered, whole ? [whole] : parts);
}

/** Whether all that is wrong is zero: that has many causes, and is better called what it is. */
const blank = (wrong: readonly Answered[]): boolean =>
  wrong.every(({ expected, got }) =>
    Object.entries(expected).every(([name, value]) => {
      const mine = { [name]: got[name]! };
      return (
        compareOutputs({ [name]: value }, mine).same ||
        compareOutputs({ [name]: scaled(value, 0) }, mine).same
      );
    }),
  );

/** Whether no other output than these is wrong anywhere. */
const onlyWrong = (answered: readonly Answered[], names: readonly string[]): boolean =>
  answered.every(({ expected, got }) => {
    const others = Object.entries(expected).filter(([name]) => !names.includes(name));
    return compareOutputs(Object.fromEntries(others), got).same;
  });
