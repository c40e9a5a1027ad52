import { Arena, additiveAttention, createAdditiveParameters } from 'bptt';
import {
  close,
  kata,
  map,
  matrix,
  plus,
  product,
  scaleMatrix,
  sequence,
  sigmoid,
  softmax,
  times,
  transposed,
  transposedProduct,
  vector,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';

interface Given {
  s: Vector;
  hs: Sequence;
  Ws: Matrix;
  Wh: Matrix;
  v: Vector;
}

const total = (v: Vector): number => v.reduce((sum, u) => sum + u, 0);
const flat = (A: Matrix): Float64Array => Float64Array.from(A.flatMap((row) => [...row]));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** How query and state meet: Ws s, Wh h → (K). */
  meet: plus,
  squash: Math.tanh,
  score: (u: Vector, v: Vector): number => total(times(v, u)),
  weights: softmax,
  /** What weighs the states. */
  weighs: (weights: Vector, _scores: Vector): Vector => weights,
  /** What is handed out as weights. */
  shown: (weights: Vector, _scores: Vector): Vector => weights,
};

/** Additive attention as a learner would write it. */
function attend(
  given: Given,
  change: Partial<typeof right> = {},
): { context: Vector; weights: Vector } {
  const { meet, squash, score, weights, weighs, shown } = { ...right, ...change };
  const { s, hs, Ws, Wh, v } = given;
  const scores = Float64Array.from(hs, (h) =>
    score(map(meet(product(Ws, s), product(Wh, h)), squash), v),
  );
  const w = weights(scores);
  return { context: transposedProduct(hs, weighs(w, scores)), weights: shown(w, scores) };
}

/** 1 at the largest entry, 0 elsewhere. */
const hardest = (a: Vector): Vector => map(a, (u) => (u === Math.max(...a) ? 1 : 0));

