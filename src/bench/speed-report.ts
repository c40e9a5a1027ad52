/** What `bptt bench speed` found: plain data. Times are of one machine in one run; the shares travel. */

/** Sizes of one case. In attention T queries meet T keys, D columns of query and key, H of values. */
export interface SpeedConfig {
  readonly T: number;
  readonly B: number;
  readonly D: number;
  readonly H: number;
}

export interface SpeedCase {
  /** E.g. `lstm forward+backward`. */
  readonly name: string;
  readonly config: SpeedConfig;
  readonly kernels: 'loops' | 'simd';
  /** Milliseconds a call. */
  readonly medianMs: number;
  readonly p10Ms: number;
}

/** Two ways to the same numbers, compared before they are timed. */
export interface SpeedAgreement {
  readonly name: string;
  readonly agrees: boolean;
  /** The largest difference, as a share of the largest number of its array; null where bits were compared. */
  readonly worst: number | null;
  /** How large it may be; null: the two must have the same bits. */
  readonly tolerance: number | null;
}

export interface SpeedReport {
  readonly version: 1;
  /** The set in use, and why. */
  readonly kernels: { readonly name: 'loops' | 'simd'; readonly why: string };
  /** Float64 multiply-adds a second with SIMD and without fused multiply-add, in registers; null without SIMD. */
  readonly ceiling: number | null;
  /** Both kernel sets, or a fast way and a plain one. What does not agree is not timed. */
  readonly agreement: readonly SpeedAgreement[];
  readonly cases: readonly SpeedCase[];
  /** Multiply-adds a second of simd as a share of the ceiling, measured in turns with it. */
  readonly efficiency: readonly { readonly kernel: string; readonly share: number }[];
}
