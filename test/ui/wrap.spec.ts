/** The quick way to wrap breaks lines where wrap-ansi does. */
import fc from 'fast-check';
import wrapAnsi from 'wrap-ansi';
import { expect, it } from 'vitest';
import { wrap } from '../../src/ui/wrap.js';

const word = fc.string({ unit: fc.constantFrom('a', 'σ', '₋', '∂', '─', '●', 'é'), maxLength: 9 });
const narrowText = fc.array(word, { maxLength: 20 }).map((words) => words.join(' '));
const columns = fc.integer({ min: 5, max: 30 });

it.each([
  ['narrow text, with words longer than a line and blanks in a row', narrowText],
  ['any text', fc.string({ unit: 'grapheme', maxLength: 60 })],
])('%s', (_, text) => {
  fc.assert(
    fc.property(text, columns, (t, room) => {
      expect(wrap(t, room)).toEqual(wrapAnsi(t, room).split('\n'));
    }),
    { numRuns: 500 },
  );
});
