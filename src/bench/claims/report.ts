/** What `bptt claims` found: plain data. Every number in it was measured in the run. */

export const verdicts = ['holds', 'holds within limits', 'loose'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Measured {
  /** What was measured, with its sizes. */
  readonly what: string;
  /** Null where it is not a finite number. */
  readonly value: number | null;
}

export interface ClaimReport {
  readonly id: string;
  /** The claim, as sources say it. */
  readonly says: string;
  readonly verdict: Verdict;
  /** The verdict that docs/claims.md gives. */
  readonly documented: Verdict;
  readonly measured: readonly Measured[];
  /** The sentence for the interview. */
  readonly say: string;
}

export interface ClaimsReport {
  readonly version: 1;
  readonly seed: number;
  readonly claims: readonly ClaimReport[];
  /** Whether every verdict is the documented one. */
  readonly agrees: boolean;
}
