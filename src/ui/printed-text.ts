/** What a learner's code printed, as it was printed: a matrix keeps its columns, a nested object its indentation. */
import { codeLine } from './code-text.js';
import { paragraph } from './layout.js';
import type { Page } from './layout.js';

/** How many lines are shown: the last ones, which are nearest to what went wrong. */
const most = 20;

/** Nothing where nothing was printed. @param printed lines that are safe to display */
export function printedText(printed: readonly string[], page: Page): string[] {
  if (printed.length === 0) return [];
  const head = printed.length > most ? 'It printed, at the end:' : 'It printed:';
  return [
    ...paragraph(page.paint.dim(head), page),
    ...printed.slice(-most).flatMap((line) => codeLine('    ', line, page)),
  ];
}
