/** What a check leaves behind: an event in the history, and an exit code. */
import { exitCodes } from './refusal.js';
import type { CheckedEvent, KataReport } from '../kata/index.js';

export const checkedEvent = ({ id, outcome, diagnosis, seed, ms }: KataReport): CheckedEvent => ({
  type: 'checked',
  kata: id,
  outcome,
  diagnosis: diagnosis && {
    mistake: diagnosis.mistake,
    card: diagnosis.card,
    ...(diagnosis.also && { also: diagnosis.also }),
  },
  seed,
  ms,
});

/** How a check ends the process. */
export const exitOf = ({ outcome }: KataReport): number =>
  outcome === 'passed'
    ? exitCodes.passed
    : outcome === 'timedOut'
      ? exitCodes.timedOut
      : outcome === 'outOfMemory'
        ? exitCodes.outOfMemory
        : exitCodes.failed;
