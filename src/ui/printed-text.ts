/** What a learner's code printed, as it was printed: a matrix keeps its columns, a nested object its indentation. */
import { codeLine } from './code-text.js';
import { paragraph } from './layout.js';
import type { Page } from './layout.js';

/** How many rows are shown: the last ones, which are nearest to what went wrong. */
const most = 20;

/** Nothing where nothing was printed. @param printed lines that are safe to display */
export function printedText(printed: readonly string[], page: Page): string[] {
  if (printed.length === 0) return [];
  const rows = printed.slice(-most).flatMap((line) => codeLine('    ', line, page));
  const cut = printed.length > most || rows.length > most;
  return [
    ...paragraph(page.paint.dim(cut ? 'It printed, at the end:' : 'It printed:'), page),
    ...rows.slice(-most),
  ];
}
