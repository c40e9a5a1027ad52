import {
  attentionByEngine,
  close,
  filledLike,
  kata,
  matrix,
  matrixProduct,
  plusMatrix,
  product,
  scaleMatrix,
  size,
  softmax,
  transposed,
} from 'bptt/define';
import type { Matrix } from 'bptt/define';

type Given = Record<'X' | 'WQ' | 'WK' | 'WV' | 'WO', Matrix> & Record<'heads', number>;

/** X Wᵀ: every row x becomes W x. */
const project = (X: Matrix, W: Matrix): Matrix => X.map((x) => product(W, x));
const range = (n: number): number[] => Array.from({ length: n }, (_, j) => j);

/** A matrix with these rows and columns whose entries, read row by row, are those of A in the same order. */
function reshaped(A: Matrix, columns: number): Matrix {
  const entries = A.flatMap((row) => [...row]);
  return range(entries.length / columns).map((j) =>
    Float64Array.from(entries.slice(j * columns, (j + 1) * columns)),
  );
}

/** The columns c of each head of (T, N*K), by the head and the place within it. */
const columnsBy =
  (place: (a: number, k: number, N: number, K: number) => number) =>
  (A: Matrix, N: number): Matrix[] => {
    const K = A[0]!.length / N;
    return range(N).map((a) =>
      A.map((row) => Float64Array.from(range(K), (k) => row[place(a, k, N, K)]!)),
    );
  };

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** (T, N*K) → N times (T, K). */
  split: columnsBy((a, k, _, K) => a * K + k),
  /** N times (T, K) → (T, N*K). */
  join: (Os: Matrix[]): Matrix =>
    Os[0]!.map((_, t) => Float64Array.from(Os.flatMap((O) => [...O[t]!]))),
  /** What dot products are divided by, from the size of a head and the number of heads. */
  scale: (K: number, _N: number): number => Math.sqrt(K),
  weights: (scores: Matrix): Matrix => scores.map(softmax),
};

/** Multi-head attention as a learner would write it. */
function attend(given: Given, change: Partial<typeof right> = {}): { Y: Matrix } {
  const { split, join, scale, weights } = { ...right, ...change };
  const { X, WQ, WK, WV, WO, heads } = given;
  const [Qs, Ks, Vs] = [WQ, WK, WV].map((W) => split(project(X, W), heads));
  const Os = range(heads).map((a) => {
    const scores = matrixProduct(Qs![a]!, transposed(Ks![a]!));
    const P = weights(scaleMatrix(scores, 1 / scale(WQ.length / heads, heads)));
    return matrixProduct(P, Vs![a]!);
  });
  return { Y: project(join(Os), WO) };
}

