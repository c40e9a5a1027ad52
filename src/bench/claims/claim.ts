/** What a claim is: what a source says, how it is measured, and how the measurement becomes a verdict. */
import type { Step } from '../../check/textbook/cells.js';
import type { attendTo } from '../../check/textbook/attention.js';
import type { Engine } from '../flow/pass.js';
import type { countBytes } from '../memory/run.js';
import type { Measured, Verdict } from './report.js';

/** What a claim is measured on. All of it is an argument: on another engine, another seed, the numbers are others. */
export interface Ground {
  readonly engine: Engine;
  readonly countBytes: typeof countBytes;
  /** The equations over any algebra: the LSTM's step, and attention of one query. */
  readonly textbook: { readonly lstm: Step; readonly attend: typeof attendTo };
  readonly seed: number;
}

export interface Finding {
  readonly measured: readonly Measured[];
  /** Whether it held in every case that it is about. */
  readonly holds: boolean;
  /** Whether a case was met, of those that a listener would include, in which it does not hold. Absent: no. */
  readonly limited?: boolean;
  /** The sentence for the interview, with these numbers. */
  readonly say: string;
}

export interface Claim {
  readonly id: string;
  /** As sources and candidates say it. */
  readonly says: string;
  /** The verdict that docs/claims.md gives: another one is a regression. */
  readonly documented: Verdict;
  readonly measure: (ground: Ground) => Finding;
}

export const verdictOf = ({ holds, limited = false }: Finding): Verdict =>
  !holds ? 'loose' : limited ? 'holds within limits' : 'holds';

/** A number as it is said: two digits. */
export const said = (value: number): string => {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.01 || size >= 1e5)) return value.toExponential(1).replace('e+', 'e');
  return String(Number(value.toPrecision(size >= 100 ? 3 : 2)));
};
