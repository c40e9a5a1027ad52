/**
 * How well it sticks: retention, what falls due, what is weakest. A fold of the log and the time; days are
 * the learner's. It judges the answers, not the learner's code: of katas it counts the diagnosed mistakes.
 */
import { dayAfter, dayOf, daysBetween } from './day.js';
import type { Deck } from './deck.js';
import type { LogEvent } from './events.js';
import { historyOf } from './history.js';
import { planFor, type PlanDay } from './plan.js';
import { recallOn, type CardState, type CountedAnswer } from './schedule.js';
import { streakOf, type Streak } from './streak.js';
import { answersTo, nothingAnswered, score, scoresByTopic, topicsOf } from './weakest.js';
import { weakestEquations, weakestTopics, type EquationStats, type Score } from './weakest.js';

export interface TopicStats {
  readonly topic: string;
  readonly cards: number;
  readonly seen: number;
  readonly answers: Score;
  readonly retention: Score;
}

export interface MistakeStats {
  readonly kata: string;
  readonly mistake: string;
  readonly times: number;
}

export interface StatsReport {
  readonly version: 1;
  readonly cards: number;
  readonly seen: number;
  readonly answers: Score;
  /** Of the answers to cards that were seen on an earlier day: what was still known. */
  readonly retention: Score;
  /** The same week by week, from the first to this one, twelve at most. A week begins on `from`. */
  readonly weeks: readonly (Score & { readonly from: string })[];
  /**
   * The share of the cards seen that FSRS expects to be recalled on a day if none is asked before: tomorrow and, where
   * it is later, on the day of the interview. Not today: whatever was just asked counts as known. Empty before the
   * first answer.
   */
  readonly expected: readonly { readonly date: string; readonly share: number }[];
  /** Topics of the deck, in its order. */
  readonly topics: readonly TopicStats[];
  /** Today, with what is overdue, and the thirteen days after it. */
  readonly due: readonly { readonly date: string; readonly cards: number }[];
  /** The topics of which the smallest shares were right, three at most, the weakest first. */
  readonly weakestTopics: readonly string[];
  /** The same of the equations that the cards link to, five at most. */
  readonly weakestEquations: readonly EquationStats[];
  /** Diagnosed in katas, the most frequent first. */
  readonly mistakes: readonly MistakeStats[];
  readonly streak: Streak;
  /** The day of the interview and what its plan has for today; null where none is set. */
  readonly interview: {
    readonly date: string;
    readonly daysLeft: number;
    readonly unseen: number;
    readonly today: PlanDay;
  } | null;
  /** What to do now. */
  readonly next: { readonly command: string; readonly why: string };
}

const weeksShown = 12;
const daysShown = 14;

/**
 * The statistics of a log.
 * @param events in the order of time.
 * @param now ISO 8601, UTC.
 */
export function statsOf(events: readonly LogEvent[], deck: Deck, now: string): StatsReport {
  const { interviewDate, states } = historyOf(events, now);
  const inDeck = ({ card }: { readonly card: string }): boolean => deck.topicOf(card) !== undefined;
  const answers = answersTo(deck, events);
  const later = answersOnLaterDays(answers);
  const scheduled = [...states.values()].filter(inDeck);
  const seen = scheduled.filter(({ reps }) => reps > 0);
  const topics = topicStats(deck, answers, later, seen);
  const due = forecast(scheduled, now);
  const plan = interviewDate === undefined ? undefined : planFor(interviewDate, states, deck, now);
  const weakest = weakestTopics(deck, answers);
  return {
    version: 1,
    cards: deck.cards.length + deck.generators.length,
    seen: seen.length,
    answers: score(answers),
    retention: score(later),
    weeks: byWeek(later, now),
    expected: expectedRecall(seen, dayAfter(dayOf(now), 1), interviewDate),
    topics,
    due,
    weakestTopics: weakest,
    weakestEquations: weakestEquations(deck, answers),
    mistakes: mistakesIn(events),
    streak: streakOf(events, now),
    interview: plan
      ? { date: plan.interview, daysLeft: plan.daysLeft, unseen: plan.unseen, today: plan.days[0]! }
      : null,
    next: nextStep(due[0]!.cards, scheduled, weakest[0], answers.length),
  };
}

