/** A line of a program on a page: its indentation stays, and what is too long goes on below itself. */
import { paragraph } from './layout.js';
import type { Page } from './layout.js';

/** The least room that is left for text, however deep it is indented. */
const leastRoom = 12;

/** @param gutter what stands before the line, on its first row */
export function codeLine(gutter: string, text: string, page: Page): string[] {
  const indent = /^\s*/.exec(text)![0].replaceAll('\t', '  ').length;
  const left = Math.min(gutter.length + indent, page.width - leastRoom);
  const [first = '', ...more] = paragraph(text.trim(), page, left);
  return [gutter + ' '.repeat(left - gutter.length) + first.trim(), ...more].map((row) =>
    row.trimEnd(),
  );
}
