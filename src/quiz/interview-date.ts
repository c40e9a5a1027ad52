/** The day of the interview, by the learner's calendar: read from what was typed, and found in the log, where it is remembered. */
import { dayOf, daysBetween } from './day.js';
import type { LogEvent } from './events.js';

/** The day of the interview was set, or taken back. */
export interface PlannedEventBody {
  readonly type: 'planned';
  /** `2026-12-01`; null: no day any more. */
  readonly interview: string | null;
  readonly [field: string]: unknown;
}

export type ReadDate =
  /** Null: `none` was typed. */
  | { readonly kind: 'read'; readonly date: string | null }
  | { readonly kind: 'refused'; readonly says: string };

/** As far ahead as a plan day by day makes sense. */
const farthestDays = 366;

/** Whether a day of the calendar is written as `2026-12-01`. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text); // 30 February would come back as 2 March

/**
 * Reads a day, `2026-12-01`, or `none`.
 * @param given what was typed, safe to be shown.
 * @param now ISO 8601, UTC.
 */
export function readInterviewDate(given: string, now: string): ReadDate {
  const refused = (says: string): ReadDate => ({ kind: 'refused', says });
  const today = dayOf(now);
  if (given === 'none') return { kind: 'read', date: null };
  if (!/^\d{4}-\d\d-\d\d$/.test(given))
    return refused(`needs a day like ${today}, or none, got «${given}».`);
  if (!isDay(given)) return refused(`there is no day ${given}.`);
  if (given < today) return refused(`${given} is past; today is ${today}.`);
  if (daysBetween(today, given) > farthestDays)
    return refused(`${given} is more than a year away: plan it when it is nearer.`);
  return { kind: 'read', date: given };
}

/**
 * The day of the interview by the log, or undefined: none was set, it was taken back, or it is past.
 * @param events in the order of time.
 * @param now ISO 8601, UTC.
 */
export function interviewDateOf(events: readonly LogEvent[], now: string): string | undefined {
  const last = events.findLast(
    ({ type, interview }) =>
      type === 'planned' &&
      (interview === null || (typeof interview === 'string' && isDay(interview))),
  );
  const date = last?.interview;
  return typeof date === 'string' && date >= dayOf(now) ? date : undefined;
}
