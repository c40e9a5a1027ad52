import { Arena, meanSquaredError } from 'bptt';
import { kata, map, scalar, sequence, vector } from 'bptt/define';
import type { Sequence, Vector } from 'bptt/define';

interface Given {
  losses: Sequence;
  lengths: Vector;
}

const total = (values: Iterable<number>): number => [...values].reduce((sum, v) => sum + v, 0);
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : total(values) / values.length;

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** Whether step t of a sequence of this length counts. */
  counts: (t: number, length: number, _T: number): boolean => t < length,
  /** One number from the counted losses of each sequence. */
  reduce: (counted: number[][], _sizes: { T: number; B: number }): number => mean(counted.flat()),
};

/** The loss as a learner would write it. */
function lossOf({ losses, lengths }: Given, change: Partial<typeof right> = {}): { loss: number } {
  const { counts, reduce } = { ...right, ...change };
  const [T, B] = [losses.length, lengths.length];
  const counted = Array.from(lengths, (length, n) =>
    losses.filter((_, t) => counts(t, length, T)).map((row) => row[n]!),
  );
  return { loss: reduce(counted, { T, B }) };
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b);
const everything = (): boolean => true;
/** Another loss in the padding. */
const padded = ({ losses, lengths }: Given, value: number): Given => ({
  losses: losses.map((row, t) => row.map((v, n) => (t < lengths[n]! ? v : value))),
  lengths,
});

