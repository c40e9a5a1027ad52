/** Home as lines: today, next, and progress by topic. */
import { inDays } from './day-name.js';
import { columns, ends, paragraph } from './layout.js';
import type { Page } from './layout.js';

/** What home shows; the command's report has this shape. */
export interface HomeView {
  readonly workspace: string | null;
  readonly due: number;
  readonly interview: {
    readonly date: string;
    readonly daysLeft: number;
    readonly today: { readonly new: number; readonly due: number; readonly minutes: number };
  } | null;
  readonly again: readonly { readonly kata: string; readonly mistake: string | null }[];
  readonly next: { readonly command: string; readonly why: string };
  readonly topics: readonly {
    readonly topic: string;
    readonly passed: number;
    readonly katas: number;
    readonly rightShare: number | null;
  }[];
}

const bar = (passed: number, of: number, cells = 10): string => {
  const full = of === 0 ? 0 : Math.round((cells * passed) / of);
  return '█'.repeat(full) + '·'.repeat(cells - full);
};

export function homeText(view: HomeView, page: Page): string[] {
  const { workspace, due, interview, again, next, topics } = view;
  const { paint } = page;
  const today = [
    `${due} ${due === 1 ? 'card' : 'cards'} due`,
    ...again.map(({ kata, mistake }) => `${kata} again${mistake === null ? '' : ` (${mistake})`}`),
  ];
  const plan = interview
    ? `interview ${inDays(interview.daysLeft)} (${interview.date}): ${interview.today.new} new and ${interview.today.due} due today, about ${interview.today.minutes} min`
    : undefined;
  return [
    ...ends(paint.strong('bptt'), paint.dim(workspace ?? 'no workspace here'), page),
    '',
    ...paragraph(`today   ${today.join(' · ')}`, page),
    ...(plan === undefined ? [] : paragraph(`plan    ${plan}`, page)),
    ...paragraph(`next    ${paint.strong(next.command)}   ${next.why}`, page),
    '',
    ...columns(
      [{ head: '' }, { head: '', drop: 2 }, { head: '', align: 'right' }, { head: '', drop: 1 }],
      topics.map(({ topic, passed, katas, rightShare }) => [
        topic,
        bar(passed, katas),
        katas === 0 ? '–' : `${passed}/${katas}`,
        rightShare === null
          ? paint.dim('no answers yet')
          : `${Math.round(100 * rightShare)} % right`,
      ]),
      page,
    ),
    '',
    ...paragraph(
      paint.dim('bptt list · bptt quiz · bptt gradcheck lstm · bptt tour · bptt --help'),
      page,
    ),
  ];
}
