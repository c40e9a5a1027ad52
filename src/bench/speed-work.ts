/** What can be timed: a name, sizes, and calls that want their arrays in place. */
import type { SpeedAgreement, SpeedConfig } from './speed-report.js';

/** One call that is timed. */
export interface SpeedPart {
  /** The case's name, e.g. `lstm forward+backward`. */
  readonly says: string;
  readonly call: () => void;
  /** The multiply-adds of its products, where they say how fast it could be. */
  readonly multiplyAdds?: number;
}

/** A piece of work while its arrays are in place. */
export interface OpenWork {
  readonly parts: readonly SpeedPart[];
  /** Every number that it gives, in one array: for comparing bits. */
  readonly everything: () => Float64Array;
}

export interface SpeedWork {
  readonly name: string;
  readonly config: SpeedConfig;
  /** The names of its parts. */
  readonly says: readonly string[];
  /** `simd`: plain loops would take seconds. `fastest`: what the kernels do in it is the least. Default: all sets. */
  readonly kernels?: 'simd' | 'fastest';
  /** Runs `body` with the work, its arrays in memory until the body ends. */
  readonly open: <R>(body: (work: OpenWork) => R) => R;
  /** Another way to its numbers that must agree, apart from the other kernel set. */
  readonly compare?: () => SpeedAgreement;
}

/** Arrays one behind the other. */
export function joined(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
