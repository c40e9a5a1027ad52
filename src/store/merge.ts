/**
 * Several logs as one history. It reads no file and folds nothing: what the events mean is for the rooms
 * that wrote them.
 */
import { instantKey, type Event } from './event.js';

interface Placed {
  readonly event: Event;
  readonly instant: string;
}

/**
 * All events of the logs, ordered by time, then by id, each id once. Of different events with one id the
 * first in time stays, and of those the one whose JSON text sorts first, so the order of the logs never matters.
 * @throws TypeError when an event's `at` is not an ISO 8601 instant in UTC; readLog gives no such event
 */
export function merge(logs: readonly (readonly Event[])[]): Event[] {
  const byId = new Map<string, Placed>();
  for (const log of logs) {
    for (const event of log) {
      const instant = instantKey(event.at);
      if (instant === undefined) throw new TypeError('An event to merge has no valid time (at).');
      const placed = { event, instant };
      const other = byId.get(event.id);
      if (other === undefined || precedes(placed, other)) byId.set(event.id, placed);
    }
  }
  return [...byId.values()]
    .sort((a, b) => order(a.instant, b.instant) || order(a.event.id, b.event.id))
    .map(({ event }) => event);
}

/** Among two events with one id. The texts are compared only where the times agree. */
function precedes(a: Placed, b: Placed): boolean {
  if (a.event === b.event) return false;
  const byTime = order(a.instant, b.instant);
  return byTime !== 0 ? byTime < 0 : JSON.stringify(a.event) < JSON.stringify(b.event);
}

/** By code units: the same on every machine, whatever its language. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
