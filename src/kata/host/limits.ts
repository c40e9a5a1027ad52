/** The limits of a host: what one call may take. It defines and checks them; process.ts enforces them. */

/** What a learner's file may take. */
export interface HostLimits {
  /** Wall-clock time for one call, or for starting and loading, in milliseconds. */
  readonly deadlineMs: number;
  /** Memory of the whole child process, in megabytes; Node itself needs about 50. */
  readonly memoryMb: number;
  /** Wall-clock time for all calls together, in deadlines: one that nearly takes its deadline each time comes to an end. */
  readonly deadlines: number;
  /** What it may print on stdout and stderr together, in bytes. */
  readonly outputBytes: number;
}

/** 5 s, 30 s for all calls, 512 MB, 1 MB. */
export const defaultLimits: HostLimits = {
  deadlineMs: 5000,
  deadlines: 6,
  memoryMb: 512,
  outputBytes: 1_000_000,
};

const ranges: Record<keyof HostLimits, readonly [number, number]> = {
  deadlineMs: [1, 3_600_000],
  deadlines: [1, 1_000_000],
  memoryMb: [64, 1_048_576],
  outputBytes: [0, 100_000_000],
};

/**
 * The default limits with some replaced.
 * @throws RangeError when one is not an integer in its range.
 */
export function completeLimits(some: Partial<HostLimits> = {}): HostLimits {
  const limits = { ...defaultLimits, ...some };
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = limits[name as keyof HostLimits];
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new RangeError(
        `Expected ${name} to be an integer from ${least} to ${most}, got ${String(value)}.`,
      );
    }
  }
  return limits;
}

/** Milliseconds as a person reads them: `5 s`, `1.5 s`, `250 ms`. */
export const spoken = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`);
