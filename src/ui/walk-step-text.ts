/** The screen of a walk as lines that fit: where one is, the step, and the keys that work. */
import { chart } from './chart.js';
import { flowText } from './flow-text.js';
import { fitted } from './fitted.js';
import { gradientText } from './gradient-text.js';
import { ends, flow, paragraph } from './layout.js';
import { markdownText } from './markdown-text.js';
import { panelText } from './watch-text.js';
import { walkFooter } from './walk-keys.js';
import { standingAt } from './walk-view.js';
import { measuredText } from './walk-memory-text.js';
import { standingText } from './walk-text.js';
import type { FittedLines } from './fitted.js';
import type { Page } from './layout.js';
import type { WalkBody, WalkView } from './walk-view.js';

/** ✓ for a step that is done, → for the one on the screen, · for the others. */
function trail({ standing, at }: WalkView): string {
  return standing.steps.map(({ done }, k) => (k === at ? '→' : done ? '✓' : '·')).join('');
}

function equationLines(
  { equations, watch, says }: WalkBody & { kind: 'kata' },
  done: boolean,
  page: Page,
): string[] {
  const { paint } = page;
  const { kata, report } = watch;
  return [
    ...paragraph(says, page),
    '',
    ...equations.flatMap(({ reads, says: meaning }) => [
      ...paragraph(paint.strong(reads), page, 4),
      ...paragraph(paint.dim(meaning), page, 6),
    ]),
    ...(equations.length > 0 ? [''] : []),
    ...paragraph(
      report !== null
        ? `It is in ${paint.strong(kata.file)}.`
        : done
          ? `It is in ${paint.strong(kata.file)}, and passed. Every save checks it again.`
          : `Write it in ${paint.strong(kata.file)} and save: it is checked at once.`,
      page,
    ),
  ];
}

function bodyText(view: WalkView, page: Page): string[] {
  const { body } = view;
  const { paint } = page;
  switch (body.kind) {
    case 'kata': {
      const { watch, again } = body;
      const asked = watch.panel.kind === 'report' && (again || watch.report === null);
      if (asked)
        return [
          ...equationLines(body, standingAt(view)?.done === true, page),
          ...(watch.checking
            ? paragraph(paint.warn('Checking …'), page)
            : watch.report === null && standingAt(view)?.failed === true
              ? paragraph('Its last check failed. Enter checks it now.', page)
              : []),
        ];
      return panelText(watch, page);
    }
    case 'gradcheck':
      return [
        ...paragraph(body.says, page),
        '',
        ...(body.report
          ? gradientText(body.report, page)
          : paragraph(
              `Enter runs bptt gradcheck ${body.cell}. Your own backward pass, over a whole file: bptt gradcheck --file.`,
              page,
            )),
      ];
    case 'picture':
      return [...paragraph(body.says, page), '', ...chart(body.chart, page)];
    case 'flow':
      return [...paragraph(body.says, page), '', ...flowText(body.report, page)];
    case 'cards': {
      const cards = standingAt(view)?.cards;
      return [
        ...paragraph(body.says, page),
        ...(cards
          ? ['', ...paragraph(`${cards.right} of ${cards.of} cards known. What is wrong is asked again another day.`, page)]
          : []),
      ];
    }
    case 'prediction':
      return body.measured
        ? measuredText(body.judged, body.measured, page)
        : paragraph('Measuring …', page);
    case 'end':
      return standingText(
        { version: 1, workspace: '', walks: [view.standing], next: null },
        page,
      ).slice(1);
  }
} // prettier-ignore

/** @param rows of the terminal */
export function walkStepText(view: WalkView, page: Page, rows: number): FittedLines {
  const { paint } = page;
  const { standing, at, body } = view;
  const step = standingAt(view);
  const place = step ? ` · ${at + 1} of ${standing.steps.length} · ${step.title}` : '';
  const checking = body.kind === 'kata' && body.watch.checking;
  const head = ends(
    `${paint.strong(`walk ${standing.walk}`)}${place}`,
    checking ? paint.warn('checking …') : paint.dim(trail(view)),
    page,
  );
  const foot = (long: boolean): string[] => [
    '',
    ...flow(walkFooter(view, long), page, 2, ' · ').map(paint.dim),
  ];
  const panel = view.lesson === null ? bodyText(view, page) : markdownText(view.lesson, page);
  return fitted({ head, panel, foot }, view.scroll, page, rows);
}
