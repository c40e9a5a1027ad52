/** Whether the plan until the interview still holds: a fold of the log. It plans nothing itself (quiz/plan.ts does). */
import { planFor, type Deck, type History, type Plan } from '../quiz/index.js';

export interface Pace {
  /** New cards on the fullest day, as the plan was when the day of the interview was set. */
  readonly planned: number;
  /** The same of the plan as it is now: what was left undone has been divided among the days left. */
  readonly needed: number;
  /** Whether no day has to be fuller than it was planned. */
  readonly onTrack: boolean;
}

/**
 * @param plan as planFor gives it for the history's day and states
 * @param history one in which a day is set
 * @param now ISO 8601, UTC
 */
export function paceOf(plan: Plan, { planned: set }: History, deck: Deck, now: string): Pace {
  // A clock that went backwards: the plan begins now at the latest.
  const at = set !== undefined && set.at < now ? set.at : now;
  const planned = fullest(planFor(plan.interview, set?.states ?? new Map(), deck, at));
  const needed = fullest(plan);
  return { planned, needed, onTrack: needed <= planned };
}

const fullest = ({ days }: Plan): number => Math.max(...days.map((day) => day.new));
