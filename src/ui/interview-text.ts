/** An interview's report as lines: the score by part and its time, what was missed, what to do next. */
import { within } from './blocks.js';
import { columns, ends, flow, hanging, paragraph } from './layout.js';
import { partNames, verdictNames } from './interview-view.js';
import { clock } from './numbers.js';
import { oneLine } from './quiz-text.js';
import type { Page } from './layout.js';
import type { InterviewReport, ItemReport, PausedReport } from '../quiz/index.js';

const signs = { right: '✓', wrong: '✗', skipped: '·', unread: '?' } as const;

/** The report for a terminal or a pipe. */
export function interviewText(report: InterviewReport, page: Page): string[] {
  const { paint } = page;
  const { parts, missed, broke } = report;
  const missedItems = parts
    .flatMap(({ items }) => items)
    .filter(({ verdict, points }) => verdict !== 'right' && points.length === 0);
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', ...paragraph(paint.strong(title), page), ...lines];
  return [
    ...ends(
      paint.strong(
        `interview · ${report.question.title}${report.finished ? '' : ' · not finished'}`,
      ),
      paint.dim(`${report.question.id} · seed ${report.seed}`),
      page,
    ),
    within,
    ...(parts.length === 0 ? paragraph('Nothing was answered.', page) : partLines(report, page)),
    ...section(
      'Left out of the explanation',
      missed.flatMap((point) => hanging('· ', point, page)),
    ),
    ...section(
      'Not right',
      missedItems.flatMap((item) => missedLines(item, page)),
    ),
    ...section('The follow-up that broke the answer', broke === null ? [] : paragraph(broke, page)),
    ...section('Next', flow(report.next, page, 2, '   ·   ')),
  ];
}

const partLines = ({ parts }: InterviewReport, page: Page): string[] =>
  columns(
    [
      { head: 'part' },
      { head: 'made', align: 'right' },
      { head: 'time', align: 'right', drop: 1 },
      { head: 'given', align: 'right', drop: 2 },
      { head: '', drop: 3 },
    ],
    parts.map((part) => [
      partNames[part.part],
      `${part.right} of ${part.of}`,
      clock(part.ms),
      clock(part.minutes * 60_000),
      part.overMs > 0 ? `over by ${clock(part.overMs)}` : '',
    ]),
    page,
  );

function missedLines(item: ItemReport, page: Page): string[] {
  const { verdict, ask, answer, says, kind } = item;
  const sign = verdict === 'wrong' ? page.paint.bad(signs.wrong) : signs[verdict];
  const word = verdictNames[verdict];
  return [
    ...hanging(`${sign} `, `${word}: ${oneLine(ask, 200)}`, page),
    ...paragraph(kind === 'kata' ? says : `right: ${answer}`, page, 4),
  ];
}

/** Before another one begins: that this one is open, and how to go on with it. */
export const pausedSentence = ({ question, title, date }: PausedReport): string =>
  `«${title}» of ${date} is paused, and this is a new interview; to go on with that one: bptt interview ${question} --resume`;

/** After an interview was given up. */
export const droppedSentence = ({ title, date }: PausedReport, page: Page): string[] =>
  paragraph(`Dropped: «${title}» of ${date}. What was answered stays in the history.`, page);

/** The list of questions, with what each takes. */
export function interviewListText(
  questions: readonly { readonly id: string; readonly title: string; readonly minutes: number }[],
  page: Page,
): string[] {
  return columns(
    [
      { head: 'question' },
      { head: 'minutes', align: 'right', drop: 2 },
      { head: 'title', drop: 1 },
    ],
    questions.map(({ id, title, minutes }) => [id, String(minutes), title]),
    page,
  );
}
