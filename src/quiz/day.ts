/**
 * The learner's calendar. Events and due times are instants in UTC; a day is what the calendar on the wall
 * says, in the time zone of the process (TZ, or the system's). It may have 23 or 25 hours, so days are
 * counted as days and not as hours. This file alone knows that there are time zones.
 */

const utcDay = 86_400_000;
const two = (n: number): string => String(n).padStart(2, '0');

/** The day of an instant, `2026-12-01`. @param at ISO 8601, UTC. */
export function dayOf(at: string): string {
  const local = new Date(at);
  const year = String(local.getFullYear()).padStart(4, '0');
  return `${year}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
}

/** Milliseconds of the first instant of a day; where a clock skips midnight, that is later. */
export const startOfDay = (day: string): number => new Date(`${day}T00:00`).getTime();

/** How many days from one day to another: negative if it is earlier. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / utcDay;

/** The day so many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * utcDay).toISOString().slice(0, 10);

/** The same time of day so many days later: ISO 8601, UTC. */
export function sameTimeAfter(at: string, days: number): string {
  const local = new Date(at);
  local.setDate(local.getDate() + days);
  return local.toISOString();
}
