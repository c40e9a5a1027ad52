/** Days in a row on which something was answered or checked, by the learner's calendar. */
import { dayOf, daysBetween } from './day.js';
import type { LogEvent } from './events.js';

export interface Streak {
  /** Up to today, or up to yesterday while nothing was done today. */
  readonly days: number;
  readonly best: number;
  /** Whether today counts already. */
  readonly today: boolean;
}

/** The streak at a time; what is dated later does not count. */
export function streakOf(events: readonly LogEvent[], now: string): Streak {
  const today = 0;
  const date = dayOf(now);
  const days = new Set(
    events
      .filter(({ type }) => type === 'answered' || type === 'checked')
      .map(({ at }) => dayOf(at)),
  );
  const active = new Set([...days].map((day) => daysBetween(date, day)));
  const upTo = (last: number): number => {
    let days = 0;
    while (active.has(last - days)) days++;
    return days;
  };
  const ends = [...active].filter((one) => (one <= today && !active.has(one + 1)) || one === today);
  return {
    days: upTo(active.has(today) ? today : today - 1),
    best: Math.max(0, ...ends.map(upTo)),
    today: active.has(today),
  };
}
