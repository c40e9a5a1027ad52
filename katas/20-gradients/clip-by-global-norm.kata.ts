import { clipGlobalNorm } from 'bptt';
import { kata, map, scalar, vectors } from 'bptt/define';
import type { Vector } from 'bptt/define';

interface Given {
  gradients: Vector[];
  maxNorm: number;
}

const sum = (v: readonly number[]): number => v.reduce((total, one) => total + one, 0);
const euclidean = (gradients: readonly Vector[]): number =>
  Math.sqrt(sum(gradients.flatMap((g) => [...g]).map((v) => v * v)));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  norm: euclidean,
  factor: (norm: number, maxNorm: number): number => (norm > maxNorm ? maxNorm / norm : 1),
  /** The norm that is returned, of the gradients before and after. */
  reported: (before: number, _after: number): number => before,
};

/** Clipping as a learner would write it. */
function clip(
  { gradients, maxNorm }: Given,
  change: Partial<typeof right> = {},
): { clipped: Vector[]; norm: number } {
  const { norm: measure, factor, reported } = { ...right, ...change };
  const norm = measure(gradients);
  const clipped = gradients.map((gradient) => map(gradient, (g) => factor(norm, maxNorm) * g));
  return { clipped, norm: reported(norm, measure(clipped)) };
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b);

