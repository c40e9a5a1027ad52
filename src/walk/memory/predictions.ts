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

/**
 * By mode, in the order in which a step asks, up to the first question that is open. A log can be edited by hand: what
 * fits nothing is left out.
 */
export function predictionsOf(
  events: readonly LogEvent[],
): ReadonlyMap<MemoryMode, readonly Prediction[]> {
  const given = events.filter(({ type }) => type === 'predicted');
  return new Map(
    memorySequence.map((step) => {
      const made = askedIn(step).map((of) =>
        given.findLast((event) => event.mode === step.id && event.of === of),
      );
      const open = made.findIndex((last) => typeof last?.given !== 'string');
      return [
        step.id,
        made.slice(0, open < 0 ? made.length : open).map((last, n) => ({
          of: askedIn(step)[n]!,
          given: last!.given as string,
          correct: last!.correct === true,
        })),
      ];
    }),
  );
}
