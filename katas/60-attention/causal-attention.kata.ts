import {
  attentionByEngine,
  close,
  kata,
  map,
  matrix,
  matrixProduct,
  scaleMatrix,
  softmax,
  transposed,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

interface Given {
  Q: Matrix;
  K: Matrix;
  V: Matrix;
}

const total = (v: Vector): number => v.reduce((sum, u) => sum + u, 0);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  scale: ({ K }: Given): number => Math.sqrt(K[0]!.length),
  /** Whether query i may see key j. */
  sees: (i: number, j: number): boolean => j <= i,
  /** The score of a key that may not be seen. */
  hidden: -Infinity,
  weights: (scores: Matrix): Matrix => scores.map(softmax),
  /** What happens to the weights after the softmax. */
  after: (P: Matrix): Matrix => P,
};

/** Causal attention as a learner would write it. */
function attend(given: Given, change: Partial<typeof right> = {}): { O: Matrix; P: Matrix } {
  const { scale, sees, hidden, weights, after } = { ...right, ...change };
  const scores = scaleMatrix(matrixProduct(given.Q, transposed(given.K)), 1 / scale(given));
  const masked = scores.map((row, i) => row.map((s, j) => (sees(i, j) ? s : hidden)));
  const P = after(weights(masked));
  return { O: matrixProduct(P, given.V), P };
}

const everything = (): boolean => true;
const past = (P: Matrix): Matrix => P.map((row, i) => row.map((p, j) => (j <= i ? p : 0)));

