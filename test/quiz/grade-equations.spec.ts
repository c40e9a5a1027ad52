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

const byId = (id: string): Card => cards.find((one) => one.id === id)!;

it.each([
  ['gru.backward.candidate', 'dh*z*(1-tanh(a_h)^2)', 'dh*z*(1-sigma(a_h)^2)'],
  ['gru.backward.update-gate', 'dh*(hTilde-hPrev)*σ(a_z)*(1-σ(a_z))', 'dh*(hTilde-hPrev)*σ(a_z)'],
  ['lstm.backward.forget-gate', 'dc*cPrev*sigmoid(a_f)*(1-f)', 'dc*cPrev*a_f*(1-a_f)'],
])('%s may be written with what the question defines', (id, right, wrong) => {
  expect(graded(byId(id), right).says).toBe('Right: it means the same.');
  expect(verdict(byId(id), right)).toBe('right');
  expect(verdict(byId(id), wrong)).toBe('wrong');
});

it.each(['(lossPlus-lossMinus)/(2ε)', '\\frac{lossPlus - lossMinus}{2\\epsilon}'])(
  'ε is eps where eps is the name: %s',
  (given) => {
    const asked = cards.find((one) => one.kind === 'equation' && 'eps' in one.symbols)!;
    expect(verdict(asked, given), graded(asked, given).says).toBe('right');
  },
);

it('numpy’s vectors are not refused beside a row: only the orientation is asked for', () => {
  const given = 'tanh(x @ W_xh.T + h_prev @ W_hh.T + b_h)';
  expect(verdict(byId('rnn.hidden'), given)).toBe('unreadable');
  expect(graded(byId('rnn.hidden'), given).says).toContain('Right as a row');
  const wrong = 'tanh(x @ W_xh.T + h_prev @ W_hh.T - b_h)';
  expect(verdict(byId('rnn.hidden'), wrong)).toBe('wrong');
});
