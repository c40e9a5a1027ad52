/**
 * Equations as people type them: from a paper, in numpy, in TeX, by hand. What is right is right in each of
 * them, near misses are wrong in each, and what could be meant in two ways is asked again.
 */
import { describe, expect, it } from 'vitest';
import { cardById, gradeAnswer, questionOf } from '../../src/quiz/index.js';
import { rightForms, unclearForms, wrongForms } from './typed-forms.js';
import { rightVectors, wrongVectors } from './typed-vectors.js';

const verdict = (id: string, given: string): [verdict: string, says: string] => {
  const card = cardById(id)!;
  const { correct, readable, says } = gradeAnswer(card, questionOf(card, 1), given);
  return [readable ? (correct ? 'right' : 'wrong') : 'again', says];
};

describe.each([
  ['right', rightForms],
  ['right', rightVectors],
  ['wrong', wrongForms],
  ['wrong', wrongVectors],
  ['again', unclearForms],
])('%s', (wanted, forms) => {
  it.each(Object.keys(forms))('%s', (id) => {
    const others = forms[id]!.map((form) => [form, ...verdict(id, form)]);
    expect(others.filter(([, given]) => given !== wanted)).toEqual([]);
  });
});

it('what is asked again is told what to write', () => {
  for (const [id, forms] of Object.entries(unclearForms))
    for (const form of forms)
      expect(verdict(id, form)[1], form).toMatch(/ write .*(₋|₊|Prev|Next)|transpose it/);
});