export default kata('clip-by-global-norm', {
  topic: '20-gradients',
  title: 'Gradient clipping by global norm',
  level: 1,
  minutes: 6,
  equations: ['training.norm', 'training.clip'],
  inputs: { gradients: vectors, maxNorm: scalar },
  outputs: { clipped: vectors, norm: scalar },

  // A maxNorm above 0, of the size of the norms that are generated: some cases are clipped, some are not.
  prepare: ({ gradients, maxNorm }) => ({ gradients, maxNorm: 4 * Math.abs(maxNorm) || 1 }),
  edges: {
    'there is one vector': ({ gradients, maxNorm }) => ({
      gradients: gradients.slice(0, 1),
      maxNorm,
    }),
    'the norm is maxNorm': ({ gradients }) => ({
      gradients: gradients.map((g, n) => g.map((_, j) => (n + j === 0 ? 3 : 0))),
      maxNorm: 3,
    }),
  },
  reference: ({ gradients, maxNorm }) => {
    const clipped = gradients.map((gradient) => gradient.slice());
    const norm = clipGlobalNorm(clipped, maxNorm);
    return { clipped, norm };
  },

  /** All gradients in one vector. */
  symbols: ({ gradients, maxNorm }) => ({
    dtheta: Float64Array.from(gradients.flatMap((gradient) => [...gradient])),
    maxNorm,
  }),

  laws: [
    {
      name: 'a gradient shorter than maxNorm comes back as it was',
      change: (given) => ({ ...given, maxNorm: 1000 }),
      holds: ({ gradients }, { clipped }) =>
        clipped.every((gradient, j) => gradient.every((g, k) => g === gradients[j]![k])),
    },
    {
      name: 'a gradient longer than maxNorm comes back with the norm maxNorm',
      change: (given) => ({ ...given, maxNorm: 0.01 }),
      holds: (_, { clipped }) => near(euclidean(clipped), 0.01),
    },
    {
      name: 'a gradient of 0 stays 0',
      change: (given) => ({ ...given, gradients: given.gradients.map((g) => map(g, () => 0)) }),
      holds: (_, { clipped, norm }) => norm === 0 && clipped.every((g) => g.every((v) => v === 0)),
    },
  ],

  attempt: clip,

  mistakes: [
    {
      id: 'each-vector-by-itself',
      says: 'You clip every vector by its own norm, which turns the whole gradient. One norm over all of them, one factor.',
      variant: (given) => ({
        clipped: given.gradients.flatMap(
          (gradient) => clip({ ...given, gradients: [gradient] }).clipped,
        ),
        norm: euclidean(given.gradients),
      }),
      card: 'gradients.clipping.direction',
    },
    {
      id: 'by-value',
      says: 'You cut every entry to ±maxNorm. That is clipping by value: it changes the direction. Scale everything by one factor.',
      variant: ({ gradients, maxNorm }) => ({
        clipped: gradients.map((gradient) =>
          map(gradient, (g) => Math.min(maxNorm, Math.max(-maxNorm, g))),
        ),
        norm: euclidean(gradients),
      }),
      card: 'gradients.clipping.direction',
    },
    {
      id: 'always-rescaled',
      says: 'You scale to maxNorm also when the norm is smaller. Clipping never enlarges: the factor is min(1, maxNorm / norm).',
      change: { factor: (norm, maxNorm) => maxNorm / norm },
      card: 'gradients.clipping.cures',
    },
    {
      id: 'inverted-test',
      says: 'You scale when the norm is below maxNorm, and leave it when it is above. It is the other way round.',
      change: { factor: (norm, maxNorm) => (norm < maxNorm ? maxNorm / norm : 1) },
      card: 'gradients.clipping.cures',
    },
    {
      id: 'norm-after-clipping',
      says: 'You return the norm after clipping, which says nothing. Return the one before: it is what you watch for spikes.',
      change: { reported: (_, after) => after },
    },
    {
      id: 'square-root-forgotten',
      says: 'Your norm is the sum of the squares: the square root is missing.',
      change: { norm: (gradients) => euclidean(gradients) ** 2 },
    },
    {
      id: 'sum-of-magnitudes',
      says: 'Your norm adds up the magnitudes (the 1-norm). It is the Euclidean length: √ of the sum of squares.',
      change: { norm: (gradients) => sum(gradients.flatMap((g) => [...g]).map(Math.abs)) },
    },
    {
      id: 'norms-added',
      says: 'You add the norms of the vectors. Lengths do not add, their squares do: √ Σ ‖g_i‖².',
      change: { norm: (gradients) => sum(gradients.map((g) => euclidean([g]))) },
      card: 'gradients.clipping.direction',
    },
    {
      id: 'mean-square',
      says: 'You divide by the number of entries before the root. That is a mean; the norm is of the sum, so that it bounds the step.',
      change: {
        norm: (gradients) =>
          euclidean(gradients) / Math.sqrt(gradients.flatMap((g) => [...g]).length),
      },
    },
    {
      id: 'epsilon-added',
      says: 'You divide by norm + 1e-6, as PyTorch does. Here there is no epsilon: the norm is above maxNorm, so it is not 0.',
      change: {
        factor: (norm, maxNorm) => Math.min(1, maxNorm / (norm + 1e-6)),
      },
    },
    {
      id: 'scaled-to-one',
      says: 'You divide by the norm alone, so the clipped gradient has length 1. The factor is maxNorm / norm.',
      change: { factor: (norm, maxNorm) => (norm > maxNorm ? 1 / norm : 1) },
    },
    {
      id: 'largest-entry',
      says: 'Your norm is the largest |g|. It is the Euclidean length: √ of the sum of all squares.',
      change: { norm: (gradients) => Math.max(...gradients.flatMap((g) => [...map(g, Math.abs)])) },
    },
    {
      id: 'factor-upside-down',
      says: 'Your factor is norm / maxNorm, which makes a long gradient longer. It is maxNorm / norm.',
      change: { factor: (norm, maxNorm) => (norm > maxNorm ? norm / maxNorm : 1) },
    },
    {
      id: 'first-vector-only',
      says: 'Your norm is that of the first vector alone. One norm over all of them.',
      change: { norm: (gradients) => euclidean(gradients.slice(0, 1)) },
    },
    {
      id: 'largest-of-the-norms',
      says: 'Your norm is the largest of the norms of the vectors. One norm over all of them: √ of the sum of all squares.',
      change: { norm: (gradients) => Math.max(...gradients.map((g) => euclidean([g]))) },
    },
  ],

  hints: [
    'The gradient of a network is one long vector, however many arrays it lies in. Clipping shortens that vector and does not turn it.',
    'norm = √(Σ g² over all entries of all vectors); factor = min(1, maxNorm / norm); every entry is multiplied by the same factor.',
    'Two passes: the first adds g * g over both loops and takes one root; then const factor = norm > maxNorm ? maxNorm / norm : 1 and gradients.map((v) => v.map((g) => factor * g)).',
  ],
  followUps: [
    'Does clipping help against vanishing gradients?',
    'Where in a training step does it stand: before or after the optimiser, the all-reduce, the unscaling of mixed precision?',
    'What does Adam make of a gradient that was clipped by a constant factor at every step?',
    'What should happen when the norm is NaN?',
  ],
});
