/** Text of unknown origin can do nothing to a terminal, and plain text stays as it is. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable, printableLines, printedLines, visible } from '../../src/kata/printable.js';

const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001b',
        '\u001b[',
        '\u001b]0;',
        '\u009b',
        '\u0007',
        '\u202e',
        '\r',
        '31m',
        '\ud800',
      ),
    ),
  )
  .map((parts) => parts.join(''));

it('nothing that is left is a control character, a lone surrogate or turns the line round', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      for (const line of [printable(text), ...printableLines(text), ...printedLines(text)]) {
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u);
        expect(printable(line)).toBe(line);
      }
    }),
    { numRuns: 1000 },
  );
});

it('plain text stays as it is', () => {
  const plain = fc
    .string({ unit: 'grapheme' })
    .filter((text) => text !== '' && !/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(text));
  fc.assert(
    fc.property(plain, (text) => {
      expect(printable(text)).toBe(text);
      expect(printableLines(`${text}\r\n${text}\r${text}\n`)).toEqual([text, text, text, '']);
    }),
  );
});

it('a sequence goes with what belongs to it, and no more', () => {
  expect(printable('a\u001b[1;31mb\u001b[0mc\u001b]0;title\u0007d\u001b(Be')).toBe('abcde');
  expect(printable('a\tb')).toBe('a  b');
});

it('a printed tab goes to the column where a terminal would go; without one, both tell the same', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '1', '.', '-'), maxLength: 20 });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
      const [line] = printedLines(cells.join('\u001b[1m\t')) as [string];
      let at = 0;
      for (const [k, text] of cells.entries()) {
        if (k > 0) {
          const stop = Math.floor(at / 8) * 8 + 8;
          expect(line.slice(at, stop)).toBe(' '.repeat(stop - at));
          at = stop;
        }
        expect(line.slice(at, at + text.length)).toBe(text);
        at += text.length;
      }
      expect(line).toHaveLength(at);
      expect(printedLines(cells.join('\n'))).toEqual(printableLines(cells.join('\n')));
    }),
  );
});

it('two names that differ are told apart, and a name that shows is told as it is', () => {
  fc.assert(
    fc.property(nasty, nasty, (one, other) => {
      fc.pre(one !== other && !(one + other).includes('\\u'));
      expect(visible(one)).not.toBe(visible(other));
      expect(printable(visible(one))).toBe(visible(one));
    }),
  );
  expect(visible('dWhh_2 ñ 时')).toBe('dWhh_2 ñ 时');
});
