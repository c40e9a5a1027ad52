/** Progress is a fold of the event log: pure, and deaf to events it does not know. */
import type { Outcome } from './report.js';

/** Any event of the log. */
interface LoggedEvent {
  readonly type: string;
  readonly at: string;
  readonly [field: string]: unknown;
}

interface NamedMistake {
  readonly mistake: string;
  readonly card: string | null;
}

/** What a check writes to the log. */
export interface CheckedEvent {
  readonly type: 'checked';
  readonly kata: string;
  readonly outcome: Outcome;
  readonly diagnosis: (NamedMistake & { readonly also?: NamedMistake }) | null;
  readonly seed: number;
  readonly ms: number;
}

export type KataStatus = 'open' | 'failed' | 'passed';

export interface KataProgress {
  /** By the last check: a kata that fails again after a pass is failed. A stub that is not implemented stays open. */
  readonly status: KataStatus;
  readonly everPassed: boolean;
  readonly checks: number;
  /** The highest rung of the hint ladder that was shown; 0 for none. */
  readonly hints: number;
  readonly revealed: boolean;
  /** The known mistake of the last check, if it had one. */
  readonly mistake: string | null;
}

const fresh: KataProgress = {
  status: 'open',
  everPassed: false,
  checks: 0,
  hints: 0,
  revealed: false,
  mistake: null,
};

/** A log can be edited by hand: only a whole number is a rung. */
const isRung = (level: unknown): level is number => Number.isSafeInteger(level);

function advance(before: KataProgress, event: LoggedEvent): KataProgress {
  switch (event.type) {
    case 'checked': {
      const passed = event.outcome === 'passed';
      const { mistake } = (event.diagnosis ?? {}) as { mistake?: unknown };
      return {
        ...before,
        status: passed
          ? 'passed'
          : event.outcome === 'notImplemented' || event.outcome === 'missing'
            ? 'open'
            : 'failed',
        everPassed: before.everPassed || passed,
        checks: before.checks + 1,
        mistake: typeof mistake === 'string' ? mistake : null,
      };
    }
    case 'hinted':
      return {
        ...before,
        hints: Math.max(before.hints, isRung(event.level) ? event.level : 0),
      };
    case 'revealed':
      return { ...before, revealed: true };
    case 'reset':
      return { ...before, status: 'open', mistake: null };
    default:
      return before;
  }
}

/** Progress by kata id, from events in the order of time. */
export function progressOf(events: readonly LoggedEvent[]): (kata: string) => KataProgress {
  const byKata = new Map<string, KataProgress>();
  for (const event of events)
    if (typeof event.kata === 'string')
      byKata.set(event.kata, advance(byKata.get(event.kata) ?? fresh, event));
  return (kata) => byKata.get(kata) ?? fresh;
}
