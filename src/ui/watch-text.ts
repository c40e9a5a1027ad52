/** The screen of `bptt watch` as lines that fit: head, panel, footer. A panel that is too long is cut, and says so. */
import { codeLine } from './code-text.js';
import { diffText } from './diff-text.js';
import { verdictText } from './kata-text.js';
import { fitted } from './fitted.js';
import { ends, flow, paragraph } from './layout.js';
import { watchFooter } from './watch-keys.js';
import type { FittedLines } from './fitted.js';
import type { Page } from './layout.js';
import type { WatchState } from './watching.js';

/** What stands below the head. */
export function panelText({ kata, panel, report, checking }: WatchState, page: Page): string[] {
  switch (panel.kind) {
    case 'report':
      if (report !== null) return verdictText(report, page);
      return paragraph(checking ? 'The first check …' : 'Save it, and it is checked.', page);
    case 'hint':
      return [
        ...paragraph(page.paint.strong(`hint ${panel.level} of ${panel.of}`), page),
        '',
        ...paragraph(panel.text, page),
      ];
    case 'solution':
      return panel.text
        .trimEnd()
        .split('\n')
        .flatMap((line) => codeLine('  ', line, page));
    case 'diff':
      return diffText(kata.id, panel.lines, page);
    case 'refused':
      return paragraph(panel.says, page);
  }
}

/** @param rows of the terminal */
export function watchText(state: WatchState, page: Page, rows: number): FittedLines {
  const { paint } = page;
  const { kata, checking, scroll } = state;
  const head = ends(
    `${paint.strong('watch')}  ${kata.title}`,
    checking ? paint.warn('checking …') : paint.dim(kata.file),
    page,
  );
  const foot = (long: boolean): string[] => [
    '',
    ...flow(watchFooter(state, long), page, 2, ' · ').map(paint.dim),
  ];
  return fitted({ head, panel: panelText(state, page), foot }, scroll, page, rows);
}
