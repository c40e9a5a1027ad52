/**
 * Diagnosis: the known mistakes are run on the very cases that the learner answered; the one that gives
 * the learner's numbers on all of them is named. Where none does, guess.ts says what can still be said.
 */
import { compareMistakes, compareOutputs } from './compare.js';
import { copyValues } from './cases.js';
import { guess } from './guess.js';
import type { Case } from './cases.js';
import type { Diagnosis } from './report.js';
import type { Kata } from './define.js';
import type { Values } from './values.js';

/** Fewer cases than this on which the mistake differs from the reference prove nothing. */
const discriminating = 3;

export function diagnose(
  kata: Kata,
  answered: readonly { readonly case: Case; readonly got: Values }[],
): Diagnosis | null {
  const expected = answered.map(({ case: one }) => kata.reference(one.given));
  for (const mistake of kata.mistakes) {
    let telling = 0;
    let shown = 0;
    const reproduces = answered.every(({ case: one, got }, k) => {
      const variant = mistake.variant(copyValues(one.given));
      if (!compareOutputs(expected[k]!, variant).same) telling++;
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
  return guess(
    kata,
    answered.map((one, k) => ({ ...one, expected: expected[k]! })),
  );
}
