/** Numbers as they are written: each unit in words is its power, and what is shown keeps five digits. */
import { expect, it } from 'vitest';
import { shown } from '../../src/quiz/grading/model-answer.js';
import { readNumber } from '../../src/quiz/grading/read-number.js';

it('a unit in words is a power of 1000, or of 1024', () => {
  const powers = (words: readonly string[], base: number, unit: string): void =>
    words.forEach((word, k) => {
      const read = readNumber(`3 ${word}`, unit);
      expect(read, word).toMatchObject({ kind: 'number', value: 3 * base ** (k + 1) });
    });
  powers(['kilobytes', 'megabytes', 'gigabytes', 'terabytes'], 1000, 'bytes');
  powers(['kibibytes', 'mebibytes', 'gibibytes', 'tebibytes'], 1024, 'bytes');
  powers(['thousand', 'million', 'billion', 'trillion'], 1000, 'parameters');
});

it('a number that is not whole is shown with five digits', () => {
  expect([2 / 3, 12.345678, -1e-7 / 3].map(shown)).toEqual(['0.66667', '12.346', '-3.3333e-8']);
});
