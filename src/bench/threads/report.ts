/** What `bptt bench speed --threads N` found: plain data. Times are of one machine in one run; the ratios travel. */
import type { SpeedConfig } from '../speed-report.js';

/** One cell at one size, forward and backward over a whole batch. */
export interface ThreadsCase {
  /** E.g. `lstm forward+backward`. */
  readonly name: string;
  readonly config: SpeedConfig;
  readonly shards: number;
  /** Whether one thread and all of them gave the same bits, every number of the pass. What did not is not timed. */
  readonly sameBits: boolean;
  /** Whether outputs, dx and the gradients of states have the bits of the pass that is not cut into shards. */
  readonly sameAsUndivided: boolean;
  /** How far the parameters' gradients are from that pass's: the largest distance over its largest entry. */
  readonly parametersOff: number;
  /** Milliseconds a pass, the median: not cut into shards, in shards on one thread, in shards on all of them. */
  readonly medianMs: {
    readonly undivided: number;
    readonly one: number;
    readonly all: number;
  } | null;
}

export interface ThreadsReport {
  readonly version: 1;
  readonly threads: number;
  /** Processors that the system says may be used. */
  readonly processors: number;
  /** The kernel set in use, and why. */
  readonly kernels: { readonly name: 'loops' | 'simd'; readonly why: string };
  readonly shardSize: number;
  readonly cases: readonly ThreadsCase[];
}
