/** What may be typed: forms that are right, forms that are asked again, and anything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointsFound } from '../../src/quiz/grading/free.js';
import {
  card,
  cards,
  generators,
  gradeAnswer,
  questionOf,
  type Card,
} from '../../src/quiz/index.js';
import { rightAnswer } from './answers.js';
import { equationForms } from './equation-forms.js';

const about = { topic: 'lstm', level: 1, ask: 'How much?', explain: 'So much.' } as const;
const graded = (asked: Card, given: string) => gradeAnswer(asked, questionOf(asked, 3), given);
const verdict = (asked: Card, given: string): string => {
  const { correct, readable } = graded(asked, given);
  return readable ? (correct ? 'right' : 'wrong') : 'unreadable';
};

describe('numbers', () => {
  const count = card.number('t.count', {
    ...about,
    unit: 'parameters',
    answer: () => 394_240,
    wrong: [{ is: () => 295_680, because: 'That is a GRU.' }],
  });
  const bytes = card.number('t.bytes', {
    ...about,
    unit: 'bytes',
    tolerance: 0.03,
    answer: () => 2 ** 31,
    wrong: [{ is: () => 2 ** 30, because: 'That is half.' }],
  });
  const tiny = card.number('t.tiny', { ...about, answer: () => 0.5 ** 100, wrong: [] });
  const share = card.number('t.share', { ...about, answer: () => 0.75, wrong: [] });

  it.each([
    '394240',
    '394,240',
    '394 240',
    '394_240',
    "394'240",
    '394240.0',
    '3.9424e5',
    '3.9424 x 10^5',
    '3.9424·10⁵',
    '394.24k',
    '394.24 thousand',
    '394240 parameters',
    '394.24 thousand parameters',
    '4*(256*(256+128)+256)',
    '4 × (256·384 + 256)',
    '0.4 M',
    '0.39M',
    '394 thousand parameters',
    '3.9e5',
  ])('%s is 394,240', (given) => expect(verdict(count, given)).toBe('right'));

  it.each([
    '394',
    '0.3 M',
    '4.1e5',
    '394,24',
    '-394240',
    '394241',
    '394240e1',
    '2*394240',
    '295680',
    '3*98560',
  ])('%s is another number', (given) => expect(verdict(count, given)).toBe('wrong'));

  it('asks for digits when a wrong formula rounds to the same', () => {
    const near = card.number('t.near', {
      ...about,
      unit: 'parameters',
      answer: () => 394_240,
      wrong: [{ is: () => 395_264, because: 'That has two biases.' }],
    });
    for (const given of ['0.4 M', '4e5']) {
      expect(verdict(near, given), given).toBe('unreadable');
      expect(graded(near, given).says).toContain('more digits');
    }
    for (const given of ['0.394 M', '394.2k', '3.942e5'])
      expect(verdict(near, given)).toBe('right');
    for (const given of ['0.395 M', '395.3k']) expect(verdict(near, given)).toBe('wrong');
  });

  it('takes no rounding of a number that is written out, and no rough one', () => {
    const steps = card.number('t.steps', { ...about, answer: () => 1_040, wrong: [] });
    for (const given of ['1000', '1k', '1e3'])
      expect(verdict(steps, given)).toBe(given === '1000' ? 'wrong' : 'right');
    for (const given of ['2k', '0.9k', '0.5e3']) expect(verdict(steps, given)).toBe('wrong');
    const rough = card.number('t.rough', { ...about, answer: () => 1_400_000, wrong: [] });
    expect(verdict(rough, '1 M')).toBe('wrong');
    expect(verdict(rough, '1.4 M')).toBe('right');
  });

  it.each([
    ['parameters', '394240 params'],
    ['parameters', '394.24 k params'],
    ['parameters', '1 parameter'],
    ['multiply-adds', '394240 multiply-adds'],
    ['multiply-adds', '394240 Multiply Adds'],
    ['multiply-adds', '394.24 kMACs'],
    ['operations', '0.39424 MFLOPs'],
    ['operations', '394240 ops'],
    ['times', '394240x'],
    ['steps', '394240 step'],
  ])('in %s, %s is read', (unit, given) => {
    const answer = given.startsWith('1 ') ? 1 : 394_240;
    const asked = card.number('t.units', { ...about, unit, answer: () => answer, wrong: [] });
    expect(verdict(asked, given)).toBe('right');
    for (const other of ['394240 bytes', '394240 apples', '394240 k-steps-'])
      expect(verdict(asked, other)).toBe('unreadable');
  });

  it('explains a known wrong number however it is written', () => {
    for (const given of ['295680', '295,680', '3*(256*384+256)'])
      expect(graded(count, given).says).toBe('That is a GRU.');
  });

  it.each([
    '2 GiB',
    '2GiB',
    '2.1 GB',
    '2147483648',
    '2.1e9 bytes',
    '2048 MiB',
    '2^31',
    '17.18e9 bits',
  ])('%s is 2 GiB', (given) => expect(verdict(bytes, given)).toBe('right'));
  it.each(['2 GB', '2 MiB', '2', '1 GiB', '2.3 GB'])('%s is not 2 GiB', (given) =>
    expect(verdict(bytes, given)).toBe('wrong'),
  );
  it.each(['2 seconds', 'GiB', 'two', '1..2', '1 2', '', '   ', '2 +', '(2', 'x', 'P = 2'])(
    '%j is asked again',
    (given) => expect(verdict(bytes, given)).toBe('unreadable'),
  );

  it('says how far off a number is', () => {
    expect(graded(count, '788480').says).toBe('That is 2 times the right number.');
    expect(graded(count, '394241').says).toMatch(/Close, but/);
    expect(graded(count, '-394240').says).toBe('The sign is wrong.');
    for (const given of ['1', '0', '1e99']) expect(graded(count, given).says).toMatch(/far off/);
  });

  it('tells tiny numbers apart', () => {
    expect(verdict(tiny, '7.9e-31')).toBe('right');
    expect(verdict(tiny, '0.5^100')).toBe('right');
    for (const given of ['0', '1e-31', '0.5^101', '0.5^99', '1e-12'])
      expect(verdict(tiny, given)).toBe('wrong');
  });

  it('reads shares', () => {
    for (const given of ['0.75', '.75', '0,75', '75%', '75 %', '3/4', '75 percent'])
      expect(verdict(share, given), given).toBe('right');
    expect(verdict(share, '75')).toBe('wrong');
  });

  it('accepts exactly what is within the tolerance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e12, noNaN: true }),
        fc.double({ min: -0.2, max: 0.2, noNaN: true }),
        (answer, off) => {
          fc.pre(Math.abs(Math.abs(off) - 0.05) > 1e-6);
          const asked = card.number('t.any', {
            ...about,
            answer: () => answer,
            tolerance: 0.05,
            wrong: [],
          });
          const expected = Math.abs(off) < 0.05 ? 'right' : 'wrong';
          expect(verdict(asked, String(answer * (1 + off)))).toBe(expected);
        },
      ),
    );
  });
});

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
  it('asks again for what it cannot read', () =>
    expect(verdict(cell, 'dh * (')).toBe('unreadable'));
});

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
