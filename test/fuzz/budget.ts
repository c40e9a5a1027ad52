/**
 * How many cases: 2,000 from a fixed seed in `npm test`, BPTT_FUZZ of them from a new one in `npm run fuzz`.
 * fast-check prints the seed of a failure; BPTT_FUZZ_SEED replays it.
 */
import fc from 'fast-check';

const total = Number(process.env.BPTT_FUZZ ?? 2000);
const seed = process.env.BPTT_FUZZ_SEED ?? (process.env.BPTT_FUZZ === undefined ? '7' : undefined);

/** This share of the cases, for fc.assert. */
export const share = (part: number): { numRuns: number; seed?: number } => ({
  numRuns: Math.max(1, Math.round(part * total)),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
});

/** Every kind of value that fast-check has. */
export const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  stringUnit: 'binary',
  maxDepth: 3,
});

/** Doubles with everything that is odd in them, and often. */
export const anyDouble = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 1e308, -1e308, 5e-324, 1, -1),
);
