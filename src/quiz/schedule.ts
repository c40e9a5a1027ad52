/**
 * When each card is asked again: a fold of the log's events through FSRS (ts-fsrs). Nothing is stored
 * but events, so replaying the log and going on from yesterday's states give the same.
 *
 * Intervals are whole days and without fuzz. A wrong answer comes back the next day. Before an interview
 * every card comes back once more, in the last days; which of them, its id decides, so that they share
 * the load.
 */
import { createEmptyCard, fsrs, Rating as Fsrs, State, type Card as FsrsCard } from 'ts-fsrs';
import { dayAfter, dayOf, daysBetween, startOfDay } from './day.js';
import { scheduledId, type Deck } from './deck.js';
import type { LogEvent } from './events.js';
import { ratings, type Rating } from './rating.js';
import { seedFor } from './shuffle.js';

/** What is known of one card. A generator's cards share one state. */
export interface CardState {
  /** The card's id, without a seed. */
  readonly card: string;
  /** ISO 8601, UTC. */
  readonly due: string;
  /** Answers so far; 0 when only a kata's mistake has put the card on the plan. */
  readonly reps: number;
  /** Wrong answers after the first. */
  readonly lapses: number;
  /** When the card was last answered or, with reps 0, put on the plan. */
  readonly last: string;
  /** When it was first answered; null before that. */
  readonly first: string | null;
  /** The last answer was wrong, or a kata's mistake has shown since that the card is not known. */
  readonly missed: boolean;
  /** FSRS: the days after which it is recalled with 90 %; 0 before the first answer. */
  readonly stability: number;
  /** FSRS: 1 … 10; 0 before the first answer. */
  readonly difficulty: number;
}

export interface ScheduleOptions {
  /** `2026-12-01`, the learner's day, or an instant: no card falls due later than its morning. Ignored once it is past. */
  readonly interviewDate?: string;
}

const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, maximum_interval: 365 });
const grades = { again: Fsrs.Again, hard: Fsrs.Hard, good: Fsrs.Good, easy: Fsrs.Easy } as const;
const day = 86_400_000;
/** So much before its time a card counts as due: nobody sits down at the same minute every day. */
export const early = day / 3;
/** The days before an interview over which the last repetitions are spread. */
const lastDays = 5;

/** Milliseconds of an ISO instant or date of the years 0000 … 9998; undefined for anything else. */
function instant(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.test(text))
    return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) || text.startsWith('9999') ? undefined : time;
}

const iso = (time: number): string => new Date(time).toISOString();

/**
 * `due`, but not after the card's own day before the interview, nor after the morning of the interview itself.
 * Which of the two it is depends on the day of the answer, never on its hour.
 */
function capped(id: string, due: number, from: number, { interviewDate }: ScheduleOptions): number {
  if (interviewDate === undefined || instant(interviewDate) === undefined) return due;
  const isDay = interviewDate.length === 10;
  // From `early` on, the whole of a day belongs to it, and nothing of the day before.
  const start = (date: string): number => startOfDay(date) + early;
  const interview = isDay ? start(interviewDate) : Date.parse(interviewDate);
  const date = isDay ? interviewDate : dayOf(interviewDate);
  const today = dayOf(iso(from));
  if (isDay ? today >= date : interview - from <= early) return due;
  const own = dayAfter(date, -1 - (seedFor(0, id) % lastDays));
  return Math.min(due, own > today ? start(own) : interview);
}

/** The state after one more answer. An answer dated before the last one counts as given no time later. */
function answered(
  id: string,
  before: CardState | undefined,
  rating: Rating,
  at: number,
  options: ScheduleOptions,
): CardState {
  const last = Math.min(instant(before?.last) ?? at, at);
  const known: FsrsCard =
    before && before.reps > 0
      ? {
          ...createEmptyCard(new Date(last)),
          state: State.Review,
          last_review: new Date(last),
          reps: before.reps,
          lapses: before.lapses,
          stability: before.stability,
          difficulty: before.difficulty,
        }
      : createEmptyCard(new Date(at));
  const { card: next } = scheduler.next(known, new Date(at), grades[rating]);
  const due = rating === 'again' ? at + day : next.due.getTime();
  return {
    card: id,
    due: iso(capped(id, due, at, options)),
    reps: next.reps,
    lapses: next.lapses,
    last: iso(at),
    first: before?.first ?? iso(at),
    missed: rating === 'again',
    stability: next.stability,
    difficulty: next.difficulty,
  };
}

/**
 * The state after an answer that another one to the same card follows: what `answered` would give but for `due`,
 * which nobody sees. FSRS works out the intervals of all four ratings for that, and a log is long.
 */
function passed(id: string, before: CardState | undefined, rating: Rating, at: number): CardState {
  const known = before !== undefined && before.reps > 0 ? before : undefined;
  const last = Math.min(instant(before?.last) ?? at, at);
  const days = known ? Math.floor(at / day) - Math.floor(last / day) : 0; // as FSRS counts them, in UTC
  const { stability, difficulty } = scheduler.next_state(known ?? null, days, grades[rating]);
  const time = iso(at);
  return {
    card: id,
    due: time,
    reps: (before?.reps ?? 0) + 1,
    lapses: (before?.lapses ?? 0) + Number(known !== undefined && rating === 'again'),
    last: time,
    first: before?.first ?? time,
    missed: rating === 'again',
    stability,
    difficulty,
  };
}