export default kata('multi-head', {
  topic: '60-attention',
  title: 'Multi-head attention',
  level: 3,
  minutes: 20,
  equations: ['attention.scores', 'attention.weights', 'attention.context'],
  // prettier-ignore
  inputs: {
    X: matrix('T', 'D'),
    WQ: matrix('N*K', 'D'), WK: matrix('N*K', 'D'), WV: matrix('N*K', 'D'), WO: matrix('D', 'N*K'),
    heads: size('N'),
  },
  outputs: { Y: matrix('T', 'D') },

  reference: ({ X, WQ, WK, WV, WO, heads }) => {
    const [Q, K, V] = [project(X, WQ), project(X, WK), project(X, WV)];
    return { Y: project(attentionByEngine({ Q, K, V }, { heads }).O, WO) };
  },

  /** Each query of the first head; no equation joins the heads. */
  forward: {
    steps: ({ X, WQ, WK, WV, heads }) => {
      const own = (W: Matrix): Matrix => W.slice(0, WQ.length / heads);
      const [Q, K, V] = [WQ, WK, WV].map((W) => project(X, own(W)));
      return Q!.map((q) => ({ Q: q, K: K!, V: V!, D: q.length }));
    },
  },

  laws: [
    {
      name: 'two equal inputs have equal outputs: a position is known by its content only',
      change: (given) => ({ ...given, X: given.X.map((x, t) => (t === 1 ? given.X[0]! : x)) }),
      holds: (_, { Y }) => Y.length < 2 || close(Y[0]!, Y[1]!),
    },
    {
      name: 'where all inputs are equal, every output is W_O W_V x: there is nothing to choose, however large the scores',
      change: (given) => ({
        ...given,
        X: given.X.map(() => given.X[0]!.slice()),
        WQ: scaleMatrix(given.WQ, 1e5),
      }),
      holds: ({ X, WV, WO }, { Y }) => Y.every((y) => close(y, product(WO, product(WV, X[0]!)))),
    },
    {
      name: 'without queries, W_Q = 0, every step gets the same mean',
      change: (given) => ({ ...given, WQ: filledLike(given.WQ, 0) }),
      holds: ({ X, WV, WO }, { Y }) => {
        const means = project(X, WV)
          .map((v) => [v])
          .reduce(plusMatrix);
        const y = product(WO, scaleMatrix(means, 1 / X.length)[0]!);
        return Y.every((row) => close(row, y));
      },
    },
  ],

  attempt: attend,

  mistakes: [
    {
      id: 'reshaped-without-transpose',
      says: 'You read (T, N*K) as (N, T, K) without moving the axes, so that a head gets pieces of several steps. First (T, N, K), then swap the first two axes.',
      change: {
        split: (A, N) => {
          const pieces = reshaped(A, A[0]!.length / N);
          return range(N).map((a) => pieces.slice(a * A.length, (a + 1) * A.length));
        },
      },
      card: 'attention.heads.shape',
    },
    {
      id: 'joined-without-transpose',
      says: 'You read the heads (N, T, K) as (T, N*K) without moving the axes back, so that a row mixes several steps. Swap the first two axes first.',
      change: { join: (Os) => reshaped(Os.flat(), Os.length * Os[0]![0]!.length) },
      card: 'attention.heads.shape',
    },
    {
      id: 'heads-interleaved',
      says: 'Your head a takes every N-th column, from column a on. A head owns K columns side by side: a*K … (a+1)*K - 1.',
      change: { split: columnsBy((a, k, N) => k * N + a) },
      card: 'attention.heads.shape',
    },
    {
      id: 'heads-in-reverse',
      says: 'You join the heads in reverse: the columns of W_O meet head 0 first.',
      change: { join: (Os) => right.join([...Os].reverse()) },
    },
    {
      id: 'one-head',
      says: 'You attend once over all N*K columns. Each head has its own weights: split first.',
      reads: (given) => ({ ...given, heads: 1 }),
      change: ({ WQ, heads }) => ({ scale: () => Math.sqrt(WQ.length / heads) }),
      card: 'attention.heads.parameters',
    },
    {
      id: 'one-head-and-its-scale',
      says: 'You attend once over all N*K columns, with their scale: `heads` is not used. Split first; the scale is the root of the size of one head.',
      reads: (given) => ({ ...given, heads: 1 }),
      card: 'attention.heads.parameters',
    },
    {
      id: 'scaled-by-model',
      says: 'You divide by the root of N*K, the width of all heads. A dot product has the terms of one head: √K.',
      change: { scale: (K, N) => Math.sqrt(N * K) },
      card: 'attention.heads.scale',
    },
    {
      id: 'no-scale',
      says: 'Your scores are q · k: the division by √K is missing.',
      change: { scale: () => 1 },
      card: 'attention.scale',
    },
    {
      id: 'last-head-only',
      says: 'Only your last head reaches the output: each head overwrites what the one before has written. They stand side by side, and W_O adds them up.',
      change: {
        join: (Os) => right.join(Os.map((O, a) => (a === Os.length - 1 ? O : filledLike(O, 0)))),
      },
    },
    {
      id: 'heads-averaged',
      says: 'Your heads are averaged before W_O, so that they all say the same. They stand side by side: each has its own columns of W_O.',
      change: {
        join: (Os) => {
          const mean = scaleMatrix(Os.reduce(plusMatrix), 1 / Os.length);
          return right.join(Os.map(() => mean));
        },
      },
    },
    {
      id: 'keys-and-values-swapped',
      says: 'You have W_K and W_V swapped: keys are for comparing, values for taking.',
      reads: (given) => ({ ...given, WK: given.WV, WV: given.WK }),
    },
    {
      id: 'softmax-over-queries',
      says: 'Your softmax runs over the queries. Each query shares its weight among the keys: softmax along a row.',
      change: { weights: (scores) => transposed(transposed(scores).map(softmax)) },
      card: 'attention.scores.shape',
    },
    {
      id: 'causal-mask',
      says: 'You have a causal mask: a step sees no later step. Here every step sees all.',
      change: {
        weights: (scores) =>
          scores.map((row, t) => softmax(row.map((s, j) => (j <= t ? s : -Infinity)))),
      },
    },
    {
      id: 'joined-interleaved',
      says: 'You put the heads together number by number: head 0, head 1, …, head 0 again. They stand side by side: all of head 0, then all of head 1.',
      change: {
        join: (Os) =>
          Os[0]!.map((row, t) =>
            Float64Array.from([...row].flatMap((_, k) => Os.map((O) => O[t]![k]!))),
          ),
      },
    },
    {
      id: 'scaled-by-input',
      says: 'You divide by the root of D, the size of an input. A dot product has the terms of one head: √K.',
      change: ({ X }) => ({ scale: () => Math.sqrt(X[0]!.length) }),
    },
    {
      id: 'first-head-for-all',
      says: 'All of your heads are head 0. Head a owns the columns a*K … (a+1)*K - 1 of its own.',
      change: { join: (Os) => right.join(Os.map(() => Os[0]!)) },
    },
    {
      id: 'last-head-missing',
      says: 'Your last head is left out: a loop over the heads ends one short.',
      change: {
        join: (Os) => right.join(Os.map((O, a) => (a < Os.length - 1 ? O : filledLike(O, 0)))),
      },
    },
  ],

  hints: [
    'A head is attention over its own few columns of the projected queries, keys and values. Nothing passes between heads until the last projection.',
    'Q = X W_Qᵀ, K = X W_Kᵀ, V = X W_Vᵀ; head_a = softmax(Q_a K_aᵀ / √K) V_a on the columns a*K … (a+1)*K - 1; Y = [head_0 … head_N-1] W_Oᵀ.',
    'For each head: const columns = (A) => A.map((row) => row.slice(a * size, (a + 1) * size)), with size = WQ.length / heads; write its output into the same columns of one (T, N*K) matrix; project that with WO.',
  ],
  followUps: [
    'Do more heads mean more parameters, or more arithmetic?',
    'What is left of the keys and values if all heads share one pair, and what does that save?',
    'Why is there a W_O at all?',
    'What tells the model where in the sequence a step is?',
  ],
});
