/** What the tests of the renderers share: pages, and laws that hold for everything that is printed. */
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect } from 'vitest';
import { unmarked } from '../../src/ui/blocks.js';
import { paintWith } from '../../src/ui/paint.js';
import type { Page } from '../../src/ui/layout.js';

export const plainPage = (width: number): Page => ({ width, paint: paintWith(false) });
export const colourPage = (width: number): Page => ({ width, paint: paintWith(true) });

/** Every width that a page can have. */
export const widths = fc.integer({ min: 20, max: 200 });

/** The words of some lines, however they are broken. */
export const words = (lines: readonly string[]): string =>
  lines.join(' ').replaceAll(/\s+/g, ' ').trim();

/** The same without any spaces: also the words that had to be broken. */
export const letters = (lines: readonly string[]): string => words(lines).replaceAll(' ', '');

/** The columns a line takes: ASCII takes one for each letter, and string-width is slow to find that out. */
const columnsOf = (line: string): number =>
  /^[\x20-\x7e]*$/.test(line) ? line.length : stringWidth(line);

/** A line is no wider than its page. A word that has no room is left whole, alone or after the marks of its line. */
export const fits = (line: string, width: number): boolean =>
  columnsOf(line) <= width || /^(?:.{0,11} )?\S{11,}$/.test(line);

/** No line wider than the page but for one word, no escape without colour, the same text with it. */
export function expectPrintable(render: (page: Page) => readonly string[], width: number): void {
  const plain = unmarked(render(plainPage(width)));
  // One expectation for all lines: there are thousands of them, and each would cost more than the rendering.
  expect(plain.filter((line) => /[\n\u001b]/u.test(line))).toEqual([]);
  expect(plain.filter((line) => !fits(line, width))).toEqual([]);
  const coloured = render(colourPage(width));
  expect(coloured.map((line) => stripVTControlCharacters(line).trimEnd())).toEqual(plain);
}

/** The same, at every width. */
export const expectPrintableAtAnyWidth = (render: (page: Page) => readonly string[]): void =>
  fc.assert(
    fc.property(widths, (width) => {
      expectPrintable(render, width);
    }),
    { numRuns: 20, examples: [[20], [21], [40], [80], [200]] },
  );