export default kata('causal-attention', {
  topic: '60-attention',
  title: 'Causal attention',
  level: 2,
  minutes: 12,
  equations: ['attention.scores', 'attention.weights', 'attention.context'],
  inputs: { Q: matrix('T', 'K'), K: matrix('T', 'K'), V: matrix('T', 'V') },
  outputs: { O: matrix('T', 'V'), P: matrix('T', 'T') },

  // Dot products wide enough for the softmax to have a favourite.
  prepare: ({ Q, K, V }) => ({ Q: scaleMatrix(Q, 3), K, V }),
  edges: {
    'the scores that are seen are -1000 and less': ({ Q, K, V }) => ({
      Q: Q.map((q) => map(q, () => -2000)),
      K: K.map((k) => map(k, (v) => 1 + Math.abs(v))),
      V,
    }),
  },
  reference: (given) => attentionByEngine(given, { causal: true }),

  /** Each query with the keys that it sees. */
  forward: {
    steps: ({ Q, K, V }) =>
      Q.map((q, t) => ({ Q: q, K: K.slice(0, t + 1), V: V.slice(0, t + 1), D: q.length })),
    names: { O: 'context' },
  },

  laws: [
    {
      name: 'the first step sees itself alone: its output is its own value',
      change: (given) => given,
      holds: ({ V }, { O, P }) => P[0]![0] === 1 && close(O[0]!, V[0]!),
    },
    {
      name: 'every row of weights sums to 1',
      change: (given) => given,
      holds: (_, { P }) => P.every((row) => Math.abs(total(row) - 1) < 1e-12),
    },
    {
      name: 'scores of many thousands overflow nothing: the weights still sum to 1',
      change: (given) => ({ ...given, Q: scaleMatrix(given.Q, 1e5) }),
      holds: (_, { P }) => P.every((row) => Math.abs(total(row) - 1) < 1e-12),
      usual: 'Usually exp meets the scores as they are: take the largest of a query off first.',
    },
    {
      name: 'a huge value in the last step is not felt before it',
      change: ({ Q, K, V }) => ({
        Q,
        K,
        V: V.map((row, t) => (t === V.length - 1 ? map(row, (v) => 1e6 * v) : row)),
      }),
      holds: (_, { O }) => O.slice(0, -1).every((row) => row.every((v) => Math.abs(v) <= 1e3)),
    },
    {
      name: 'with keys that are all alike, the last step takes the mean of all values',
      change: ({ Q, K, V }) => ({ Q, K: K.map(() => K[0]!.slice()), V }),
      holds: ({ V }, { O }) =>
        close(
          O.at(-1)!,
          Float64Array.from(transposed(V), (column) => total(column) / V.length),
        ),
    },
  ],

  attempt: attend,

  mistakes: [
    {
      id: 'no-mask',
      says: 'You have no mask: every step sees the steps after it.',
      change: { sees: everything },
      card: 'attention.order',
    },
    {
      id: 'mask-after-softmax',
      says: 'You set the weights of later steps to 0 after the softmax. What is left of a row no longer sums to 1: mask the scores, before it.',
      change: { sees: everything, after: past },
      card: 'attention.mask.after',
    },
    {
      id: 'masked-with-zero',
      says: 'You set the scores of later steps to 0. A score of 0 still gets e^0 = 1 in the softmax: only -∞ gets nothing.',
      change: { hidden: 0 },
      card: 'attention.order',
    },
    {
      id: 'mask-strict',
      says: 'Your mask hides the diagonal too: step i sees j < i, and the first step sees nothing, which is NaN. A step sees itself: j <= i.',
      change: { sees: (i, j) => j < i },
      card: 'attention.masked-row',
    },
    {
      id: 'mask-strict-finite',
      says: 'Your mask hides the diagonal too: step i sees j < i. The first step then has nothing but masked scores of one size, and takes the mean of all values, the future included. A step sees itself: j <= i.',
      change: { sees: (i, j) => j < i, hidden: -1e9 },
      card: 'attention.masked-row',
    },
    {
      id: 'one-step-ahead',
      says: 'Your mask is one step too wide: step i sees step i + 1, the very thing that it is to predict. j <= i.',
      change: { sees: (i, j) => j <= i + 1 },
    },
    {
      id: 'mask-upside-down',
      says: 'Your mask is the other triangle: step i sees i and what comes later. It sees j <= i.',
      change: { sees: (i, j) => j >= i },
    },
    {
      id: 'softmax-over-queries',
      says: 'Your softmax runs down the columns, over the queries. Each query shares its weight among the keys: softmax along a row of P.',
      change: { weights: (scores) => transposed(transposed(scores).map(softmax)) },
      card: 'attention.scores.shape',
    },
    {
      id: 'no-scale',
      says: 'Your mask is right, and your scores are Q Kᵀ: the division by √d_k is missing.',
      change: { scale: () => 1 },
      card: 'attention.scale',
    },
    {
      id: 'scaled-by-size',
      says: 'You divide by d_k. The standard deviation of a dot product of d_k terms is √d_k: divide by that.',
      change: { scale: ({ K }) => K[0]!.length },
      card: 'attention.scale',
    },
    {
      id: 'scaled-by-keys-seen',
      says: 'You divide by the root of the number of steps. The scale comes from the size of a key: √d_k.',
      change: { scale: ({ K }) => Math.sqrt(K.length) },
      card: 'attention.scale',
    },
    {
      id: 'scaled-after-softmax',
      says: 'You divide the weights by √d_k, after the softmax: they no longer sum to 1. The scores are divided, before it.',
      change: (given) => ({
        scale: () => 1,
        after: (P) => scaleMatrix(P, 1 / Math.sqrt(given.K[0]!.length)),
      }),
      card: 'attention.scale',
    },
  ],

  hints: [
    'What a step may not see must get a share of exactly 0, and the other shares must still sum to 1. So it has to be out before the shares are taken.',
    'S = Q Kᵀ / √d_k; s_ij = -∞ where j > i; P = softmax of each row; O = P V.',
    'For step i take the scores of j = 0 … i only: s[j] = dot(Q[i], K[j]) / Math.sqrt(K[0].length); their softmax is the start of P[i], the rest of the row stays 0.',
  ],
  followUps: [
    'In training all T steps run at once. Why can generation not do the same?',
    'How many of the T² weights are not 0, and does a plain implementation save the others?',
    'Why does a mask of -1e9 in float16 go wrong, and what does a row that is masked all over give with it?',
    'Queries are the last few of S positions, as with a cache: what is the mask then?',
  ],
});
