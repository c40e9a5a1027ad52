/**
 * When each card is asked again: a fold of the log's events through FSRS (ts-fsrs). Nothing is stored
 * but events, so replaying the log and going on from yesterday's states give the same.
 *
 * Intervals are whole days and without fuzz. A wrong answer comes back the next day, a card never later
 * than the interview.
 */
import { createEmptyCard, fsrs, Rating as Fsrs, State, type Card as FsrsCard } from 'ts-fsrs';
import { scheduledId } from './catalogue.js';
import type { LogEvent } from './events.js';
import { ratings, type Rating } from './rating.js';

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
  /** FSRS: the days after which it is recalled with 90 %; 0 before the first answer. */
  readonly stability: number;
  /** FSRS: 1 … 10; 0 before the first answer. */
  readonly difficulty: number;
}

export interface ScheduleOptions {
  /** `2026-12-01` or a full instant: no card falls due after it. Ignored once it is past. */
  readonly interviewDate?: string;
}

const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, maximum_interval: 365 });
const grades = { again: Fsrs.Again, hard: Fsrs.Hard, good: Fsrs.Good, easy: Fsrs.Easy } as const;
const day = 86_400_000;

/** Milliseconds of an ISO instant or date of the years 0000 … 9998; undefined for anything else. */
function instant(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.test(text))
    return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) || text.startsWith('9999') ? undefined : time;
}

const iso = (time: number): string => new Date(time).toISOString();

/** `due`, but not after the interview; an interview that is not ahead of `from` changes nothing. */
function capped(due: number, from: number, { interviewDate }: ScheduleOptions): number {
  const interview = instant(interviewDate);
  return interview === undefined || interview <= from ? due : Math.min(due, interview);
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
    due: iso(capped(due, at, options)),
    reps: next.reps,
    lapses: next.lapses,
    last: iso(at),
    stability: next.stability,
    difficulty: next.difficulty,
  };
}

/** The state after a kata's mistake was diagnosed: due the next day, or earlier if it was already. */
function diagnosed(
  id: string,
  before: CardState | undefined,
  at: number,
  options: ScheduleOptions,
): CardState {
  const tomorrow = capped(at + day, at, options);
  if (!before)
    return {
      card: id,
      due: iso(tomorrow),
      ...{ reps: 0, lapses: 0, last: iso(at), stability: 0, difficulty: 0 },
    };
  return { ...before, due: iso(Math.min(instant(before.due) ?? tomorrow, tomorrow)) };
}

const isRating = (value: unknown): value is Rating => ratings.some((one) => one === value);

/** The scheduled id that a field names, or undefined if it names none. */
const idIn = (value: unknown): string | undefined =>
  typeof value === 'string' && scheduledId(value) !== '' ? scheduledId(value) : undefined;

/** One event more. Events of other rooms, and malformed ones, change nothing. */
function fold(states: Map<string, CardState>, event: LogEvent, options: ScheduleOptions): void {
  const at = instant(event.at);
  if (at === undefined) return;
  if (event.type === 'answered') {
    const { card, rating } = event;
    const id = idIn(card);
    if (id !== undefined && isRating(rating))
      states.set(id, answered(id, states.get(id), rating, at, options));
  }
  if (event.type === 'checked') {
    const { diagnosis } = event;
    const named = typeof diagnosis === 'object' && diagnosis !== null && 'card' in diagnosis;
    const id = named ? idIn(diagnosis.card) : undefined;
    if (id !== undefined) states.set(id, diagnosed(id, states.get(id), at, options));
  }
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
  for (const event of events) fold(states, event, options);
  return states;
}

/** The ids that are due, the most overdue first. */
export function dueCards(states: ReadonlyMap<string, CardState>, now: string): string[] {
  const time = Date.parse(now);
  return [...states.values()]
    .map(({ card, due }) => ({ card, due: Date.parse(due) }))
    .filter(({ due }) => due <= time)
    .sort((a, b) => a.due - b.due || (a.card < b.card ? -1 : 1))
    .map(({ card }) => card);
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
