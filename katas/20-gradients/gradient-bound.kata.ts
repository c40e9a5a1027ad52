import { filledLike, integer, kata, map, matrix, scalar } from 'bptt/define';
import type { Matrix } from 'bptt/define';

const entries = (A: Matrix): number[] => A.flatMap((row) => [...row]);
const frobenius = (A: Matrix): number => Math.hypot(...entries(A));
const transposed = (A: Matrix): Matrix =>
  Array.from(A[0]!, (_, k) => Float64Array.from(A, (row) => row[k]!));
const times = (A: Matrix, B: Matrix): Matrix =>
  A.map((row) => B[0]!.map((_, k) => row.reduce((sum, a, m) => sum + a * B[m]![k]!, 0)));

/**
 * The largest |eigenvalue|, by Gelfand's formula lim ‖A^n‖^(1/n): sixty squarings give n = 2^60. Each
 * power is brought to norm 1, and the logarithm of what that took is kept.
 */
function spectralRadius(A: Matrix): number {
  let power = A;
  let logarithm = 0;
  for (let k = 0; k < 60; k++) {
    const size = frobenius(power);
    if (size === 0) return 0; // nilpotent
    logarithm += Math.log(size) / 2 ** k;
    const scaled = power.map((row) => map(row, (v) => v / size));
    power = times(scaled, scaled);
  }
  return Math.exp(logarithm);
}

/** ‖W‖ = √ρ(WᵀW). */
const spectralNorm = (W: Matrix): number => Math.sqrt(spectralRadius(times(transposed(W), W)));
const largestRowSum = (W: Matrix): number =>
  Math.max(...W.map((row) => row.reduce((sum, w) => sum + Math.abs(w), 0)));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  norm: spectralNorm,
  bound: (norm: number, T: number): number => norm ** (T - 1),
};

