/**
 * The days that are left before the interview: how many cards to see for the first time on each, and how
 * many will come back. Every card is new on one day before the interview; the very last days are kept for
 * repetition where there are enough of them. Days are the learner's. The plan is a fold of the log and the time, so
 * whoever does more or less than a day's share gets the rest divided anew.
 */
import type { Card } from './card.js';
import { dayOf, daysBetween, sameTimeAfter } from './day.js';
import type { Deck } from './deck.js';
import { interleaved } from './draw.js';
import { expectedMs } from './rating.js';
import { early, schedule, type CardState, type ScheduleOptions } from './schedule.js';

export interface PlanTopic {
  readonly topic: string;
  readonly new: number;
  readonly due: number;
}

export interface PlanDay {
  /** `2026-11-22`. */
  readonly date: string;
  /** Cards to be seen for the first time. */
  readonly new: number;
  /** Cards that come back, if they are answered well until then. */
  readonly due: number;
  /** What all of it takes someone who knows the answers. */
  readonly minutes: number;
  /** The topics that have a share in this day. */
  readonly topics: readonly PlanTopic[];
}

export interface Plan {
  readonly version: 1;
  /** `2026-12-01`. */
  readonly interview: string;
  readonly daysLeft: number;
  readonly seen: number;
  readonly unseen: number;
  /** From today to the day before the interview; the first is what is left of today. */
  readonly days: readonly PlanDay[];
}

/** The days on which new cards are seen, of those that are left: from three on, some are kept. */
const learningDays = (days: number): number =>
  days < 3 ? days : days - Math.max(1, Math.floor(days / 5));

/** n in whole shares over some days: they differ by one at most, the larger ones first. */
const shares = (n: number, days: number): number[] =>
  Array.from({ length: days }, (_, k) => Math.ceil((n - k) / days));

/**
 * How many of `unseen` cards are new on each of these days. Today's share counts from this morning, so
 * that what was done today is not asked of today once more.
 */
function newPerDay(unseen: number, seenToday: number, days: number): number[] {
  if (days === 1) return [unseen];
  const whole = shares(unseen + seenToday, days)[0]!;
  const today = Math.min(unseen, Math.max(0, whole - seenToday));
  return [today, ...shares(unseen - today, days - 1)];
}

/**
 * The plan for an interview today or later.
 * @param interview `2026-12-01`, as `readInterviewDate` gives it.
 * @param states the schedule with this interview in view.
 * @param now ISO 8601, UTC.
 */
export function planFor(
  interview: string,
  states: ReadonlyMap<string, CardState>,
  deck: Deck,
  now: string,
): Plan {
  const calendar = calendarTo(interview, now);
  const cards = [...deck.cards, ...deck.generators.map((one) => ({ ...one.card(0), id: one.id }))];
  const firstOf = ({ id }: Card): string | null => states.get(id)?.first ?? null;
  const unseen = cards.filter((card) => firstOf(card) === null);
  const seenToday = cards
    .map(firstOf)
    .filter((first) => first !== null && dayOf(first) === dayOf(now)).length;

  const days = calendar.dates.map(() => ({ new: [] as Card[], due: [] as Card[] }));
  const follow = (card: Card, state: CardState): void => {
    for (const k of comebacks(state, calendar)) days[k]!.due.push(card);
  };
  for (const card of cards) if (firstOf(card) !== null) follow(card, states.get(card.id)!);
  // What a kata's mistake has put on the schedule is asked before what is merely new.
  const order = interleaved(unseen).sort((a, b) => +states.has(b.id) - +states.has(a.id));
  const news = newPerDay(unseen.length, seenToday, learningDays(days.length));
  for (const [k, share] of news.entries())
    for (const card of order.splice(0, share)) {
      days[k]!.new.push(card);
      follow(card, known(card.id, states.get(card.id), k, calendar));
    }

  return {
    version: 1,
    interview,
    daysLeft: calendar.daysLeft,
    seen: cards.length - unseen.length,
    unseen: unseen.length,
    days: days.map((one, k) => planDay(calendar.dates[k]!, one.new, one.due)),
  };
}

/** From today to the day before the interview; today at least. */
interface Calendar extends ScheduleOptions {
  readonly daysLeft: number;
  readonly dates: readonly string[];
  /** When a day's cards are answered: at the same time as today's. */
  readonly at: (k: number) => string;
  /** The first day on which what is due then can be asked; -1 if none of these is. */
  readonly askedOn: (due: string) => number;
}

function calendarTo(interview: string, now: string): Calendar {
  const daysLeft = daysBetween(dayOf(now), interview);
  const times = Array.from({ length: Math.max(1, daysLeft) }, (_, k) => sameTimeAfter(now, k));
  const ends = times.map((at) => Date.parse(at) + early);
  return {
    interviewDate: interview,
    daysLeft,
    dates: times.map(dayOf),
    at: (k) => times[k]!,
    askedOn: (due) => ends.findIndex((end) => end >= Date.parse(due)),
  };
}

/** The state after a card was answered well on a day. */
const known = (
  id: string,
  before: CardState | undefined,
  k: number,
  calendar: Calendar,
): CardState =>
  schedule(
    [{ type: 'answered', card: id, rating: 'good', at: calendar.at(k) }],
    calendar,
    new Map(before ? [[id, before]] : []),
  ).get(id)!;

/** The days of the calendar on which a card comes back, if it is answered well each time. */
function* comebacks(from: CardState, calendar: Calendar): Generator<number> {
  for (let state = from; ;) {
    const k = calendar.askedOn(state.due);
    if (k < 0) return;
    yield k;
    state = known(state.card, state, k, calendar);
  }
}

function planDay(date: string, fresh: readonly Card[], due: readonly Card[]): PlanDay {
  const topics = [...new Set([...fresh, ...due].map(({ topic }) => topic))];
  const of = (cards: readonly Card[], topic: string): number =>
    cards.filter((card) => card.topic === topic).length;
  const ms = [...fresh, ...due].reduce((sum, card) => sum + expectedMs(card), 0);
  return {
    date,
    new: fresh.length,
    due: due.length,
    minutes: Math.ceil(ms / 60_000),
    topics: topics.map((topic) => ({ topic, new: of(fresh, topic), due: of(due, topic) })),
  };
}
