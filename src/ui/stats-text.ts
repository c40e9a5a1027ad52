/** The statistics as lines: how much is kept, by topic and over time, what falls due, what is weakest. */
import { within } from './blocks.js';
import { chart } from './chart.js';
import { dayName, inDays } from './day-name.js';
import { columns, ends, paragraph } from './layout.js';
import type { Page } from './layout.js';
import type { StatsReport } from '../quiz/index.js';

type Score = StatsReport['answers'];

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const shareOf = ({ right, of }: Score): string => (of === 0 ? '–' : percent(right / of));
const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** A bar of at most so many cells; something is never drawn as nothing. */
const bar = (value: number, most: number, cells: number): string =>
  value === 0 ? '' : '█'.repeat(Math.max(1, Math.round((cells * value) / most)));

export function statsText(stats: StatsReport, page: Page): string[] {
  const { paint } = page;
  const { answers, streak, next, interview } = stats;
  const days = `streak ${counted(streak.days, 'day', 'days')}, best ${streak.best}`;
  const sections = [
    ...(answers.of === 0
      ? []
      : [knowledge(stats, page), topics(stats, page), weeks(stats, page), forecast(stats, page)]),
    equations(stats, page),
    mistakes(stats, page),
    interview ? paragraph(interviewLine(interview), page) : [],
    paragraph(`next  ${paint.strong(next.command)}   ${next.why}`, page),
  ];
  return [
    ...ends(
      paint.strong(`stats · ${counted(answers.of, 'answer', 'answers')}`),
      paint.dim(`${stats.seen} of ${stats.cards} cards seen · ${days}`),
      page,
    ),
    ...sections
      .filter((section) => section.length > 0)
      .flatMap((section, k) => [k === 0 ? within : '', ...section]),
  ];
}

/** What was still known, and what will be. */
function knowledge({ retention, expected, seen }: StatsReport, page: Page): string[] {
  const kept =
    retention.of === 0
      ? 'no card has been asked again on a later day yet'
      : `${shareOf(retention)} of ${counted(retention.of, 'answer', 'answers')} to cards seen on an earlier day`;
  return [
    ...paragraph(`retention  ${kept}`, page),
    ...(expected.length === 0
      ? []
      : paragraph(`expected   ${expectation(expected, seen)}, as FSRS reckons`, page)),
  ];
}

function expectation([tomorrow, interview]: StatsReport['expected'], seen: number): string {
  const of = `${foretold(tomorrow!.share)} of ${counted(seen, 'card', 'cards')} seen known tomorrow`;
  return interview === undefined
    ? `${of} if none is asked before`
    : `${of} and ${foretold(interview.share)} on the day of the interview if none is asked before`;
}

/** Never all: nobody can promise that. */
const foretold = (share: number): string =>
  Math.round(100 * share) === 100 ? 'more than 99 %' : percent(share);

const topics = ({ topics: all, weakestTopics }: StatsReport, page: Page): string[] =>
  columns(
    [
      { head: 'topic' },
      { head: 'seen', align: 'right', drop: 2 },
      { head: '', drop: 3 },
      { head: 'right', align: 'right' },
      { head: 'retention', align: 'right', drop: 1 },
      { head: '' },
    ],
    all.map(({ topic, seen, cards, answers, retention }) => [
      topic,
      `${seen}/${cards}`,
      page.spoken ? '' : bar(seen, cards, 10).padEnd(10, '·'),
      shareOf(answers),
      shareOf(retention),
      weakestTopics[0] === topic ? page.paint.warn('weakest') : '',
    ]),
    page,
  );

/** Retention week by week, where there is more than one point to draw. */
function weeks({ weeks: all }: StatsReport, page: Page): string[] {
  const points = all.flatMap(({ right, of }, k) =>
    of === 0 ? [] : [[k - all.length + 1, (100 * right) / of] as const],
  );
  if (points.length < 2) return [];
  return chart(
    {
      title: 'retention by week',
      x: { label: 'weeks', scale: 'linear', format: (k) => String(k) },
      y: { label: '% right', scale: 'linear', format: (value) => String(value) },
      series: [{ mark: '●', name: 'cards seen on an earlier day', points }],
      height: 6,
    },
    page,
  );
}

function forecast({ due }: StatsReport, page: Page): string[] {
  const most = Math.max(1, ...due.map(({ cards }) => cards));
  const room = Math.max(8, Math.min(40, page.width - 28));
  return columns(
    [{ head: 'due' }, { head: 'cards', align: 'right' }, { head: '', drop: 1 }],
    due.map(({ date, cards }, k) => [
      k === 0 ? 'today' : dayName(date),
      String(cards),
      page.spoken ? '' : bar(cards, most, room),
    ]),
    page,
  );
}

const equations = ({ weakestEquations }: StatsReport, page: Page): string[] =>
  weakestEquations.length === 0
    ? []
    : columns(
        [{ head: 'weakest equations' }, { head: 'right', align: 'right' }, { head: '', drop: 1 }],
        weakestEquations.map(({ equation, right, of }) => [
          equation,
          `${right} of ${of}`,
          page.spoken ? '' : bar(right, of, 10).padEnd(10, '·'),
        ]),
        page,
      );

const mistakes = ({ mistakes: all }: StatsReport, page: Page): string[] =>
  all.length === 0
    ? []
    : columns(
        [{ head: 'mistakes in katas' }, { head: '' }, { head: 'times', align: 'right' }],
        all.slice(0, 8).map(({ kata, mistake, times }) => [kata, mistake, String(times)]),
        page,
      );

function interviewLine({
  date,
  daysLeft,
  unseen,
  today,
}: NonNullable<StatsReport['interview']>): string {
  return `interview ${inDays(daysLeft)} (${date}): ${counted(unseen, 'card', 'cards')} unseen; today ${today.new} new and ${today.due} due, about ${today.minutes} min`;
}