export default kata('masked-loss', {
  topic: '50-sequences',
  title: 'The loss of a padded batch',
  level: 1,
  minutes: 6,
  equations: [],
  inputs: { losses: sequence('B'), lengths: vector('B') },
  outputs: { loss: scalar },

  /** Losses are positive, in the padding too; lengths are whole numbers from 1 to T. */
  prepare: ({ losses, lengths }) => ({
    losses: losses.map((row) => map(row, (v) => 3 * Math.abs(v) || 1)),
    lengths: map(lengths, (v) => 1 + (Math.floor(1000 * Math.abs(v)) % losses.length)),
  }),

  // The engine's loss with a mask: the square of an error √L is L.
  reference: ({ losses, lengths }) => {
    const errors = Float64Array.from(losses.flatMap((row) => [...map(row, Math.sqrt)]));
    const mask = Uint8Array.from(
      losses.flatMap((_, t) => Array.from(lengths, (length) => (t < length ? 1 : 0))),
    );
    const sizes = { N: errors.length, C: 1 };
    const targets = new Float64Array(errors.length);
    const { loss } = meanSquaredError(new Arena(), sizes, errors, targets, { mask });
    return { loss };
  },

  laws: [
    {
      name: 'what stands in the padding does not matter',
      change: (given) => padded(given, 1000),
      holds: (given, { loss }) => near(loss, lossOf(padded(given, 0)).loss),
    },
    {
      name: 'the padding may hold NaN: it is left out, not multiplied by 0',
      change: (given) => padded(given, NaN),
      holds: (given, { loss }) => near(loss, lossOf(padded(given, 0)).loss),
    },
    {
      name: 'where every real step has the loss 2, the loss is 2, whatever the lengths',
      change: ({ losses, lengths }) =>
        padded({ losses: losses.map((row) => map(row, () => 2)), lengths }, 7),
      holds: (_, { loss }) => near(loss, 2),
    },
    {
      name: 'with no padding it is the plain mean',
      change: ({ losses, lengths }) => ({ losses, lengths: map(lengths, () => losses.length) }),
      holds: ({ losses }, { loss }) => near(loss, mean(losses.flatMap((row) => [...row]))),
    },
  ],

  attempt: lossOf,

  mistakes: [
    {
      id: 'padding-counted',
      says: 'You take the mean over everything, padding included. Only steps t < length count.',
      change: { counts: () => true },
      card: 'rnn.variable-length.order',
    },
    {
      id: 'divided-by-padded-size',
      says: 'You leave the padding out of the sum but divide by T · B. Divide by the number of real steps, or short sequences look easy.',
      change: { reduce: (counted, { T, B }) => total(counted.flat()) / (T * B) },
      card: 'rnn.variable-length.order',
    },
    {
      id: 'mean-of-means',
      says: 'You take each sequence’s mean and then the mean of those. A step of a short sequence then weighs more than one of a long; here every real step weighs the same.',
      change: { reduce: (counted) => mean(counted.map((own) => mean(own))) },
    },
    {
      id: 'sum-over-steps',
      says: 'You divide by the number of sequences: the sum over the steps, the mean over the batch. Asked for is the mean over all real steps.',
      change: { reduce: (counted, { B }) => total(counted.flat()) / B },
    },
    {
      id: 'not-divided',
      says: 'Your loss is a sum. It grows with the batch and with T; divide by the number of real steps.',
      change: { reduce: (counted) => total(counted.flat()) },
    },
    {
      id: 'divided-by-steps',
      says: 'You divide by T. The sum is over all sequences, so it is divided by the number of real steps of all of them.',
      change: { reduce: (counted, { T }) => total(counted.flat()) / T },
    },
    {
      id: 'one-step-too-many',
      says: 'Your mask is t <= length. Steps count from 0, so the first step of the padding is t = length: it slips in.',
      change: { counts: (t, length) => t <= length },
    },
    {
      id: 'last-step-lost',
      says: 'Your mask ends one step early: the last real step is t = length - 1, and it counts.',
      change: { counts: (t, length) => t < length - 1 },
    },
    {
      id: 'padding-before',
      says: 'You count the last `length` steps. Here the padding comes after the sequence, so the first `length` count.',
      change: { counts: (t, length, T) => t >= T - length },
    },
    {
      id: 'mask-inverted',
      says: 'Your mask is the wrong way round: you take the mean over the padding.',
      change: { counts: (t, length) => t >= length },
    },
    {
      id: 'last-step-only',
      says: 'You take each sequence’s last real step alone. That is a classifier’s loss; here every real step has one.',
      change: { counts: (t, length) => t === length - 1 },
    },
    {
      id: 'shortest-for-all',
      says: 'You cut the batch at its shortest sequence. Every sequence counts up to its own length.',
      reads: (given) => ({
        ...given,
        lengths: map(given.lengths, () => Math.min(...given.lengths)),
      }),
    },
    {
      id: 'padding-in-the-sum',
      says: 'You divide by the number of real steps, but the padding is in your sum. Only steps t < length are added.',
      change: (given) => ({
        counts: everything,
        reduce: (counted) => total(counted.flat()) / total(given.lengths),
      }),
    },
    {
      id: 'step-beyond-added',
      says: 'Your sum takes in step t = length, the first of the padding: t < length, not t <= length.',
      change: (given) => ({
        counts: (t, length) => t <= length,
        reduce: (counted) => total(counted.flat()) / total(given.lengths),
      }),
    },
    {
      id: 'last-step-not-added',
      says: 'Your sum ends one step early: the last real step is t = length - 1, and it counts.',
      change: (given) => ({
        counts: (t, length) => t < length - 1,
        reduce: (counted) => total(counted.flat()) / total(given.lengths),
      }),
    },
  ],

  hints: [
    'Padding is there so that the batch is a rectangle. It must weigh nothing: neither in the sum nor in the count.',
    'L = Σ_n Σ_{t < length_n} L_tn / Σ_n length_n.',
    'For each n: for (let t = 0; t < lengths[n]; t++) sum += losses[t][n]; count += lengths[n]. Then loss = sum / count.',
  ],
  followUps: [
    'Mask by multiplying, and one padded step is NaN. What is your loss, and what does select instead of multiply?',
    'Mean over steps or mean over sequences: what does each say about long sequences, and which do you report as perplexity?',
    'The batch is split over four machines. Why is the mean of their losses not the loss?',
    'The loss is masked. Why must the backward cell of a bidirectional layer still know the lengths?',
  ],
});