/** The answers to cards that had been answered on an earlier day. */
function answersOnLaterDays(answers: readonly CountedAnswer[]): CountedAnswer[] {
  const first = new Map<string, string>();
  return answers.filter(({ card, at }) => {
    const before = first.get(card);
    if (before === undefined) first.set(card, dayOf(at));
    return before !== undefined && before < dayOf(at);
  });
}

function topicStats(
  deck: Deck,
  answers: readonly CountedAnswer[],
  later: readonly CountedAnswer[],
  seen: readonly CardState[],
): TopicStats[] {
  const all = [...deck.cards, ...deck.generators];
  const [of, ofLater] = [scoresByTopic(deck, answers), scoresByTopic(deck, later)];
  return topicsOf(deck).map((topic) => ({
    topic,
    cards: all.filter((one) => one.topic === topic).length,
    seen: seen.filter(({ card }) => deck.topicOf(card) === topic).length,
    answers: of.get(topic) ?? nothingAnswered,
    retention: ofLater.get(topic) ?? nothingAnswered,
  }));
}

/** Of cards that were answered, the share that is recalled tomorrow, and on the day of the interview if it is later. */
function expectedRecall(
  seen: readonly CardState[],
  tomorrow: string,
  interview = tomorrow,
): StatsReport['expected'] {
  if (seen.length === 0) return [];
  const recalled = (date: string): number =>
    seen.reduce((sum, state) => sum + (recallOn(state, date) ?? 0), 0);
  return [tomorrow, ...(interview > tomorrow ? [interview] : [])].map((date) => ({
    date,
    share: recalled(date) / seen.length,
  }));
}

/** How many cards fall due on each day; what is overdue counts for today. */
function forecast(states: readonly CardState[], now: string): StatsReport['due'] {
  const today = dayOf(now);
  const days = states.map(({ due }) => Math.max(0, daysBetween(today, dayOf(due))));
  return Array.from({ length: daysShown }, (_, k) => ({
    date: dayAfter(today, k),
    cards: days.filter((one) => one === k).length,
  }));
}

/** Scores by week, counted back from today, without the weeks before the first answer. */
function byWeek(answers: readonly CountedAnswer[], now: string): StatsReport['weeks'] {
  const today = dayOf(now);
  const weeksBack = new Map<string, number>(); // by day: many answers share one
  const back = answers.map(({ at }) => {
    const day = dayOf(at);
    const known = weeksBack.get(day);
    if (known !== undefined) return known;
    const weeks = Math.max(0, Math.floor(daysBetween(day, today) / 7));
    weeksBack.set(day, weeks);
    return weeks;
  });
  const oldest = Math.min(weeksShown - 1, Math.max(-1, ...weeksBack.values()));
  return Array.from({ length: oldest + 1 }, (_, k) => ({
    from: dayAfter(today, 1 - 7 * (oldest - k + 1)),
    ...score(answers.filter((_, n) => back[n] === oldest - k)),
  }));
}

/** Of each kata the known mistakes that its checks have named, with how often. */
function mistakesIn(events: readonly LogEvent[]): MistakeStats[] {
  const times = new Map<string, MistakeStats>();
  for (const { type, kata, diagnosis } of events) {
    const { mistake } = (diagnosis ?? {}) as { readonly mistake?: unknown };
    if (type !== 'checked' || typeof kata !== 'string' || typeof mistake !== 'string') continue;
    const key = `${kata} ${mistake}`;
    times.set(key, { kata, mistake, times: (times.get(key)?.times ?? 0) + 1 });
  }
  return [...times.values()].sort((a, b) => b.times - a.times);
}

function nextStep(
  due: number,
  scheduled: readonly CardState[],
  weakest: string | undefined,
  answers: number,
): StatsReport['next'] {
  const missed = scheduled.filter((state) => state.missed).length;
  if (answers === 0)
    return { command: 'bptt quiz', why: 'nothing is answered yet; statistics need answers' };
  if (due > 0)
    return { command: 'bptt quiz', why: `${due} ${due === 1 ? 'card is' : 'cards are'} due today` };
  if (missed > 0)
    return {
      command: 'bptt quiz --missed',
      why: `nothing is due; ${missed} ${missed === 1 ? 'card was' : 'cards were'} missed last time`,
    };
  return weakest === undefined
    ? { command: 'bptt quiz --new', why: 'nothing is due: time for new cards' }
    : { command: `bptt quiz --topic ${weakest}`, why: 'nothing is due; this topic is the weakest' };
}