/** The state after a kata's mistake was diagnosed: due the next day, or earlier if it was already. */
function diagnosed(
  id: string,
  before: CardState | undefined,
  at: number,
  options: ScheduleOptions,
): CardState {
  const tomorrow = capped(id, at + day, at, options);
  if (!before)
    return {
      card: id,
      due: iso(tomorrow),
      ...{ reps: 0, lapses: 0, last: iso(at), first: null, missed: true },
      ...{ stability: 0, difficulty: 0 },
    };
  const due = Math.min(instant(before.due) ?? tomorrow, tomorrow);
  return { ...before, due: iso(due), missed: true };
}

const isRating = (value: unknown): value is Rating => ratings.some((one) => one === value);

/** The scheduled id that a field names, or undefined if it names none. */
const idIn = (value: unknown): string | undefined =>
  typeof value === 'string' && scheduledId(value) !== '' ? scheduledId(value) : undefined;

/** An answer as the schedule counts it. */
export interface CountedAnswer {
  /** The card's id, without a seed. */
  readonly card: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly rating: Rating;
}

/** The answer that an event tells of; undefined for events of other rooms, and for malformed ones. */
export function answerIn({ type, at, card, rating }: LogEvent): CountedAnswer | undefined {
  const id = idIn(card);
  if (type !== 'answered' || id === undefined || !isRating(rating) || instant(at) === undefined)
    return undefined;
  return { card: id, at, rating };
}

/**
 * One event more. Events of other rooms, and malformed ones, change nothing.
 * @param last the last answer to each card: what falls due is worked out for that one
 */
function fold(
  states: Map<string, CardState>,
  event: LogEvent,
  options: ScheduleOptions,
  last: ReadonlyMap<string, LogEvent>,
): void {
  const answer = answerIn(event);
  if (answer) {
    const { card, rating } = answer;
    const [before, at] = [states.get(card), Date.parse(answer.at)];
    const isLast = last.get(card) === event;
    states.set(
      card,
      isLast ? answered(card, before, rating, at, options) : passed(card, before, rating, at),
    );
  }
  const at = event.type === 'checked' ? instant(event.at) : undefined;
  if (at !== undefined)
    for (const id of diagnosedCards(event.diagnosis))
      states.set(id, diagnosed(id, states.get(id), at, options));
}

/** The cards of a diagnosis, which may name two mistakes: its own, and that of `also`. */
function diagnosedCards(diagnosis: unknown): ReadonlySet<string> {
  const { also } = (diagnosis ?? {}) as { readonly also?: unknown };
  const ids = [diagnosis, also].map((one) =>
    idIn((one as { readonly card?: unknown } | null)?.card),
  );
  return new Set(ids.filter((id) => id !== undefined));
}

/**
 * The state of every card that the events speak of, by its id.
 * @param events in the order of the log.
 * @param from states to go on from: `schedule(b, o, schedule(a, o))` is `schedule([...a, ...b], o)`.
 */
export function schedule(
  events: readonly LogEvent[],
  options: ScheduleOptions = {},
  from: ReadonlyMap<string, CardState> = new Map(),
): ReadonlyMap<string, CardState> {
  const states = new Map(from);
  const last = new Map<string, LogEvent>();
  for (const event of events) {
    const answer = answerIn(event);
    if (answer) last.set(answer.card, event);
  }
  for (const event of events) fold(states, event, options, last);
  return states;
}

/**
 * The ids that are due within eight hours, the most overdue first.
 * @param deck if given, only ids that it still has.
 */
export function dueCards(
  states: ReadonlyMap<string, CardState>,
  now: string,
  deck?: Pick<Deck, 'topicOf'>,
): string[] {
  const time = Date.parse(now);
  return [...states.values()]
    .filter(({ card }) => deck === undefined || deck.topicOf(card) !== undefined)
    .map(({ card, due }) => ({ card, due: Date.parse(due) }))
    .filter(({ due }) => due <= time + early)
    .sort((a, b) => a.due - b.due || (a.card < b.card ? -1 : 1))
    .map(({ card }) => card);
}

/**
 * The probability that a card is recalled on a day if it is not asked before, by FSRS; null before its first answer.
 * On the day of its last answer it is 1, whatever that answer was.
 * @param date `2026-12-01`, the learner's day.
 */
export function recallOn({ reps, last, stability }: CardState, date: string): number | null {
  if (reps === 0) return null;
  return scheduler.forgetting_curve(Math.max(0, daysBetween(dayOf(last), date)), stability);
}

/**
 * When a card is due if it is answered now with this rating: ISO 8601, UTC.
 * @throws RangeError if `now` is not an ISO instant in UTC.
 */
export function nextDue(
  card: string,
  rating: Rating,
  states: ReadonlyMap<string, CardState>,
  now: string,
  options: ScheduleOptions = {},
): string {
  const at = instant(now);
  if (at === undefined) throw new RangeError(`Expected now to be an ISO instant, got ${now}.`);
  const id = scheduledId(card);
  return answered(id, states.get(id), rating, at, options).due;
}
