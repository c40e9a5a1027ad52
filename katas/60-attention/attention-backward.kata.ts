import {
  attentionByEngine,
  backThroughAttention,
  close,
  kata,
  map,
  matrix,
  matrixProduct,
  scaleMatrix,
  softmax as softmaxOf,
  times,
  transposed,
  zip,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

type Given = Record<'Q' | 'K' | 'V' | 'P' | 'dO', Matrix>;
type Gradients = Record<'dQ' | 'dK' | 'dV', Matrix>;

const total = (v: Vector): number => v.reduce((sum, u) => sum + u, 0);
const columnSums = (A: Matrix): Vector => Float64Array.from(transposed(A), total);
const root = ({ K }: Given): number => Math.sqrt(K[0]!.length);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The weights with which dO comes back to the values: (T, S). */
  shares: ({ P }: Given): Matrix => P,
  /** Back through the softmax of one row: p, dp → ds. */
  softmax: (p: Vector, dp: Vector): Vector => {
    const mean = total(times(p, dp));
    return zip(p, dp, (pj, dpj) => pj * (dpj - mean));
  },
  /** What dQ, dK and dV are divided by. */
  scaleQ: root,
  scaleK: root,
  scaleV: (_: Given): number => 1,
};

/** The backward pass as a learner would write it. */
function backward(given: Given, change: Partial<typeof right> = {}): Gradients {
  const { shares, softmax, scaleQ, scaleK, scaleV } = { ...right, ...change };
  const { Q, K, V, P, dO } = given;
  const dP = matrixProduct(dO, transposed(V));
  const dS = P.map((p, t) => softmax(p, dP[t]!));
  return {
    dQ: scaleMatrix(matrixProduct(dS, K), 1 / scaleQ(given)),
    dK: scaleMatrix(matrixProduct(transposed(dS), Q), 1 / scaleK(given)),
    dV: scaleMatrix(matrixProduct(transposed(shares(given)), dO), 1 / scaleV(given)),
  };
}

/** Each entry of a row less one number of that row, times its weight. */
const less =
  (number: (p: Vector, dp: Vector) => number) =>
  (p: Vector, dp: Vector): Vector =>
    zip(p, dp, (pj, dpj) => pj * (dpj - number(p, dp)));

