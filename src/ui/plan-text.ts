/** The plan until the interview as lines: day by day what is new, what comes back, and how long it takes. */
import { dayName, inDays } from './day-name.js';
import { columns, ends, paragraph } from './layout.js';
import type { Page } from './layout.js';
import type { Plan } from '../quiz/index.js';

/** As many days as are shown, the last of them always; --json has them all. */
const mostDays = 21;
/** The days in which every card comes up once more, as the schedule has them. */
const lastDays = 5;
const mostTopics = 3;

export function planText({ interview, daysLeft, seen, unseen, days }: Plan, page: Page): string[] {
  const lastNew = days.findLast((day) => day.new > 0);
  const left = Math.max(0, days.length - mostDays);
  const rows = days.map((day, k) => [
    k === 0 ? 'today' : dayName(day.date),
    String(day.new),
    String(day.due),
    String(day.minutes),
    topicsOf(day),
  ]);
  if (left > 0) rows.splice(mostDays - lastDays, left, [`… ${left} more`, '', '', '', '']);
  const shown = columns(
    [
      { head: 'day' },
      { head: 'new', align: 'right' },
      { head: 'due', align: 'right' },
      { head: 'minutes', align: 'right', drop: 1 },
      { head: 'topics', drop: 2 },
    ],
    rows,
    page,
  );
  const says =
    unseen === 0
      ? 'Every card has been seen; what is left is repetition.'
      : `Every card has been seen by ${lastNew!.date}${days.length > lastDays ? ' and comes up in the last five days' : ''}. Whoever does more or less than a day’s share gets the rest divided anew.`;
  return [
    ...ends(
      page.paint.strong(`plan · interview ${inDays(daysLeft)}, ${interview}`),
      page.paint.dim(`${seen} of ${seen + unseen} cards seen`),
      page,
    ),
    '',
    ...shown,
    '',
    ...paragraph(says, page),
  ];
}

/** The topics with the largest shares. */
function topicsOf({ topics }: Plan['days'][number]): string {
  const sizes = topics
    .map((one) => ({ topic: one.topic, n: one.new + one.due }))
    .sort((a, b) => b.n - a.n);
  const shown = sizes.slice(0, mostTopics).map(({ topic, n }) => `${topic} ${n}`);
  return [...shown, ...(sizes.length > mostTopics ? ['…'] : [])].join(', ');
}
