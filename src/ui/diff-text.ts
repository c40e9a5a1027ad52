/**
 * Your file against the solution, as lines with a mark each. Colour only repeats the marks. What came with the
 * stub is left out: it is nobody's doing.
 */
import { codeLine } from './code-text.js';
import { kataCommand } from './kata-command.js';
import { next } from './kata-text.js';
import { ends, flow, paragraph } from './layout.js';
import type { DifferenceLine } from './difference.js';
import type { Page } from './layout.js';

/** How many lines that are in both are shown around one that is not. */
const context = 2;

const count = (n: number, of: string): string => `${n} ${n === 1 ? 'line' : 'lines'} ${of}`;

const headText = (kata: string, page: Page): string[] =>
  ends(`${page.paint.strong(kata)}  yours against the solution`, '', page);

/**
 * Where there is nothing of yours to compare yet, and the solution may be seen.
 * @param folder that the kata is of, where it is not one of ours
 */
export const notBegunText = (kata: string, page: Page, folder?: string): string[] => [
  ...headText(kata, page),
  '',
  ...paragraph('You have not begun: your file is the stub.', page),
  '',
  ...next(
    [`check ${kata}`, `solution ${kata}`].map((words) => kataCommand(words, folder)),
    page,
  ),
];

export function diffText(kata: string, all: readonly DifferenceLine[], page: Page): string[] {
  const { paint } = page;
  const lines = all.filter(({ stub }) => !stub);
  const only = (where: DifferenceLine['in']): number =>
    lines.filter((line) => line.in === where).length;
  const [yours, solution] = [only('yours'), only('solution')];
  const head = headText(kata, page);
  if (yours + solution === 0) return [...head, '', '  They are the same.'];
  const near = lines.map((_, k) =>
    lines.slice(Math.max(0, k - context), k + context + 1).some((line) => line.in !== 'both'),
  );
  const shown: string[] = [];
  for (let k = 0; k < lines.length;) {
    if (near[k]) shown.push(...lineText(lines[k++]!, page));
    else {
      const from = k;
      while (k < lines.length && !near[k]) k++;
      shown.push(...paragraph(paint.dim(`… ${count(k - from, 'the same')}`), page, 4));
    }
  }
  return [
    ...head,
    ...flow(
      [
        `${paint.bad('-')} ${count(yours, 'only in yours')}`,
        `${paint.good('+')} ${count(solution, 'only in the solution')}`,
      ],
      page,
    ),
    '',
    ...shown,
  ];
}

/** Mark, line number, text; what is too long goes on below itself. */
function lineText({ in: where, text, line }: DifferenceLine, page: Page): string[] {
  const { paint } = page;
  const mark = { both: ' ', yours: '-', solution: '+' }[where];
  const colour = { both: (one: string) => one, yours: paint.bad, solution: paint.good }[where];
  return codeLine(`${mark} ${String(line).padStart(3)}  `, text, page).map((row) =>
    row === '' ? row : colour(row),
  );
}