export default kata('attention-backward', {
  topic: '60-attention',
  title: 'Back through attention',
  level: 3,
  minutes: 20,
  equations: [
    'attention.backward.values',
    'attention.backward.weights',
    'attention.backward.scores',
    'attention.backward.query',
    'attention.backward.keys',
  ],
  // prettier-ignore
  inputs: {
    Q: matrix('T', 'K'), K: matrix('S', 'K'), V: matrix('S', 'V'),
    P: matrix('T', 'S'), dO: matrix('T', 'V'),
  },
  outputs: { dQ: matrix('T', 'K'), dK: matrix('S', 'K'), dV: matrix('S', 'V') },

  prepare: (given) => {
    const Q = scaleMatrix(given.Q, 3);
    return { ...given, Q, P: attentionByEngine({ ...given, Q }).P };
  },
  reference: (given) => backThroughAttention(given),

  /** The equations are about one query: a step for each. What the keys and values get adds up. */
  backward: {
    of: 'attention',
    upstream: ['dO'],
    steps: ({ Q, K, V, P, dO }) =>
      Q.map((q, t) => ({ Q: q, K, V, w: P[t]!, dcontext: dO[t]!, D: q.length })),
  },

  laws: [
    {
      name: 'one vector added to every key changes no weight: the rows of dK sum to 0',
      change: (given) => given,
      holds: (_, { dK }) => columnSums(dK).every((v) => Math.abs(v) < 1e-10),
    },
    {
      name: 'where all values are alike the weights do not matter: dQ = 0 and dK = 0',
      change: (given) => ({ ...given, V: given.V.map(() => given.V[0]!.slice()) }),
      holds: (_, { dQ, dK }) =>
        [...dQ, ...dK].every((row) => row.every((v) => Math.abs(v) < 1e-10)),
    },
    {
      name: 'the values share out dO: the rows of dV and those of dO have one sum',
      change: (given) => given,
      holds: ({ dO }, { dV }) => close(columnSums(dV), columnSums(dO)),
    },
  ],

  attempt: backward,

  mistakes: [
    {
      id: 'row-sum-missing',
      says: 'Your dS is P ⊙ dP. One weight can only grow if the others of its row shrink: dS = P ⊙ (dP - rowsum(P ⊙ dP)).',
      change: { softmax: times },
      card: 'attention.backward.softmax',
    },
    {
      id: 'diagonal-only',
      says: 'Your dS is P ⊙ (1 - P) ⊙ dP, the diagonal of the Jacobian, as for σ. The softmax has the other entries -p_j p_k too.',
      change: { softmax: (p, dp) => zip(p, dp, (pj, dpj) => pj * (1 - pj) * dpj) },
      card: 'attention.backward.softmax',
    },
    {
      id: 'softmax-skipped',
      says: 'Your dS is dP: the way back through the softmax is missing.',
      change: { softmax: (_, dp) => dp },
      card: 'attention.backward.softmax',
    },
    {
      id: 'unweighed-mean',
      says: 'You take the plain mean of dP off each row. It is the mean weighed with P: rowsum(P ⊙ dP).',
      change: { softmax: less((_, dp) => total(dp) / dp.length) },
      card: 'attention.backward.softmax',
    },
    {
      id: 'unweighed-sum',
      says: 'You take the sum of dP off each row, without P. It is rowsum(P ⊙ dP).',
      change: { softmax: less((_, dp) => total(dp)) },
      card: 'attention.backward.softmax',
    },
    {
      id: 'row-sum-not-shared',
      says: 'You take rowsum(P ⊙ dP) off whole: P ⊙ dP - rowsum(P ⊙ dP). The row sum is inside the bracket, so P multiplies it too.',
      change: {
        softmax: (p, dp) => map(times(p, dp), (v) => v - total(times(p, dp))),
      },
      card: 'attention.backward.softmax',
    },
    {
      id: 'softmax-sign',
      says: 'Your dS has the opposite sign: it is P ⊙ (dP - rowsum(P ⊙ dP)).',
      change: { softmax: (p, dp) => map(right.softmax(p, dp), (v) => -v) },
      card: 'attention.backward.softmax',
    },
    {
      id: 'no-scale',
      says: 'The factor 1/√d_k of the scores is missing on the way back: dQ and dK both carry it.',
      change: { scaleQ: () => 1, scaleK: () => 1 },
      card: 'attention.scale',
    },
    {
      id: 'scale-in-query-only',
      says: 'Your dQ has the factor 1/√d_k, your dK has not. The scores are divided by it, so both have.',
      change: { scaleK: () => 1 },
      card: 'attention.scale',
    },
    {
      id: 'scaled-by-size',
      says: 'You divide dQ and dK by d_k. The scores were divided by √d_k, once.',
      change: { scaleQ: ({ K }) => K[0]!.length, scaleK: ({ K }) => K[0]!.length },
      card: 'attention.scale',
    },
    {
      id: 'values-scaled',
      says: 'Your dV has a factor 1/√d_k. The scale belongs to the scores; the values never see it: dV = Pᵀ dO.',
      change: { scaleV: root },
      card: 'attention.backward.values',
    },
    {
      id: 'values-not-weighed',
      says: 'Every row of your dV is the whole sum of dO. Each value gets the share of it that it had in the output: dV = Pᵀ dO.',
      change: { shares: ({ P }) => P.map((row) => row.map(() => 1)) },
      card: 'attention.backward.values',
    },
    {
      id: 'key-from-keys',
      says: 'Your dK is dS times K. Each score is q · k, so what reaches a key is its queries: dK = dSᵀ Q.',
      variant: (given) => {
        const { K, V, P, dO } = given;
        const dP = matrixProduct(dO, transposed(V));
        const dS = P.map((p, t) => right.softmax(p, dP[t]!));
        const sums = transposed(dS).map((column) => total(column));
        const dK = K.map((key, j) => map(key, (v) => (sums[j]! * v) / root(given)));
        return { ...backward(given), dK };
      },
    },
    {
      id: 'value-from-scores',
      says: 'Your dV is made from dS. O = P V, so the values get the weights themselves: dV = Pᵀ dO.',
      variant: (given) => {
        const { V, P, dO } = given;
        const dP = matrixProduct(dO, transposed(V));
        const dS = P.map((p, t) => map(right.softmax(p, dP[t]!), (v) => v / root(given)));
        return { ...backward(given), dV: matrixProduct(transposed(dS), dO) };
      },
    },
    {
      id: 'scaled-by-keys',
      says: 'You divide by the root of the number of keys. The scale of the scores comes from the size of a key: √d_k.',
      change: {
        scaleQ: ({ K }) => Math.sqrt(K.length),
        scaleK: ({ K }) => Math.sqrt(K.length),
      },
    },
    {
      id: 'softmax-again',
      says: 'You take the softmax of P once more. P is what the softmax gave: use it as it is.',
      reads: (given) => ({ ...given, P: given.P.map(softmaxOf) }),
    },
  ],

  hints: [
    'Go back along the three lines of the forward pass: a product, a softmax in each row, a scaled product. The only one that needs thought is the softmax: its shares compete.',
    'dV = Pᵀ dO; dP = dO Vᵀ; dS = P ⊙ (dP - rowsum(P ⊙ dP)); dQ = dS K / √d_k; dK = dSᵀ Q / √d_k.',
    'Per query i: dp[j] = dot(dO[i], V[j]); mean = Σ_j p[j] * dp[j]; ds = p[j] * (dp[j] - mean) / root; dQ[i] += ds * K[j]; dK[j] += ds * Q[i]; dV[j] += p[j] * dO[i].',
  ],
  followUps: [
    'Show that rowsum(P ⊙ dP) equals dO · O, so that the backward pass can do without a second look at P.',
    'Which of the inputs must be kept from the forward pass, and which can be computed again from the log-sum-exp of each row?',
    'What does the backward pass have to do for weights that a mask made 0?',
  ],
});
