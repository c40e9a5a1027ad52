import {
  attentionByEngine,
  close,
  filledLike,
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
const unit = (v: Vector): Vector => map(v, (u) => u / Math.hypot(...v));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What the dot products are divided by. */
  scale: ({ K }: Given): number => Math.sqrt(K[0]!.length),
  /** The weights from the scores (T, S). */
  weights: (scores: Matrix): Matrix => scores.map(softmax),
  /** The rows whose entries weigh the values. */
  weighs: (P: Matrix, _scores: Matrix): Matrix => P,
  /** What is handed out as P. */
  shown: (P: Matrix, _scores: Matrix): Matrix => P,
};

/** Attention as a learner would write it. */
function attend(given: Given, change: Partial<typeof right> = {}): { O: Matrix; P: Matrix } {
  const { scale, weights, weighs, shown } = { ...right, ...change };
  const scores = scaleMatrix(matrixProduct(given.Q, transposed(given.K)), 1 / scale(given));
  const P = weights(scores);
  return { O: matrixProduct(weighs(P, scores), given.V), P: shown(P, scores) };
}

/** One softmax over the whole matrix. */
const softmaxOfAll = (scores: Matrix): Matrix => {
  const sum = total(Float64Array.from(scores, (row) => total(map(row, Math.exp))));
  return scores.map((row) => map(row, (v) => Math.exp(v) / sum));
};

export default kata('scaled-dot-product', {
  topic: '60-attention',
  title: 'Scaled dot-product attention',
  level: 2,
  minutes: 10,
  equations: ['attention.scores', 'attention.weights', 'attention.context'],
  inputs: { Q: matrix('T', 'K'), K: matrix('S', 'K'), V: matrix('S', 'V') },
  outputs: { O: matrix('T', 'V'), P: matrix('T', 'S') },

  // Dot products wide enough for the softmax to have a favourite.
  prepare: ({ Q, K, V }) => ({ Q: scaleMatrix(Q, 3), K, V }),
  reference: (given) => attentionByEngine(given),

  /** Each query by itself. */
  forward: {
    steps: ({ Q, K, V }) => Q.map((q) => ({ Q: q, K, V, D: q.length })),
    names: { O: 'context', P: 'w' },
  },

  laws: [
    {
      name: 'the weights of each query sum to 1',
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
      name: 'a query of zeros prefers nothing: it gets the mean of the values',
      change: (given) => ({ ...given, Q: filledLike(given.Q, 0) }),
      holds: ({ V }, { O }) => {
        const mean = Float64Array.from(transposed(V), (column) => total(column) / V.length);
        return O.every((row) => close(row, mean));
      },
    },
    {
      name: 'an output lies between the smallest and the largest value, column by column',
      change: (given) => given,
      holds: ({ V }, { O }) =>
        transposed(V).every((column, j) =>
          O.every(
            (row) => row[j]! <= Math.max(...column) + 1e-9 && row[j]! >= Math.min(...column) - 1e-9,
          ),
        ),
    },
    {
      name: 'dot products of d_k ones are d_k: the scores are √d_k, and between 0 and that lies a factor e^√d_k',
      change: ({ Q, K, V }) => ({
        Q: filledLike(Q, 1),
        K: K.map((row, j) => row.map(() => (j === 0 ? 1 : 0))),
        V,
      }),
      holds: ({ Q, K }, { P }) => {
        const ratio = Math.exp(Math.sqrt(Q[0]!.length));
        const first = ratio / (ratio + K.length - 1);
        return P.every((row) => Math.abs(row[0]! - first) < 1e-9);
      },
    },
  ],

  attempt: attend,

  mistakes: [
    {
      id: 'no-scale',
      says: 'Your scores are Q Kᵀ: the division by √d_k is missing, and for long vectors the softmax saturates.',
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
      id: 'scaled-by-value-size',
      says: 'You divide by the root of the size of a value. The terms of the dot product are those of a key: √d_k.',
      change: { scale: ({ V }) => Math.sqrt(V[0]!.length) },
      card: 'attention.scale',
    },
    {
      id: 'multiplied-by-root',
      says: 'You multiply by √d_k. The scores are too large, not too small: divide.',
      change: { scale: ({ K }) => 1 / Math.sqrt(K[0]!.length) },
      card: 'attention.scale',
    },
    {
      id: 'scaled-after-softmax',
      says: 'You divide the weights by √d_k, after the softmax: they no longer sum to 1. The scores are divided, before it.',
      change: (given) => ({
        scale: () => 1,
        weights: (scores) => scaleMatrix(right.weights(scores), 1 / right.scale(given)),
      }),
      card: 'attention.order',
    },
    {
      id: 'softmax-over-queries',
      says: 'Your softmax runs down the columns, over the queries. Each query shares its weight among the keys: softmax along a row of P.',
      change: { weights: (scores) => transposed(transposed(scores).map(softmax)) },
      card: 'attention.scores.shape',
    },
    {
      id: 'softmax-of-all',
      says: 'You take one softmax of the whole matrix. Each query has a softmax of its own: every row of P sums to 1.',
      change: { weights: softmaxOfAll },
    },
    {
      id: 'no-softmax',
      says: 'You weigh the values with the scores themselves: the softmax is missing.',
      change: { weights: (scores) => scores.map((row) => row.slice()) },
      card: 'attention.order',
    },
    {
      id: 'values-weighed-with-scores',
      says: 'Your P is right, and your O = S V does not use it: the values are weighed with P, not with the scores.',
      change: { weighs: (_, scores) => scores },
      card: 'attention.order',
    },
    {
      id: 'scores-returned',
      says: 'Your O is right; what you return as P are the scores before the softmax.',
      change: { shown: (_, scores) => scores },
    },
    {
      id: 'cosine',
      says: 'You compare directions only, since you divide q and k by their lengths. A dot product keeps the lengths: a long query can be sure of itself.',
      reads: ({ Q, K, V }) => ({ Q: Q.map(unit), K: K.map(unit), V }),
      change: { scale: () => 1 },
    },
    {
      id: 'scaled-by-keys',
      says: 'You divide by the root of the number of keys. The scale comes from the size of a key: √d_k.',
      change: { scale: ({ K }) => Math.sqrt(K.length) },
      card: 'attention.scale',
    },
    {
      id: 'scaled-by-queries',
      says: 'You divide by the root of the number of queries. The scale comes from the size of a key: √d_k.',
      change: { scale: ({ Q }) => Math.sqrt(Q.length) },
      card: 'attention.scale',
    },
    {
      id: 'causal-mask',
      says: 'You have a causal mask: query i sees no key after the i-th. Here every query sees all keys.',
      change: {
        weights: (scores) =>
          scores.map((row, i) => softmax(row.map((s, j) => (j <= i ? s : -Infinity)))),
      },
    },
  ],

  hints: [
    'Each query asks all keys the same question, gets one number from each, turns the numbers into shares, and takes that mix of the values.',
    'S = Q Kᵀ / √d_k, P = softmax of each row of S, O = P V.',
    'For each query i: s[j] = dot(Q[i], K[j]) / Math.sqrt(K[0].length); P[i] = softmax(s); O[i][c] = Σ_j P[i][j] * V[j][c].',
  ],
  followUps: [
    'Why √d_k, and what happens to the gradient of the softmax without it?',
    'What are time and memory in T, S and d_k, and which of the two can be had without T × S?',
    'Permute keys and values together: what changes? Permute the queries?',
    'Where would a padding mask go, and what becomes of a row that is padding all over?',
  ],
});
