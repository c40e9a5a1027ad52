/** What may be typed: forms that are right, forms that are asked again, and anything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointsFound } from '../../src/quiz/grading/free.js';
import { gradeNumber } from '../../src/quiz/grading/number.js';
import {
  card,
  cards,
  generators,
  gradeAnswer,
  interviewQuestions,
  questionOf,
  type Card,
} from '../../src/quiz/index.js';
import { rightAnswer } from './answers.js';

const about = { topic: 'lstm', level: 1, ask: 'How much?', explain: 'So much.' } as const;
const graded = (asked: Card, given: string) => gradeAnswer(asked, questionOf(asked, 3), given);
const verdict = (asked: Card, given: string): string => {
  const { correct, readable } = graded(asked, given);
  return readable ? (correct ? 'right' : 'wrong') : 'unreadable';
};

describe('shapes', () => {
  const matrix = card.shape('t.shape', { ...about, answer: ['H', 'H+D'] });
  it.each([
    '[H, H+D]',
    'H x (H+D)',
    '(H, H+D)',
    'H × (D + H)',
    'h, h+d',
    'H by H+D',
    'HxH+D',
    '(H) x (H+D)',
    '(H, H+D,)',
    'shape: (H, H+D)',
  ])('%s is right', (given) => expect(verdict(matrix, given)).toBe('right'));
  it.each(['[H+D, H]', '(H, H)', 'H', '[]', 'H x H x D', '4H, H+D', '(H, H*D)'])(
    '%s is wrong',
    (given) => expect(verdict(matrix, given)).toBe('wrong'),
  );
  it.each(['what', '(H', ', H', '2 + W', 'H - D', '{H, D}', 'H,,D'])('%s', (given) =>
    expect(verdict(matrix, given)).toBe('unreadable'),
  );
  it('knows 4H by other names', () => {
    const stacked = card.shape('t.stacked', { ...about, answer: ['4H', 'H+D'] });
    for (const given of ['4H x (H+D)', '4*H, D+H', '(H*4, H+D)', '(4·H, H+D)', '(H+3H, H+D)'])
      expect(verdict(stacked, given), given).toBe('right');
  });
  it.each([
    ['B, N, T, S', ['B', 'N', 'T', 'S']],
    ['(T×B×2H)', ['T', 'B', '2H']],
    ['T, H+H', ['T', '2H']],
    ['T by d_k', ['T', 'K']],
    ['(d_v, d_model)', ['V', 'D']],
    ['T×T', ['T', 'T']],
    ['B, T²', ['B', 'T*T']],
    ['B x T^2', ['B', 'T*T']],
    ['N, T, D/N', ['N', 'T', 'D/N']],
    ['A, S', ['A', 'S']],
    ['L, B, h', ['L', 'B', 'H']],
  ])('%s is read with the letters of the house', (given, answer) =>
    expect(verdict(card.shape('t.letters', { ...about, answer }), given)).toBe('right'),
  );
  it.each([
    ['T², B', ['T', 'T', 'B']],
    ['N, T, N/D', ['N', 'T', 'D/N']],
    ['T, D', ['T', 'D/N']],
    ['S, T', ['T', 'S']],
  ])('%s is another shape', (given, answer) =>
    expect(verdict(card.shape('t.letters', { ...about, answer }), given)).toBe('wrong'),
  );
  it('says when only the order is wrong', () =>
    expect(graded(matrix, 'H+D, H').says).toBe('The axes are right, in the other order.'));
});

describe('options', () => {
  const choice = card.choice('t.choice', {
    ...about,
    answer: 'The forget gate.',
    wrong: [{ is: 'The input gate.', because: 'That one writes.' }],
  });
  const question = questionOf(choice, 1);
  const at = (option: string): number => question.options!.indexOf(option) + 1;

  it('are named by number or by text', () => {
    const n = at('The forget gate.');
    for (const given of [`${n}`, `${n}.`, ` ${n}) `, 'the  forget gate', 'THE FORGET GATE.'])
      expect(gradeAnswer(choice, question, given).correct, given).toBe(true);
  });
  it.each(['0', '3', '99', '1,2', 'gate', '-1', '1.5', '१'])('%s names none', (given) =>
    expect(gradeAnswer(choice, question, given).readable).toBe(false),
  );

  const several = cards.find(({ id }) => id === 'lstm.bounded')!;
  it('are named together in many ways', () => {
    const asked = questionOf(several, 5);
    const numbers = rightAnswer(several, asked).split(',');
    for (const given of [numbers.join(' '), numbers.join(', '), numbers.reverse().join(' and ')])
      expect(gradeAnswer(several, asked, given).correct, given).toBe(true);
    expect(gradeAnswer(several, asked, 'all')).toMatchObject({ correct: false, readable: true });
    expect(gradeAnswer(several, asked, 'none')).toMatchObject({ correct: false, readable: true });
    expect(gradeAnswer(several, asked, numbers[0]!).correct).toBe(false);
    expect(gradeAnswer(several, asked, '1,2,3,4').correct).toBe(false);
    expect(gradeAnswer(several, asked, '1,9').readable).toBe(false);
  });

  it('are shuffled by the seed and by nothing else, and an order never starts solved', () => {
    for (const asked of cards.filter(({ kind }) => ['choice', 'order', 'several'].includes(kind))) {
      const orders = Array.from({ length: 40 }, (_, seed) => questionOf(asked, seed).options!);
      expect(questionOf(asked, 7)).toEqual(questionOf(asked, 7));
      expect(new Set(orders.map((order) => order.join('|'))).size).toBeGreaterThan(5);
      if (asked.kind === 'order')
        for (const order of orders) expect(order).not.toEqual(asked.items);
      if (asked.kind === 'choice')
        expect(new Set(orders.map((order) => order.indexOf(asked.answer))).size).toBe(4);
    }
  });
});

describe('orders', () => {
  const order = card.order('t.order', { ...about, items: ['a', 'b', 'c'] });
  const question = questionOf(order, 2);
  it('are permutations', () => {
    const right = rightAnswer(order, question);
    for (const given of [
      right,
      right.replaceAll(' ', ','),
      right.replaceAll(' ', ''),
      right.replaceAll(' ', ' > '),
    ])
      expect(gradeAnswer(order, question, given).correct, given).toBe(true);
    const backwards = right.split(' ').reverse().join(' ');
    expect(gradeAnswer(order, question, backwards)).toMatchObject({
      correct: false,
      readable: true,
    });
    for (const given of ['1 2', '1 1 2', '1 2 4', '1 2 3 3', 'a b c', '0 1 2', '1234'])
      expect(gradeAnswer(order, question, given).readable, given).toBe(false);
  });
});

describe('free answers', () => {
  it('make no point with words that have nothing to do with it, in the quiz and in an interview', () => {
    const asked = [...cards, ...interviewQuestions.map(({ explain }) => explain)];
    for (const one of asked)
      if (one.kind === 'free')
        expect(
          pointsFound(one, 'Zebras, 77 of them!').filter(({ found }) => found),
          one.id,
        ).toEqual([]);
  });

  it('find a word that is a sign where it stands, and nowhere else', () => {
    const one = card.free('t.sign', { ...about, rubric: [{ point: 'p', words: ['√'] }], enough: 1, model: 'm' }); // prettier-ignore
    const found = (given: string) => pointsFound(one, given)[0]!.found;
    expect(found('divide by √d_k')).toBe(true);
    expect(found('divide by d_k')).toBe(false);
  });

  const free = cards.find(({ id }) => id === 'rnn.explain')!;
  it('are held against the rubric, and told what is missing', () => {
    expect(verdict(free, 'Step by step, a state is carried, with the same weights.')).toBe('right');
    const { says } = graded(free, 'It goes step by step and that is all there is.');
    expect(says).toMatch(/1 of 4 points found/);
    expect(says).toContain('the same weights at every step');
    expect(verdict(free, 'no idea')).toBe('unreadable');
  });
  it('have their points one by one', () => {
    if (free.kind !== 'free') throw new Error('rnn.explain is no free card.');
    const points = pointsFound(free, 'The SAME weights, step by step.');
    expect(points.map(({ found }) => found)).toEqual([true, false, false, true]);
  });
  it('show the model answer, which misses at most what is not needed', () => {
    for (const asked of cards) {
      if (asked.kind !== 'free') continue;
      expect(
        pointsFound(asked, asked.model).every(({ found }) => found),
        asked.id,
      ).toBe(true);
      expect(verdict(asked, 'This is an answer that says nothing at all.')).toBe('wrong');
    }
  });
});

describe('expressions', () => {
  const cell = cards.find(({ id }) => id === 'lstm.backward.cell')!;
  it.each([
    'dcNext + dh*o*(1 - tanh(c)^2)',
    'dc = dh ⊙ o ⊙ (1 − tanh²(c)) + dcNext',
    'dcNext + dh.*o.*(1-tanh(c)).*(1+tanh(c))',
  ])('%s means the same', (given) => expect(verdict(cell, given)).toBe('right'));
  it('explains what is missing', () =>
    expect(graded(cell, 'o*dh + dcNext').says).toContain('derivative of tanh is missing'));
  it('spells out what stands together, and Greek letters', () => {
    const scores = cards.find(({ id }) => id === 'attention.scores')!;
    for (const given of ['QKᵀ/sqrt(dk)', 'QK^T / sqrt(d_k)', 'QK.T/np.sqrt(dk)'])
      expect(verdict(scores, given), given).toBe('right');
    expect(graded(scores, 'QKᵀ').says).toContain('The scale is missing');
    expect(verdict(scores, 'QV')).toBe('unreadable');
    const corrected = cards.find(({ id }) => id === 'training.adam.correction')!;
    expect(verdict(corrected, 'm/(1 - β^t)')).toBe('right');
    expect(verdict(corrected, 'm/(1 - β)')).toBe('wrong');
  });
  it('asks again for what it cannot read', () =>
    expect(verdict(cell, 'dh * (')).toBe('unreadable'));
});

it('never throws, and every grade is a sentence about the same card', () => {
  const all = [...cards, ...generators.map((made) => made.card(9))];
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({
      unit: fc.constantFrom(...'0123456789.,eE+-*/^()[] xHD%kGiB\n'.split('')),
      maxLength: 30,
    }),
    fc.constantFrom(
      'constructor',
      '__proto__',
      '9'.repeat(400),
      '('.repeat(4000),
      'x'.repeat(10_000),
      '\ud800',
      '1e9999',
      'NaN',
      '-0',
      '1/0',
      '0/0',
      'H'.repeat(4000),
      `1${',2'.repeat(2000)}`,
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.nat(), hostile, (asked, seed, given) => {
      const grade = gradeAnswer(asked, questionOf(asked, seed), given);
      expect(grade.explain).toBe(asked.explain);
      expect(grade.says).not.toBe('');
      expect(grade.correct && !grade.readable).toBe(false);
    }),
    { numRuns: 1500 },
  );
});

it('arithmetic in a number may take logarithms and roots, with brackets or without', () => {
  const kindOf = (value: number, given: string) =>
    gradeNumber(
      {
        ...about,
        id: 'x.y',
        kind: 'number',
        tolerance: 1e-6,
        answer: () => value,
        wrong: [],
        explain: '',
      },
      given,
    ).kind;
  for (const given of ['ln(10000)', 'ln 10000', '-ln(1/10000)', 'log(10000)', '4 ln 10'])
    expect(kindOf(Math.log(10_000), given), given).toBe('right');
  for (const given of ['√2', 'sqrt(2)', 'sqrt 2'])
    expect(kindOf(Math.SQRT2, given), given).toBe('right');
  expect(kindOf(Math.log(10_000), 'ln(1000)')).toBe('wrong');
  expect(kindOf(Math.log(1 / 2), 'ln 1/2')).toBe('unreadable');
});
