/** The quick way to a width says what string-width says. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { narrow, widthOf } from '../../src/ui/width.js';

const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
const quick = characters.filter((one) => narrow.test(one));

it('each narrow character takes one column, and is its own normal form', () => {
  expect(quick.length).toBeGreaterThan(1000);
  expect(quick.filter((one) => stringWidth(one) !== 1 || one.normalize() !== one)).toEqual([]);
});

const text = fc.string({ unit: fc.constantFrom(' ', 'a', ...quick), maxLength: 60 });

it('so do many of them, side by side', () => {
  fc.assert(
    fc.property(text, (t) => {
      expect(stringWidth(t)).toBe(t.length);
      expect(t.normalize()).toBe(t);
    }),
  );
});

it('any text is as wide as string-width says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (t) => {
      expect(widthOf(t)).toBe(stringWidth(t));
    }),
  );
});
