import { integer, kata, map, scalar, vector } from 'bptt/define';
import type { Vector } from 'bptt/define';

interface Given {
  analytic: Vector;
  numeric: Vector;
}

const largest = (v: Vector): number => Math.max(...map(v, Math.abs));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** ‖n‖∞. */
  norm: largest,
  difference: (a: number, n: number): number => Math.abs(a - n),
  /** What the difference is measured against, for one entry of a tensor whose ‖n‖∞ is known; 1 where all is 0. */
  against: (a: number, n: number, norm: number): number =>
    Math.max(Math.abs(a), Math.abs(n)) + 1e-4 * norm || 1,
  /** One number for the whole tensor, from the error of every entry. */
  overall: (errors: Vector): number => Math.max(...errors),
};

/** The error of every entry, and their summary, as a learner would write them. */
function compare(
  { analytic, numeric }: Given,
  change: Partial<typeof right> = {},
): { maxError: number; worstIndex: number } {
  const { norm: measure, difference, against, overall } = { ...right, ...change };
  const norm = measure(numeric);
  const errors = analytic.map((a, j) => difference(a, numeric[j]!) / against(a, numeric[j]!, norm));
  return { maxError: overall(errors), worstIndex: errors.indexOf(Math.max(...errors)) };
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

export default kata('relative-error', {
  topic: '20-gradients',
  title: 'The relative error of a gradient check',
  level: 1,
  minutes: 6,
  equations: [],
  inputs: { analytic: vector('H'), numeric: vector('H') },
  outputs: { maxError: scalar, worstIndex: integer(0, 2 ** 31) },

  // The first entry is all rounding error, as a vanished gradient is: so small that only the floor makes it harmless.
  prepare: ({ analytic, numeric }) => ({
    analytic: analytic.map((a, j) => (j === 0 ? -1e-5 * numeric[0]! : a)),
    numeric: numeric.map((n, j) => (j === 0 ? 1e-5 * n : n)),
  }),

  edges: {
    'a is 0 in one entry, and n is not': ({ analytic, numeric }) => ({
      analytic: analytic.map((a, j) => (j === 0 ? 0 : a)),
      numeric,
    }),
    'a is 0 everywhere, and n is not': ({ analytic, numeric }) => ({
      analytic: map(analytic, () => 0),
      numeric,
    }),
    'n is 0 everywhere, and a is not': ({ analytic, numeric }) => ({
      analytic,
      numeric: map(numeric, () => 0),
    }),
  },

  // Another form than a learner's: the entries are sorted by their error, worst first.
  reference: ({ analytic, numeric }) => {
    const floor = 1e-4 * Math.max(...numeric, ...map(numeric, (n) => -n));
    const entries = [...analytic.entries()].map(([j, a]) => {
      const n = numeric[j]!;
      const size = Math.max(a, -a, n, -n) + floor;
      return { j, error: size === 0 ? 0 : Math.max(a - n, n - a) / size };
    });
    const [worst] = entries.sort((one, other) => other.error - one.error || one.j - other.j);
    return { maxError: worst!.error, worstIndex: worst!.j };
  },

  laws: [
    {
      name: 'twice too large is an error of 1/2, in gradients of 1e-12 too',
      change: ({ numeric }) => {
        const tiny = map(numeric, (n) => 1e-12 * n);
        return { analytic: map(tiny, (n) => 2 * n), numeric: tiny };
      },
      holds: (_, { maxError }) => near(maxError, 1 / 2.0001),
    },
    {
      name: 'a gradient of the wrong sign has an error of 2, for every entry alike',
      change: ({ numeric }) => ({ analytic: map(numeric, (n) => -n), numeric }),
      holds: (_, { maxError }) => near(maxError, 2 / 1.0001),
    },
    {
      name: 'of entries that are equally wrong the first is reported',
      change: ({ numeric }) => ({
        analytic: map(numeric, () => 2),
        numeric: map(numeric, () => 1),
      }),
      holds: (_, { worstIndex }) => worstIndex === 0,
    },
    {
      name: 'a gradient that is 0 where it should be 0 has no error',
      change: ({ analytic, numeric }) => ({
        analytic: map(analytic, () => 0),
        numeric: map(numeric, () => 0),
      }),
      holds: (_, { maxError, worstIndex }) => maxError === 0 && worstIndex === 0,
    },
  ],

  attempt: compare,

  mistakes: [
    {
      id: 'absolute-error',
      says: 'You return |a - n|. An error of 1e-6 is nothing in a gradient of 1 and everything in one of 1e-6: divide by the size.',
      change: { against: () => 1 },
    },
    {
      id: 'divided-by-sum',
      says: 'You divide by |a| + |n|. Here it is the larger of the two: max(|a|, |n|).',
      change: { against: (a, n, norm) => Math.abs(a) + Math.abs(n) + 1e-4 * norm },
    },
    {
      id: 'divided-by-numeric',
      says: 'You divide by |n| alone. Where n is near 0 that explodes: take max(|a|, |n|).',
      change: { against: (_, n, norm) => Math.abs(n) + 1e-4 * norm },
    },
    {
      id: 'no-floor',
      says: 'You divide by max(|a|, |n|) alone. An entry that is all rounding error then fails the whole check: add 1e-4 ‖n‖∞.',
      change: { against: (a, n) => Math.max(Math.abs(a), Math.abs(n)) },
    },
    {
      id: 'absolute-floor',
      says: 'You add 1e-8 below the line. That lets every vanished gradient pass as right: the floor has to scale with the tensor, 1e-4 ‖n‖∞.',
      change: { against: (a, n) => Math.max(Math.abs(a), Math.abs(n)) + 1e-8 },
    },
    {
      id: 'floor-from-analytic',
      says: 'Your floor is 1e-4 ‖a‖∞, of the gradient under test. It comes from the one that was measured: 1e-4 ‖n‖∞.',
      reads: ({ analytic, numeric }) => ({ analytic: numeric, numeric: analytic }),
    },
    {
      id: 'index-from-one',
      says: 'Your worstIndex is counted from 1. Here it is counted from 0.',
      returns: ({ maxError, worstIndex }) => ({ maxError, worstIndex: worstIndex + 1 }),
    },
    {
      id: 'divided-by-smaller',
      says: 'You divide by the smaller of |a| and |n|. Where one of them is near 0 that explodes: take the larger.',
      change: { against: (a, n, norm) => Math.min(Math.abs(a), Math.abs(n)) + 1e-4 * norm },
    },
    {
      id: 'floor-per-entry',
      says: 'Your floor is 1e-4 |n_j|, of the entry itself. It has to come from the largest entry: 1e-4 ‖n‖∞.',
      change: {
        against: (a, n) => Math.max(Math.abs(a), Math.abs(n)) + 1e-4 * Math.abs(n),
      },
    },
    {
      id: 'whole-tensor',
      says: 'You divide by the largest entry of the whole tensor. Small entries can then be as wrong as they like: each is measured against its own size.',
      change: { against: (_a, _n, norm) => norm + 1e-4 * norm },
    },
    {
      id: 'signed-difference',
      says: 'Your difference keeps its sign, so an entry that is too small counts as less than right. Take |a - n|.',
      change: { difference: (a, n) => Math.max(0, a - n) },
    },
    {
      id: 'mean-error',
      says: 'You average the errors. One wrong entry of a large matrix then disappears: report the worst.',
      change: {
        overall: (errors) => errors.reduce((sum, e) => sum + e, 0) / errors.length,
      },
    },
    {
      id: 'magnitudes-compared',
      says: 'You compare |a| with |n|, so a wrong sign is invisible. Take the difference first: |a - n|.',
      change: { difference: (a, n) => Math.abs(Math.abs(a) - Math.abs(n)) },
    },
    {
      id: 'floor-as-least',
      says: 'Your floor is the least that you divide by: max(|a|, |n|, 1e-4 ‖n‖∞). Here it is added: max(|a|, |n|) + 1e-4 ‖n‖∞.',
      change: { against: (a, n, norm) => Math.max(Math.abs(a), Math.abs(n), 1e-4 * norm) },
    },
    {
      id: 'floor-from-length',
      says: 'Your floor is 1e-4 times the length of n. ‖n‖∞ is the largest |n_j|.',
      change: { norm: (n) => Math.hypot(...n) },
    },
    {
      id: 'floor-without-magnitude',
      says: 'Your floor is 1e-4 times the largest n_j, so that a large negative entry does not count. ‖n‖∞ is the largest |n_j|.',
      change: { norm: (n) => Math.max(0, ...n) },
    },
    {
      id: 'index-of-largest-difference',
      says: 'Your worstIndex is where |a - n| is largest. It is where the relative error is.',
      returns: ({ maxError }, { analytic, numeric }) => {
        const differences = analytic.map((a, j) => Math.abs(a - numeric[j]!));
        return { maxError, worstIndex: differences.indexOf(Math.max(...differences)) };
      },
    },
  ],

  hints: [
    'A difference means nothing without the size of what differs. And one bad entry must not be averaged away.',
    'e_j = |a_j - n_j| / (max(|a_j|, |n_j|) + 1e-4 ‖n‖∞): the floor is a share of the tensor, never a fixed number.',
    'Two loops: the first finds norm, the largest |n|; the second computes e and keeps it if e > maxError. Skip an entry where a === n, so that 0 / 0 never happens.',
  ],
  followUps: [
    'Which ε do you take for central differences in float64, and what happens in float32?',
    'Your check fails at one entry with a ratio a/n of exactly T. What did you forget?',
    'Why must a check walk through every entry, and what does a random direction buy you?',
  ],
});
