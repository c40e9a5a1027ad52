/** What is due and what is next, from the log: a pure fold over katas, cards, walks and the plan. */
import { equationById } from '../notation/index.js';
import { progressOf } from '../kata/progress.js';
import {
  answersTo,
  dueCards,
  historyOf,
  pausedInterview,
  pausedReport,
  planFor,
  scoresByTopic,
  topicsOf,
  weakestEquations,
  weakestTopics,
} from '../quiz/index.js';
import { expectedMs } from '../quiz/rating.js';
import { paceOf, type Pace } from './pace.js';
import { walks } from './catalogue.js';
import { standingOf, type WalkStanding } from './standing.js';
import type { Shelved } from '../kata/shelf.js';
import type { Deck, History, LogEvent, PausedReport } from '../quiz/index.js';

export interface HomeReport {
  readonly version: 1;
  readonly workspace: string | null;
  /** Cards to be asked now. */
  readonly due: number;
  /** What today's cards and the katas to do again take someone who knows the answers. */
  readonly minutes: number;
  /** The day that bptt quiz --interview-date has set, what its plan has for today, and whether it holds. */
  readonly interview: {
    readonly date: string;
    readonly daysLeft: number;
    readonly today: { readonly new: number; readonly due: number; readonly minutes: number };
    readonly pace: Pace;
  } | null;
  /** Katas whose last check failed, with the known mistake where there was one. */
  readonly again: readonly { readonly kata: string; readonly mistake: string | null }[];
  /** The one thing to do next. */
  readonly next: { readonly command: string; readonly why: string };
  /** Where the first walk that is not done goes on; null when all are done. */
  readonly walk: {
    readonly walk: string;
    /** From 1. */
    readonly step: number;
    readonly of: number;
    readonly title: string;
  } | null;
  /** The interview that bptt interview --resume goes on with; null where none is open. */
  readonly paused: PausedReport | null;
  /** The equation that is answered worst; null where the answers are too few, or all right. */
  readonly weakest: {
    readonly equation: string;
    readonly says: string;
    readonly right: number;
    readonly of: number;
  } | null;
  readonly topics: readonly {
    readonly topic: string;
    readonly passed: number;
    readonly katas: number;
    /** Of the answers to this topic's cards; null before the first. */
    readonly rightShare: number | null;
    /** Whether it is the topic that is answered worst. */
    readonly weakest: boolean;
  }[];
}

const topicName = (folder: string): string => folder.replace(/^\d+-/, '');

/**
 * @param events in the order of time
 * @param now ISO 8601, UTC
 */
export function homeReport(
  katas: readonly Shelved[],
  events: readonly LogEvent[],
  deck: Deck,
  workspace: string | undefined,
  now: string,
): HomeReport {
  const progress = progressOf(events);
  const history = historyOf(events, now);
  const due = dueCards(history.states, now, deck);
  const interview = planned(history, deck, now);
  const failed = katas.filter(({ id }) => progress(id).status === 'failed');
  const again = failed.map(({ id }) => ({ kata: id, mistake: progress(id).mistake }));
  const open = katas.find(({ id }) => progress(id).status === 'open' && !progress(id).everPassed);
  const walk = nextStep(walks.map((one) => standingOf(one, events, (card) => deck.topicOf(card))));
  const left = pausedInterview(events, now);
  const answers = answersTo(deck, events);
  const answered = scoresByTopic(deck, answers);
  const [worst] = weakestEquations(deck, answers);
  const [worstTopic] = weakestTopics(deck, answers);
  const cardMinutes =
    interview?.today.minutes ??
    Math.ceil(due.reduce((sum, id) => sum + expectedMs(deck.cardById(id)!), 0) / 60_000);
  const names = [
    ...new Set([
      ...katas.map(({ topic }) => topicName(topic)),
      ...topicsOf(deck).filter((topic) => answered.has(topic)),
    ]),
  ];

  return {
    version: 1,
    workspace: workspace ?? null,
    due: due.length,
    minutes: cardMinutes + failed.reduce((sum, kata) => sum + kata.minutes, 0),
    interview,
    again,
    next: nextCommand({ workspace, again, due: due.length, interview, open }),
    walk,
    paused: left ? pausedReport(left) : null,
    weakest: worst ? { ...worst, says: equationById(worst.equation)?.says ?? '' } : null,
    topics: names.map((topic) => {
      const mine = katas.filter((kata) => topicName(kata.topic) === topic);
      const { right, of } = answered.get(topic) ?? { right: 0, of: 0 };
      return {
        topic,
        passed: mine.filter(({ id }) => progress(id).everPassed).length,
        katas: mine.length,
        rightShare: of === 0 ? null : right / of,
        weakest: worstTopic === topic,
      };
    }),
  };
}

function planned(history: History, deck: Deck, now: string): HomeReport['interview'] {
  const { interviewDate, states } = history;
  if (interviewDate === undefined) return null;
  const plan = planFor(interviewDate, states, deck, now);
  const { new: fresh, due, minutes } = plan.days[0]!;
  return {
    date: plan.interview,
    daysLeft: plan.daysLeft,
    today: { new: fresh, due, minutes },
    pace: paceOf(plan, history, deck, now),
  };
}

function nextStep(standings: readonly WalkStanding[]): HomeReport['walk'] {
  const open = standings.find(({ next }) => next !== null);
  if (!open) return null;
  const step = open.next!;
  return {
    walk: open.walk,
    step: step + 1,
    of: open.steps.length,
    title: open.steps[step]!.title,
  };
}

function nextCommand({
  workspace,
  again: [again],
  due,
  interview,
  open,
}: Pick<HomeReport, 'again' | 'due' | 'interview'> & {
  readonly workspace: string | undefined;
  readonly open: Shelved | undefined;
}): HomeReport['next'] {
  if (workspace === undefined)
    return {
      command: 'bptt init my-workspace',
      why: 'a folder of stubs to fill in; or bptt tour for a look around',
    };
  if (again)
    return {
      command: `bptt check ${again.kata}`,
      why: `its last check failed${again.mistake === null ? '' : ` (${again.mistake})`}`,
    };
  if (due > 0)
    return { command: 'bptt quiz', why: `${due} ${due === 1 ? 'card is' : 'cards are'} due` };
  if (interview && interview.today.new > 0)
    return {
      command: 'bptt quiz',
      why: `the plan has ${interview.today.new} new cards for today`,
    };
  if (open)
    return {
      command: `bptt check ${open.id}`,
      why: `${open.title}, about ${open.minutes} min`,
    };
  return { command: 'bptt quiz', why: 'every kata is passed: keep the answers fresh' };
}
