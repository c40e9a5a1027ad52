/** The report of a gradient check: plain data, read by the terminal, --json and HTML alike. */

export type Method = 'both' | 'complex-step' | 'five-point';

/** How far a tensor's gradient is from the oracle's, in words. `undecided`: smaller than the oracle's own error bar. */
export type Verdict =
  'exact' | 'ok' | 'suspicious' | 'likely wrong' | 'wrong' | 'no gradient' | 'undecided';

export interface OracleReport {
  /** max over entries of |a - n| / (max(|a|, |n|) + 1e-4 ‖n‖∞). */
  readonly maxError: number;
}

export interface FivePointReport extends OracleReport {
  /** The rounding error to be expected of one entry, on the same scale as maxError. */
  readonly bar: number;
  /** Entries that the differences cannot decide, because Ridders' own error bar is larger than they are. */
  readonly undecided: number;
}

export interface WorstEntry {
  readonly index: readonly number[];
  /** In words: «unit 2, from x[1]». */
  readonly where: string;
  readonly analytic: number;
  readonly numeric: number;
  /** analytic / numeric; null where numeric is 0. */
  readonly ratio: number | null;
}

export interface TensorReport {
  readonly name: string;
  readonly shape: readonly number[];
  /** ‖n‖∞: the largest entry of the oracle's gradient. */
  readonly norm: number;
  /** The error against the best oracle that ran: the complex step where there is one. */
  readonly maxError: number;
  readonly worst: WorstEntry;
  readonly complexStep: OracleReport | null;
  readonly fivePoint: FivePointReport | null;
  readonly verdict: Verdict;
  readonly passed: boolean;
  /** What the ratio suggests, and where in time the error sits; null when there is nothing to say. */
  readonly says: string | null;
}

export interface GradientReport {
  readonly version: 1;
  readonly cell: string;
  readonly passed: boolean;
  readonly seed: number;
  readonly method: Method;
  readonly dims: Readonly<Record<string, number>>;
  /** Numbers in all tensors together. */
  readonly entries: number;
  /** The planted mistake that was asked for, with its sentence. */
  readonly mistake: { readonly id: string; readonly says: string } | null;
  /** What disqualifies the functions themselves: not deterministic, changed their inputs, … */
  readonly faults: readonly string[];
  readonly tensors: readonly TensorReport[];
}
