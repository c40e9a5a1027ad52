/** Ten equation cards: twenty unusual forms that are right, and twenty near misses, of each. */
import { describe, expect, it } from 'vitest';
import { cards, gradeAnswer, questionOf, type Card } from '../../src/quiz/index.js';
import { equationForms } from './equation-forms.js';

const graded = (asked: Card, given: string) => gradeAnswer(asked, questionOf(asked, 3), given);
const verdict = (asked: Card, given: string): string => {
  const { correct, readable } = graded(asked, given);
  return readable ? (correct ? 'right' : 'wrong') : 'unreadable';
};

/** Twenty of each per card: what is written by hand, and what follows from it by rule. */
describe.each(equationForms)('$card in unusual forms', (forms) => {
  const asked = cards.find(({ id }) => id === forms.card)!;
  const number = equationForms[0]!.card === forms.card ? 3 : 7;
  /** The same meaning: scaled and scaled back, a part added and taken away, brackets, other signs. */
  const kept = (form: string): string[] => {
    const body = form.includes('=') ? form.slice(form.indexOf('=') + 1) : form;
    return [
      `((${body}))`,
      `-(-(${body}))`,
      `${number}*(${body})/${number}`,
      `(${body})/2 + 0.5*(${body})`,
      `  ${body.replace(/ ([-+*]) /g, '$1')}  `,
      body.replaceAll(' - ', ' − ').replaceAll('*', '·'),
    ];
  };
  /** Another meaning: sign, factor, square, a shift. */
  const broken = (form: string): string[] => {
    const body = form.includes('=') ? form.slice(form.indexOf('=') + 1) : form;
    return [
      `-(${body})`,
      `2*(${body})`,
      `(${body})/${number}`,
      `(${body}) - (${body})`,
      `1 + (${body})`,
      `1 - (${body})`,
      `tanh(${body})`,
      `1.001*(${body})`,
      `(${body}) + 0.001`,
    ];
  };
  const right = [...new Set([...forms.right, ...forms.right.slice(0, 3).flatMap(kept)])];
  const wrong = [...new Set([...forms.wrong, ...broken(forms.right[0]!)])];

  it('has twenty of each, at least half of them written by hand', () => {
    expect(right.length).toBeGreaterThanOrEqual(20);
    expect(wrong.length).toBeGreaterThanOrEqual(20);
    expect(new Set(forms.right).size).toBeGreaterThanOrEqual(10);
    expect(new Set(forms.wrong).size).toBeGreaterThanOrEqual(10);
  });
  it.each(right)('%s is right', (given) =>
    expect(verdict(asked, given), graded(asked, given).says).toBe('right'),
  );
  it.each(wrong)('%s is a near miss', (given) =>
    expect(verdict(asked, given), graded(asked, given).says).toBe('wrong'),
  );
});
