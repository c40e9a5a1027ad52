/** The reports of gradient checks: plain data, read by the terminal, --json and HTML alike. */

/** Every entry against dual numbers, against five-point differences, against both; or a few directions a tensor. */
export type Method = 'both' | 'complex-step' | 'five-point' | 'fast';

/** How far a tensor's gradient is from the oracle's, in words. `undecided`: smaller than the oracle's own error bar, or no derivative to be had. */
export type Verdict =
  'exact' | 'ok' | 'suspicious' | 'likely wrong' | 'wrong' | 'no gradient' | 'undecided';

export interface OracleReport {
  /** max over entries (or directions) of |a - n| / (max(|a|, |n|) + 1e-4 ‖n‖∞). */
  readonly maxError: number;
  /**
   * The oracle's own error, on the same scale as maxError: of the complex step a bound on the rounding at
   * the worst entry, of differences the rounding to be expected of one entry.
   */
  readonly bar: number;
  /** Entries (or directions) that it cannot decide, because its error is larger than they are. */
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
  /** ‖n‖∞: the largest entry of the oracle's gradient; of the gradient under test where only directions were asked. */
  readonly norm: number;
  /** The error against the best oracle that ran: the complex step where there is one. */
  readonly maxError: number;
  /** Null where only directions were asked and they agree, and of an array without entries. */
  readonly worst: WorstEntry | null;
  readonly complexStep: OracleReport | null;
  readonly fivePoint: OracleReport | null;
  /** Differences along random directions, of --fast. */
  readonly directions: OracleReport | null;
  readonly verdict: Verdict;
  readonly passed: boolean;
  /** What the ratio suggests, and where in time the error sits; null when there is nothing to say. */
  readonly says: string | null;
}

/** What every gradient check reports, whatever it was a check of. */
export interface CheckReport {
  readonly version: 1;
  readonly passed: boolean;
  readonly seed: number;
  readonly method: Method;
  /** Numbers in all tensors together. */
  readonly entries: number;
  /** What disqualifies the functions themselves: not deterministic, changed their inputs, … */
  readonly faults: readonly string[];
  readonly tensors: readonly TensorReport[];
}

/** A cell of the engine. */
export interface GradientReport extends CheckReport {
  readonly cell: string;
  readonly dims: Readonly<Record<string, number>>;
  /** The planted mistake that was asked for, with its sentence. */
  readonly mistake: { readonly id: string; readonly says: string } | null;
}

/** Functions of a file: a forward pass and the backward pass that claims to be its gradient. */
export interface FunctionReport extends CheckReport {
  /** As it was given. */
  readonly file: string;
  /** The names of the exports: forward, backward, inputs. */
  readonly exports: readonly string[];
  /** What kept the check from being made, or from being finished; the tensors are then not reported. */
  readonly stopped: { readonly kind: string; readonly says: string } | null;
  /** What the file printed, at most the last 40 lines. */
  readonly printed: readonly string[];
}
