/** Numbers as they may be typed: units, separators, rounding, arithmetic. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { card, gradeAnswer, questionOf, type Card } from '../../src/quiz/index.js';

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
    '385*1024',
    '4 × (256·384 + 256)',
    '0.4 M',
    '0.39M',
    '394 thousand parameters',
    '3.9e5',
    '4 * 256 * 385 parameters',
    '4 x 256 x 385',
    '0.39424 million parameters',
    '4*256*385 params',
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

  it('judges arithmetic by what it comes to: as near as a number must be, and how far off it is', () => {
    for (const given of ['3 / 4', '0.7501 * 1', '6e-1 + 1.5e-1']) expect(verdict(share, given)).toBe('right'); // prettier-ignore
    expect(verdict(share, '0.7 + 0.07')).toBe('wrong');
    expect(verdict(count, '394 * 1000')).toBe('wrong');
    expect(graded(count, '2 * 394240').says).toBe('That is 2 times the right number.');
    for (const given of ['1 / 0', '0 / 0']) expect(verdict(count, given)).toBe('wrong');
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
  it.each(['2 seconds', 'GiB', '1..2', '1 2', '', '   ', '2 +', '(2', 'x', 'P = 2'])(
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

  it('asks again where a separator could be one of thousands or of decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }), (a, b) => {
        fc.pre(b % 10 !== 0);
        const digits = String(b).padStart(3, '0');
        const whole = card.number('t.whole', { ...about, answer: () => a * 1000 + b, wrong: [] });
        const part = card.number('t.part', { ...about, answer: () => a + b / 1000, wrong: [] });
        expect(verdict(whole, `${a},${digits}`)).toBe('right');
        expect(verdict(part, `${a}.${digits}`)).toBe('right');
        for (const [asked, given] of [
          [whole, `${a}.${digits}`],
          [part, `${a},${digits}`],
        ] as const) {
          expect(verdict(asked, given)).toBe('unreadable');
          expect(graded(asked, given).says).toContain(
            `write ${given.includes(',') ? `${a}${digits} or ${a}.${digits}` : `${a}.${digits} or ${a}${digits}`}.`,
          );
        }
        const other = card.number('t.other', {
          ...about,
          answer: () => 3 * (a * 1000 + b),
          wrong: [],
        });
        expect(verdict(other, `${a}.${digits}`)).toBe('wrong');
      }),
    );
    const large = card.number('t.large', { ...about, answer: () => 2_457_600, wrong: [] });
    for (const given of ['2.457.600', '2 457 600', '2,457,600'])
      expect(verdict(large, given)).toBe('right');
    expect(verdict(large, '2.457.601')).toBe('wrong');
  });

  it.each([
    [
      2 ** 31,
      'bytes',
      [
        '2048 mebibytes',
        '1/2 * 4 GiB',
        '2·1024·1024·1024 bytes',
        '2147.483648 Mbytes',
        '2147.483648 million bytes',
      ],
    ],
    [240, 'ms', ['240 ms', '0.24 s', '2·3·40 ms', '240 milliseconds', '0.24 seconds']],
    [69, 'steps', ['69 time steps', '69 timesteps']],
    [4096, 'times', ['4096×', '4096x', '2^12 times']],
  ] as const)('%d %s', (answer, unit, forms) => {
    const asked = card.number('t.unit', { ...about, unit, answer: () => answer, wrong: [] });
    for (const given of forms) expect(verdict(asked, given), given).toBe('right');
    const more = card.number('t.more', { ...about, unit, answer: () => 1.2 * answer, wrong: [] });
    for (const given of forms) expect(verdict(more, given), given).toBe('wrong');
  });

  it.each([
    [Math.exp(3), ['e^3', 'e**3', 'e³', 'np.exp(3)', 'math.exp(3)', 'exp(3)', '1/e^-3', '1/e⁻³']],
    [Math.log1p(Math.exp(2)), ['ln(1+e^2)', '2+ln(1+e^-2)', 'np.log(1 + np.exp(2))']],
    [Math.tanh(0.81), ['np.tanh(0.81)', 'tanh(0,81)', '(e^1.62-1)/(e^1.62+1)', 'torch.tanh(0.81)']],
    [0.9 ** 49, ['0.9^49', '0.9⁴⁹', '.9**49', 'exp(49*ln(0.9))']],
    [1 + 2.6 * Math.exp(-2), ['1 + 2.6e^-2', '1+2.6/e^2', '2.6·e⁻²+1', '2.6 e^(-2) + 1']],
    [
      Math.log(0.5) / Math.log(0.99),
      ['ln 0.5 / ln 0.99', 'ln(0.5)/ln(0.99)', 'log 0.5 / log 0.99'],
    ],
    [12, ['log2(4096)', 'log₂ 4096', 'log_2(4096)', 'log2 4096', 'np.log2(4096)']],
    [0.0625, ['pow(0.5, 4)', 'math.pow(0.5, 4)', 'square(0.25)']],
    [Math.log1p(Math.exp(2)), ['softplus(2)', 'log1p(exp(2))', 'F.softplus(2)']],
    [1 / (1 + Math.exp(1.53)), ['expit(-1.53)', 'torch.sigmoid(-1.53)', '1/(1+e^1.53)']],
    [1 - Math.tanh(1.2) ** 2, ['1-tanh²(1.2)', 'sech(1.2)^2', '1/cosh(1.2)^2', '1 - tanh(1.2)**2']],
    [0.75, ['¾', 'three quarters', 'three fourths', '3/4', '75 per cent', '75 pct']],
    [12, ['twelve', 'Twelve.', '12']],
    [42, ['forty-two', 'forty two']],
    [0.5, ['a half', 'half', 'one half', '½']],
    [1 / 3, ['a third', 'one third', '⅓']],
  ] as const)('%d in arithmetic and in words', (answer, forms) => {
    const asked = card.number('t.sum', { ...about, answer: () => answer, wrong: [] });
    for (const given of forms) expect(verdict(asked, given), given).toBe('right');
    const other = card.number('t.not', { ...about, answer: () => 1.3 * answer, wrong: [] });
    for (const given of forms) expect(verdict(other, given), given).toBe('wrong');
  });

  it.each([
    'twelfty',
    'a',
    'three cats',
    'half of it',
    'ln 1/2',
    'e = 3',
    'max(1, 2)',
    'x^2',
    'third base',
  ])('%s is no number', (given) => expect(verdict(share, given)).toBe('unreadable'));

  it('reads shares', () => {
    for (const given of ['0.75', '.75', '0,75', '75%', '75 %', '3/4', '75 percent'])
      expect(verdict(share, given), given).toBe('right');
    expect(verdict(share, '75')).toBe('wrong');
  });

  it('takes a number with decimals or a percent sign as a rounded one: what rounds to it is right', () => {
    const some = card.number('t.some', {
      ...about,
      answer: () => 0.47287,
      wrong: [{ is: () => 0.52713, because: 'the other share' }],
    });
    for (const given of ['0.47', '47 %', '47%', '0.473', '47.3 %', '0.4729'])
      expect(verdict(some, given), given).toBe('right');
    for (const given of ['0.48', '48 %', '0.5', '0.53', '0.467', '46.7 %'])
      expect(verdict(some, given), given).toBe('wrong');
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

it('does not take a metre for a millisecond', () => {
  const asked = card.number('t.time', { ...about, unit: 'ms', answer: () => 120, wrong: [] });
  expect(verdict(asked, '120 ms')).toBe('right');
  expect(verdict(asked, '120 m')).not.toBe('right');
});
