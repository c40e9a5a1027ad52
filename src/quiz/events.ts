/** What the quiz writes in the log. The store adds v and id; nothing here knows how it is kept. */
import type { Rating } from './rating.js';

/** One answered question, before it has an id. */
export interface AnsweredEventBody {
  readonly type: 'answered';
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The card as asked: a generated one with its seed. */
  readonly card: string;
  readonly rating: Rating;
  readonly correct: boolean;
  readonly ms: number;
  readonly hinted: boolean;
  /** What was typed or chosen, at most 1,000 characters, in an interview 5,000; ticks stand behind it. */
  readonly given: string;
  readonly session: string;
  readonly [field: string]: unknown;
}

/** One answered question as it stands in the log. */
export interface AnsweredEvent extends AnsweredEventBody {
  readonly id: string;
}

/** Any event of the log, of this room or not: only type and time are certain. */
export interface LogEvent {
  readonly type: string;
  readonly at: string;
  readonly [field: string]: unknown;
}
