/**
 * The interviews of a log: all as they were left, and the one to go on with. One that was dropped is in neither;
 * its answers stay answers.
 */
import { applied } from './apply.js';
import type { LogEvent } from '../events.js';
import type { BeganEvent } from './events.js';
import { interviewQuestionById } from './questions.js';
import { opened, startInterview, type InterviewState } from './session.js';

const isBeganEvent = (event: LogEvent): event is BeganEvent =>
  event.type === 'interview-began' &&
  typeof event.session === 'string' &&
  typeof event.question === 'string' &&
  Number.isInteger(event.seed);

/** An interview's beginning, with all its events in the order of time. */
interface Sitting {
  readonly began: BeganEvent;
  readonly events: readonly LogEvent[];
  /** The place of its last event in the log. */
  readonly left: number;
}

/** In the order in which they began. */
function sittingsIn(log: readonly LogEvent[]): Sitting[] {
  const began = log.filter(isBeganEvent);
  const events = new Map<unknown, LogEvent[]>(began.map(({ session }) => [session, []]));
  const left = new Map<unknown, number>();
  for (const [place, event] of log.entries()) {
    const mine = events.get(event.session);
    if (!mine) continue;
    mine.push(event);
    left.set(event.session, place);
  }
  return began
    .map((one) => ({ began: one, events: events.get(one.session)!, left: left.get(one.session)! }))
    .filter((one) => !one.events.some(({ type }) => type === 'interview-dropped'));
}

/**
 * The interviews of a log as they were left, the oldest first; those that were dropped and those whose question no
 * longer exists are left out. One that is not `done` is open at its next item, its clock stopped until `now`.
 */
export const interviewsIn = (events: readonly LogEvent[], now: string): InterviewState[] =>
  sittingsIn(events).flatMap((sitting) => stateOf(sitting, now) ?? []);

/**
 * Of those the one that can be gone on with: of those that are not done the one that was left last.
 * @param question if given, only interviews of this question
 */
export function pausedInterview(
  events: readonly LogEvent[],
  now: string,
  question?: string,
): InterviewState | undefined {
  const lastFirst = sittingsIn(events)
    .filter(({ began }) => question === undefined || began.question === question)
    .sort((a, b) => b.left - a.left);
  for (const sitting of lastFirst) {
    const state = isOver(sitting) ? undefined : stateOf(sitting, now);
    if (state && state.phase !== 'done') return state;
  }
  return undefined;
}

/** The events that can end an item. */
const ending: ReadonlySet<string> = new Set([
  'answered',
  'explained',
  'interview-checked',
  'interview-skipped',
]);
const followUps = 3;

/** Whether the last item that there can be was ended: told without reading the answers again, of which equations take long. */
function isOver({ began, events }: Sitting): boolean {
  const start = beginning(began);
  const last = (start?.items.length ?? 0) + followUps - 1;
  return events.some(({ type, item }) => item === last && ending.has(type));
}

function beginning({
  session: id,
  seed,
  at,
  question: named,
}: BeganEvent): InterviewState | undefined {
  const question = interviewQuestionById(named);
  return question && { ...startInterview(question, { id, seed, at }), begun: true };
}

function stateOf({ began, events }: Sitting, now: string): InterviewState | undefined {
  const begin = beginning(began);
  return begin && opened(events.reduce(applied, begin), now);
}
