/** Whether the plan until the interview still holds: a fold of the log. It plans nothing itself (quiz/plan.ts does). */
import { planFor, type Deck, type LogEvent, type Plan } from '../quiz/index.js';

export interface Pace {
  /** New cards on the fullest day, as the plan was when the day of the interview was set. */
  readonly planned: number;
  /** The same of the plan as it is now: what was left undone has been divided among the days left. */
  readonly needed: number;
  /** Whether no day has to be fuller than it was planned. */
  readonly onTrack: boolean;
}

/**
 * @param plan as planFor gives it for these events
 * @param events in the order of time
 * @param now ISO 8601, UTC
 */
export function paceOf(plan: Plan, events: readonly LogEvent[], deck: Deck, now: string): Pace {
  const set = events.findLastIndex(
    ({ type, interview }) => type === 'planned' && interview === plan.interview,
  );
  const at = events[set]?.at ?? now;
  // A clock that went backwards: the plan begins now at the latest.
  const then = planFor(plan.interview, events.slice(0, set + 1), deck, at < now ? at : now);
  const planned = fullest(then);
  const needed = fullest(plan);
  return { planned, needed, onTrack: needed <= planned };
}

const fullest = ({ days }: Plan): number => Math.max(...days.map((day) => day.new));
