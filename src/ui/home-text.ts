/** Home as lines: today, next, and progress by topic. */
import { inDays } from './day-name.js';
import { columns, ends, hanging, paragraph } from './layout.js';
import type { Page } from './layout.js';
import type { HomeReport } from '../walk/home.js';

export interface HomeOptions {
  /** Topics that there is room for; the others are counted. Default: all. */
  readonly topics?: number;
}

const bar = (passed: number, of: number, cells = 10): string => {
  const full = of === 0 ? 0 : Math.round((cells * passed) / of);
  return '█'.repeat(full) + '·'.repeat(cells - full);
};

/** What is typed where there are no keys. */
const homeCommands =
  'bptt walk · bptt list · bptt quiz · bptt interview · bptt learn · bptt stats · bptt --help';

/** Home without its last line: the commands on paper, the keys on a screen. */
export function homeLines(
  report: HomeReport,
  page: Page,
  { topics: most = Infinity }: HomeOptions = {},
): string[] {
  const { workspace, due, minutes, interview, again, next, walk, paused, weakest, topics } = report;
  const { paint } = page;
  const rest = topics.length - most;
  const row = (head: string, text: string): string[] => hanging(head.padEnd(8), text, page);
  return [
    ...ends(paint.strong('bptt'), interview ? planLine(interview, page) : '', page),
    ...paragraph(paint.dim(workspace ?? 'no workspace here'), page),
    '',
    ...row(
      'today',
      [
        `${due} ${due === 1 ? 'card' : 'cards'} due`,
        ...(interview && interview.today.new > 0 ? [`${interview.today.new} new`] : []),
        ...again.map(
          ({ kata, mistake }) => `${kata} again${mistake === null ? '' : ` (${mistake})`}`,
        ),
        ...(minutes > 0 ? [`about ${minutes} min`] : []),
      ].join(' · '),
    ),
    ...row('next', `${paint.strong(next.command)}   ${next.why}`),
    ...(walk
      ? row('walk', `bptt walk ${walk.walk}   step ${walk.step} of ${walk.of}: ${walk.title}`)
      : []),
    ...(paused
      ? row('paused', `bptt interview --resume   ${paused.title}, ${paused.done} done`)
      : []),
    ...(weakest
      ? row('weakest', `${weakest.equation}   ${weakest.right} of ${weakest.of} right`)
      : []),
    '',
    ...columns(
      [
        { head: '' },
        { head: '', drop: 3 },
        { head: '', align: 'right' },
        { head: '', drop: 1 },
        { head: '', drop: 2 },
      ],
      topics
        .slice(0, Math.max(0, most))
        .map(({ topic, passed, katas, rightShare, weakest: isWeakest }) => [
          topic,
          page.spoken ? '' : bar(passed, katas),
          katas === 0 ? '–' : `${passed}/${katas}`,
          rightShare === null
            ? paint.dim('no answers yet')
            : `${Math.round(100 * rightShare)} % right`,
          isWeakest ? paint.warn('weakest') : '',
        ]),
      page,
    ),
    ...(rest > 0 ? paragraph(paint.dim(`… and ${rest} topics more: bptt stats`), page) : []),
  ];
}

/** The days that are left, and whether the plan holds. */
function planLine({ daysLeft, pace }: NonNullable<HomeReport['interview']>, page: Page): string {
  const { paint } = page;
  const holds = pace.onTrack
    ? paint.good('plan on track')
    : paint.warn(`behind: ${pace.needed} new a day, planned ${pace.planned}`);
  return `interview ${inDays(daysLeft)} · ${holds}`;
}

/** Home on paper. */
export const homeText = (report: HomeReport, page: Page): string[] => [
  ...homeLines(report, page),
  '',
  ...paragraph(page.paint.dim(homeCommands), page),
];
