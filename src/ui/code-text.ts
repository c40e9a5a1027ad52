/** A line whose indentation means something, on a page: it stays, and what is too long goes on below, further in. */
import { cut } from './layout.js';
import { widthOf } from './width.js';
import { wrap } from './wrap.js';
import type { Page } from './layout.js';

/** The least room that is left for text that does not fit, however deep it is indented. */
const leastRoom = 12;

/** How much further in a line goes on: a row that begins there is no line of its own. */
const hang = 2;

/** No row is wider than the page: a word that is, is broken. @param gutter what stands before the line, on its first row */
export function codeLine(gutter: string, text: string, page: Page): string[] {
  const indent = /^\s*/.exec(text)![0].replaceAll('\t', '  ').length;
  const line = text.trim();
  const wanted = gutter.length + indent;
  const fits = wanted + widthOf(line) <= page.width;
  const left = fits ? wanted : Math.min(wanted, page.width - leastRoom);
  const room = page.width - left;
  const rows =
    widthOf(line) <= room
      ? [line]
      : wrap(line, room - hang).flatMap((row) => cut(row.trim(), room - hang));
  return rows.map((row, k) =>
    ((k === 0 ? gutter.padEnd(left) : ' '.repeat(left + hang)) + row).trimEnd(),
  );
}
