/**
 * What the schedule makes of a log at a time, folded once for all who ask: the day of the interview, the state
 * of every card with that day in view, and the states as they were when the day was set.
 */
import type { LogEvent } from './events.js';
import { interviewDateOf } from './interview-date.js';
import { schedule, type CardState } from './schedule.js';

export interface History {
  /** `2026-12-01`, or undefined: see interviewDateOf. */
  readonly interviewDate: string | undefined;
  readonly states: ReadonlyMap<string, CardState>;
  /** When the day was set last, and the states then; undefined where none is set. */
  readonly planned:
    { readonly at: string; readonly states: ReadonlyMap<string, CardState> } | undefined;
}

/**
 * @param events in the order of time
 * @param now ISO 8601, UTC
 */
export function historyOf(events: readonly LogEvent[], now: string): History {
  const interviewDate = interviewDateOf(events, now);
  if (interviewDate === undefined)
    return { interviewDate, states: schedule(events), planned: undefined };
  const set = events.findLastIndex(
    ({ type, interview }) => type === 'planned' && interview === interviewDate,
  );
  const then = schedule(events.slice(0, set + 1), { interviewDate });
  return {
    interviewDate,
    states: schedule(events.slice(set + 1), { interviewDate }, then),
    planned: { at: events[set]!.at, states: then },
  };
}
