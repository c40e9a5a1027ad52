/** The line editor against the obvious model: a string with a cursor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edited, emptyLine, textOf, withCursor, type Line } from '../../src/ui/line-editor.js';

const typed = (text: string): Line => edited(emptyLine, text, {});
const at = (text: string, cursor: number): Line => ({ ...typed(text), cursor });

describe('edited', () => {
  const key = fc.oneof(
    fc.string({ maxLength: 6, unit: 'grapheme' }).map((input) => ({ input, key: {} })),
    fc.string({ maxLength: 6, unit: 'binary' }).map((input) => ({ input, key: {} })),
    ...['backspace', 'delete', 'leftArrow', 'rightArrow', 'home', 'end', 'tab', 'escape'].map(
      (name) => fc.constant({ input: '', key: { [name]: true } }),
    ),
    fc
      .constantFrom('a', 'e', 'u', 'k', 'w', 'x', 'constructor')
      .map((input) => ({ input, key: { ctrl: true } })),
  );
  it('keeps the cursor inside and control characters out, for any keys', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
        let line = emptyLine;
        for (const { input, key } of keys) {
          const before = line.characters.length;
          line = edited(line, input, key);
          expect(line.cursor).toBeGreaterThanOrEqual(0);
          expect(line.cursor).toBeLessThanOrEqual(line.characters.length);
          if (Object.keys(key).length > 0)
            expect(line.characters.length).toBeLessThanOrEqual(before);
          expect(textOf(line)).not.toMatch(/\p{Cc}/u);
          expect(withCursor(line)).toHaveLength(textOf(line).length + 1);
        }
      }),
    );
  });

  it('puts what is typed at the cursor', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii' }),
        fc.string({ unit: 'grapheme-ascii' }),
        fc.nat(),
        (text, more, n) => {
          const cursor = n % (text.length + 1);
          expect(textOf(edited(at(text, cursor), more, {}))).toBe(
            text.slice(0, cursor) + more + text.slice(cursor),
          );
          expect(edited(at(text, cursor), more, {}).cursor).toBe(cursor + more.length);
        },
      ),
    );
  });

  it('does what a shell does', () => {
    expect(edited(at('dh + dc', 7), '', { backspace: true })).toEqual(at('dh + d', 6));
    expect(edited(at('abc', 0), '', { backspace: true })).toEqual(at('abc', 0));
    expect(edited(at('abc', 2), 'u', { ctrl: true })).toEqual(at('c', 0));
    expect(edited(at('abc', 1), 'k', { ctrl: true })).toEqual(at('a', 1));
    expect(edited(at('one two  ', 9), 'w', { ctrl: true })).toEqual(at('one ', 4));
    expect(edited(at('abc', 1), 'a', { ctrl: true }).cursor).toBe(0);
    expect(edited(at('abc', 1), 'e', { ctrl: true }).cursor).toBe(3);
    expect(edited(at('abc', 3), '', { rightArrow: true }).cursor).toBe(3);
    expect(textOf(edited(emptyLine, 'dh\r\n .* o', {}))).toBe('dh  .* o');
    expect(edited(typed('h̃𝜎'), '', { backspace: true }).characters).toEqual(['h', '\u0303']);
    expect(typed('x'.repeat(5000)).characters).toHaveLength(2000);
  });
});