/** The bound as a learner would write it. */
function boundOf(
  { Whh, steps }: { Whh: Matrix; steps: number },
  change: Partial<typeof right> = {},
): { norm: number; bound: number } {
  const { norm: measure, bound } = { ...right, ...change };
  const norm = measure(Whh);
  return { norm, bound: bound(norm, steps) };
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-8 * Math.abs(b);

export default kata('gradient-bound', {
  topic: '20-gradients',
  title: 'The bound of the gradient, ‖W_hh‖^(T-1)',
  level: 2,
  minutes: 12,
  equations: [],
  inputs: { Whh: matrix('H', 'H'), steps: integer(1, 12) },
  outputs: { norm: scalar, bound: scalar },

  // All weights positive: then one direction is stretched far more than the others (Perron), and power
  // iteration comes to its end from any positive start.
  prepare: ({ Whh, steps }) => ({ Whh: Whh.map((row) => map(row, Math.abs)), steps }),
  edges: {
    'W_hh = 0': ({ Whh }) => ({ Whh: filledLike(Whh, 0), steps: 3 }),
    'W_hh = 0 and T = 1': ({ Whh }) => ({ Whh: filledLike(Whh, 0), steps: 1 }),
  },
  reference: boundOf,

  laws: [
    {
      name: 'a rotation times 1/2 has norm 1/2',
      change: ({ Whh, steps }) => ({
        Whh: Whh.map((row, j) => row.map((_, k) => (k === (j + 1) % row.length ? 0.5 : 0))),
        steps,
      }),
      holds: ({ steps }, { norm, bound }) => near(norm, 0.5) && near(bound, 0.5 ** (steps - 1)),
    },
    {
      name: 'a single 2 off the diagonal has norm 2, though all eigenvalues are 0',
      change: ({ Whh, steps }) => {
        const W = filledLike(Whh, 0);
        W[0]![W.length - 1] = 2;
        return { Whh: W, steps };
      },
      holds: (_, { norm }) => near(norm, 2),
    },
    {
      name: 'a difference of two units, which sends (1, …, 1) to 0, has norm √2',
      change: ({ Whh, steps }) => {
        const W = filledLike(Whh, 0);
        W[0]!.set([1, -1]);
        return { Whh: W, steps };
      },
      holds: (_, { norm }) => near(norm, Math.SQRT2),
    },
    {
      name: 'two directions that are stretched almost alike, by 1 and by 0.99: norm 1, to 9 digits',
      change: ({ Whh, steps }) => ({
        Whh: Whh.map((row, j) => row.map((_, k) => (j === k ? ([1, 0.99][j] ?? 0) : 0))),
        steps,
      }),
      holds: (_, { norm }) => near(norm, 1),
    },
    {
      name: 'for T = 1 there is no step, and the bound is 1',
      change: ({ Whh }) => ({ Whh, steps: 1 }),
      holds: (_, { bound }) => near(bound, 1),
    },
  ],

  attempt: boundOf,

  mistakes: [
    {
      id: 'frobenius-norm',
      says: 'Your norm is the root of the sum of all squares (Frobenius). It bounds too, but up to √H times too high; the spectral norm is the largest singular value.',
      change: { norm: frobenius },
      card: 'gradients.bound',
    },
    {
      id: 'largest-eigenvalue',
      says: 'Your norm is the largest |eigenvalue|. That says what happens for T → ∞; a single step is bounded by the largest singular value.',
      change: { norm: spectralRadius },
      card: 'gradients.eigenvalues',
    },
    {
      id: 'square-root-forgotten',
      says: 'Your norm is the largest eigenvalue of WᵀW. The singular value is its square root.',
      change: { norm: (W) => spectralNorm(W) ** 2 },
      card: 'gradients.eigenvalues',
    },
    {
      id: 'row-sum-norm',
      says: 'Your norm is the largest row sum, ‖W‖∞. It fits the largest entry of a vector; for lengths it is the largest singular value.',
      change: { norm: largestRowSum },
      card: 'gradients.bound',
    },
    {
      id: 'column-sum-norm',
      says: 'Your norm is the largest column sum, ‖W‖₁. It fits the sum of the entries of a vector; for lengths it is the largest singular value.',
      change: { norm: (W) => largestRowSum(transposed(W)) },
      card: 'gradients.bound',
    },
    {
      id: 'largest-entry',
      says: 'Your norm is the largest entry. Many small weights together stretch more than the largest alone, so this is no bound.',
      change: { norm: (W) => Math.max(...entries(W).map(Math.abs)) },
      card: 'gradients.bound',
    },
    {
      id: 'one-factor-too-many',
      says: 'Your bound is ‖W‖^T. From h_1 to h_T there are T - 1 steps.',
      change: { bound: (norm, T) => norm ** T },
      card: 'gradients.bound',
    },
    {
      id: 'steps-added',
      says: 'Your bound is (T - 1) ‖W‖. The factors of the steps multiply: a power, and that is why it vanishes or explodes.',
      change: { bound: (norm, T) => norm * (T - 1) },
      card: 'gradients.bound',
    },
  ],

  hints: [
    'A norm of a matrix answers one question: by how much can it stretch a vector, at most? Each step back stretches at most that much once more.',
    '‖W‖ = max ‖W v‖ / ‖v‖ = √λ_max(WᵀW), and ‖dh_T/dh_1‖ ≤ ∏ ‖diag(1 - h_t²)‖ ‖W_hh‖ ≤ ‖W_hh‖^(T-1).',
    'Power iteration: start with any v; repeat v = WᵀW v, v = v / ‖v‖ until ‖W v‖ no longer changes. Then norm = ‖W v‖ and bound = norm ** (steps - 1).',
  ],
  followUps: [
    'The bound is 0.9^99 for T = 100. What do you conclude, and what may you not conclude from 1.1^99?',
    'Why singular values and not eigenvalues? Give a 2×2 matrix where they disagree.',
    'What does an orthogonal W_hh make of this bound, and what does tanh then still do?',
  ],
});