export default kata('additive-attention', {
  topic: '60-attention',
  title: 'Additive attention',
  level: 2,
  minutes: 12,
  equations: [
    'attention.additive.hidden',
    'attention.additive.score',
    'attention.weights',
    'attention.context',
  ],
  // prettier-ignore
  inputs: {
    s: vector('H'), hs: sequence('V', 'S'),
    Ws: matrix('K', 'H'), Wh: matrix('K', 'V'), v: vector('K'),
  },
  outputs: { context: vector('V'), weights: vector('S') },

  // Scores wide enough for the softmax to have a favourite.
  prepare: (given) => ({ ...given, v: map(given.v, (u) => 2 * u) }),
  reference: ({ s, hs, Ws, Wh, v }) => {
    const arena = new Arena();
    const dims = { J: 1, B: 1, T: hs.length, H: hs[0]!.length, S: s.length, A: v.length };
    const parameters = createAdditiveParameters(arena, dims);
    parameters.Wa.set(flat(Ws));
    parameters.Ua.set(flat(Wh));
    parameters.va.set(v);
    const { context, weights } = additiveAttention(arena, dims, parameters, { s, h: flat(hs) });
    return { context: context.slice(), weights: weights.slice() };
  },

  /** The score of the first state; e are those of all of them. */
  symbols: ({ s, hs, Ws, Wh, v }) => ({
    ...{ s, h: hs[0]!, Wa: Ws, Ua: Wh, ba: zeros(v.length), va: v, V: hs },
    e: Float64Array.from(hs, (h) =>
      right.score(map(plus(product(Ws, s), product(Wh, h)), Math.tanh), v),
    ),
  }),
  answers: ({ context, weights }) => ({ w: weights, context }),

  laws: [
    {
      name: 'the weights are shares: none is negative, and they sum to 1',
      change: (given) => given,
      holds: (_, { weights }) =>
        weights.every((w) => w >= 0) && Math.abs(total(weights) - 1) < 1e-12,
    },
    {
      name: 'scores of many thousands overflow nothing: the weights still sum to 1',
      change: (given) => ({ ...given, v: map(given.v, (u) => 1e5 * u) }),
      holds: (_, { weights }) => Math.abs(total(weights) - 1) < 1e-12,
      usual: 'Usually exp meets the scores as they are: take the largest of a query off first.',
    },
    {
      name: 'with v = 0 no state is preferred: the context is the mean of all',
      change: (given) => ({ ...given, v: map(given.v, () => 0) }),
      holds: ({ hs }, { context }) =>
        close(
          context,
          Float64Array.from(transposed(hs), (column) => total(column) / hs.length),
        ),
    },
    {
      name: 'where all states are alike the context is that state',
      change: (given) => ({ ...given, hs: given.hs.map(() => given.hs[0]!.slice()) }),
      holds: ({ hs }, { context }) => close(context, hs[0]!),
    },
    {
      name: 'tanh bounds the scores: however large the states, no weight is e^(2 Σ|v|) times another',
      change: (given) => ({ ...given, hs: scaleMatrix(given.hs, 1000) }),
      holds: ({ v }, { weights }) =>
        Math.max(...weights) <= Math.exp(2 * total(map(v, Math.abs)) + 1e-9) * Math.min(...weights),
    },
  ],

  attempt: attend,

  mistakes: [
    {
      id: 'no-tanh',
      says: 'Your tanh is missing. Then v · W_s s is the same for every state, the softmax drops it, and the query plays no part.',
      change: { squash: (a) => a },
      card: 'sequences.additive.score',
    },
    {
      id: 'sigmoid-for-tanh',
      says: 'Your small layer uses σ. In additive attention it is tanh.',
      change: { squash: sigmoid },
    },
    {
      id: 'tanh-of-the-score',
      says: 'You take tanh of the finished score. It belongs inside, before v: v · tanh(W_s s + W_h h).',
      change: { squash: (a) => a, score: (u, v) => Math.tanh(right.score(u, v)) },
      card: 'sequences.additive.score',
    },
    {
      id: 'query-ignored',
      says: 'The query has no say in your weights: s is not in the scores, or only in a term that is the same for all of them, as tanh(W_s s) is outside the other tanh.',
      change: { meet: (_, b) => b },
    },
    {
      id: 'multiplied',
      says: 'You multiply W_s s by W_h h. This attention is called additive for a reason: they are added inside the tanh.',
      change: { meet: times },
      card: 'sequences.additive.score',
    },
    {
      id: 'v-ignored',
      says: 'You add up the entries of the tanh: v is not used. It weighs them: v · tanh(…).',
      change: { score: total },
      card: 'sequences.additive.score',
    },
    {
      id: 'scaled',
      says: 'You divide the scores by √K. That belongs to dot products; here tanh keeps the scores in bounds.',
      change: { score: (u, v) => right.score(u, v) / Math.sqrt(v.length) },
    },
    {
      id: 'no-softmax',
      says: 'You weigh the states with the scores themselves: the softmax is missing.',
      change: { weights: (scores) => scores.slice() },
    },
    {
      id: 'sigmoid-per-state',
      says: 'Each of your weights is σ of its own score. The states compete: softmax, and the weights sum to 1.',
      change: { weights: (scores) => map(scores, sigmoid) },
    },
    {
      id: 'scores-returned',
      says: 'Your context is right; what you return as weights are the scores before the softmax.',
      change: { shown: (_, scores) => scores },
    },
    {
      id: 'best-state-only',
      says: 'Your context is the state with the largest weight. That has no gradient to the scores; the context is the mean of all states, weighed.',
      change: { weighs: hardest },
    },
    {
      id: 'not-weighed',
      says: 'Your weights are right, and your context is the plain mean of the states: it does not use them.',
      change: { weighs: (w) => map(w, () => 1 / w.length) },
    },
    {
      id: 'relu-for-tanh',
      says: 'Your scores go through ReLU. Here it is tanh: v · tanh(W_s s + W_h h).',
      change: { squash: (u) => Math.max(0, u) },
    },
    {
      id: 'each-squashed-alone',
      says: 'You take tanh of each part and multiply them. Their sum goes through one tanh: tanh(W_s s + W_h h).',
      change: {
        meet: (a, b) => times(map(a, Math.tanh), map(b, Math.tanh)),
        squash: (u) => u,
      },
    },
  ],

  hints: [
    'A small network with one hidden layer looks at the query and one state, and says in one number how well they go together. The rest is attention as ever.',
    'e_j = v · tanh(W_s s + W_h h_j), weights = softmax(e), context = Σ_j weights_j h_j.',
    'Compute a = Ws s once. For each j: e[j] = Σ_k v[k] * Math.tanh(a[k] + dot(Wh[k], hs[j])); after the softmax, context[c] += weights[j] * hs[j][c].',
  ],
  followUps: [
    'Which product is the same for all states, and which is the same for all queries?',
    'What would you pay, and what would you save, with a dot product instead?',
    'Bahdanau asks with the state before the update, Luong with the one after it. What does that change in the decoder loop?',
  ],
});
