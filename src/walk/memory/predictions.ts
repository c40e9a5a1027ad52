/** What the learner predicted, as events and as their fold: the last word on each question counts. */
import { askedIn, memorySequence, type Asked } from './steps.js';
import type { MemoryMode } from '../../bench/index.js';
import type { LogEvent } from '../../quiz/index.js';

export interface Prediction {
  readonly of: Asked;
  /** What was typed, at most 100 characters. */
  readonly given: string;
  readonly correct: boolean;
}

export interface PredictedEvent extends Prediction {
  readonly type: 'predicted';
  readonly mode: MemoryMode;
  readonly [field: string]: unknown;
}

/** By mode, in the order in which a step asks. A log can be edited by hand: what fits nothing is left out. */
export function predictionsOf(
  events: readonly LogEvent[],
): ReadonlyMap<MemoryMode, readonly Prediction[]> {
  const given = events.filter(({ type }) => type === 'predicted');
  return new Map(
    memorySequence.map((step) => [
      step.id,
      askedIn(step).flatMap((of): Prediction[] => {
        const last = given.findLast((event) => event.mode === step.id && event.of === of);
        return typeof last?.given === 'string'
          ? [{ of, given: last.given, correct: last.correct === true }]
          : [];
      }),
    ]),
  );
}
