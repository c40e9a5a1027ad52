/** What `bptt bench speed` found: plain data. Times are of one machine in one run; the shares travel. */

/** Sizes of one case. */
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

export interface SpeedReport {
  readonly version: 1;
  /** The set in use, and why. */
  readonly kernels: { readonly name: 'loops' | 'simd'; readonly why: string };
  /** Float64 multiply-adds a second with SIMD and without fused multiply-add, in registers; null without SIMD. */
  readonly ceiling: number | null;
  /** What was compared before it was timed, and whether both kernel sets gave the same bits. What did not is not timed. */
  readonly agreement: readonly { readonly name: string; readonly sameBits: boolean }[];
  readonly cases: readonly SpeedCase[];
  /** Multiply-adds a second of simd as a share of the ceiling, measured in turns with it. */
  readonly efficiency: readonly { readonly kernel: string; readonly share: number }[];
}
