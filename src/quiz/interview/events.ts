/**
 * What an interview writes in the log, each with its session and the number of the item, from 0. An answer
 * to a card of the quiz is an `answered` event like any other and counts for that card's schedule; an
 * answer to a card of the interview's own is `explained`. `ms` is the time on the item so far.
 */
import type { AnsweredEventBody } from '../events.js';

interface OfItem {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly session: string;
  readonly item: number;
  readonly ms: number;
  readonly [field: string]: unknown;
}

export interface BeganEvent {
  readonly type: 'interview-began';
  readonly at: string;
  readonly session: string;
  readonly question: string;
  readonly seed: number;
  readonly [field: string]: unknown;
}

export type InterviewEventBody =
  | BeganEvent
  | (AnsweredEventBody & OfItem)
  | (OfItem & { readonly type: 'explained'; readonly card: string; readonly given: string })
  | (OfItem & { readonly type: 'interview-checked'; readonly passed: boolean })
  /** With what was given where that could not be read and nobody was there to be asked again. */
  | (OfItem & { readonly type: 'interview-skipped'; readonly given?: string })
  | (OfItem & { readonly type: 'interview-paused'; readonly draft: string })
  /** It is not to be gone on with. */
  | {
      readonly type: 'interview-dropped';
      readonly at: string;
      readonly session: string;
      readonly [field: string]: unknown;
    };
