import { Arena, createKvCache, kvCacheStep } from 'bptt';
import {
  close,
  index,
  kata,
  map,
  matrix,
  product,
  softmax,
  transposedProduct,
  vector,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

interface Given {
  q: Vector;
  k: Vector;
  v: Vector;
  keys: Matrix;
  values: Matrix;
  length: number;
}

/** A copy of a cache with one row written. */
const written = (cache: Matrix, at: number, row: Vector): Matrix =>
  cache.map((kept, j) => (j === at ? row : kept).slice());
const copied = (cache: Matrix): Matrix => written(cache, -1, new Float64Array());
const flat = (A: Matrix): Float64Array => Float64Array.from(A.flatMap((row) => [...row]));
const largest = (A: readonly Vector[]): number =>
  Math.max(...A.flatMap((v) => [...map(v, Math.abs)]));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The row that the new step goes to. */
  row: (length: number): number => length,
  newKey: ({ k }: Given): Vector => k,
  /** The rows that the query attends over, from the first to before the last. */
  from: (_length: number): number => 0,
  until: (length: number, _S: number): number => length + 1,
  scale: (K: number, _steps: number): number => Math.sqrt(K),
};

/** One step with a cache as a learner would write it. */
function step(given: Given, change: Partial<typeof right> = {}) {
  const at = { ...right, ...change };
  const { q, v, length } = given;
  const keys = written(given.keys, at.row(length), at.newKey(given));
  const values = written(given.values, at.row(length), v);
  const o = attend(q, keys, values, length, at);
  return { o, keys, values };
}

/** The attention of q over the rows of the caches that count. */
function attend(q: Vector, keys: Matrix, values: Matrix, length: number, at = right): Vector {
  const [first, end] = [at.from(length), at.until(length, keys.length)];
  if (end === first) return map(values[0]!, () => 0);
  const scale = at.scale(q.length, end - first);
  const p = softmax(map(product(keys.slice(first, end), q), (s) => s / scale));
  return transposedProduct(values.slice(first, end), p);
}

export default kata('kv-cache-step', {
  topic: '60-attention',
  title: 'One step with a key-value cache',
  level: 2,
  minutes: 10,
  equations: ['attention.scores', 'attention.weights', 'attention.context'],
  // prettier-ignore
  inputs: {
    q: vector('K'), k: vector('K'), v: vector('V'),
    keys: matrix('S', 'K'), values: matrix('S', 'V'), length: index('S'),
  },
  outputs: { o: vector('V'), keys: matrix('S', 'K'), values: matrix('S', 'V') },

  // A step that has something before it and room after it, where there is room at all; the laws take the ends.
  prepare: (given) => {
    const S = given.keys.length;
    const length = S < 3 ? S - 1 : Math.min(Math.max(given.length, 1), S - 2);
    return { ...given, q: map(given.q, (u) => 3 * u), length };
  },
  edges: {
    'length = 0': (given) => ({ ...given, length: 0 }),
    'length = S - 1': (given) => ({ ...given, length: given.keys.length - 1 }),
  },
  reference: ({ q, k, v, keys, values, length }) => {
    const dims = { capacity: keys.length, B: 1, heads: 1, dk: q.length, dv: v.length };
    const cache = createKvCache(new Arena(), dims);
    cache.K.set(flat(keys));
    cache.V.set(flat(values));
    cache.length = length;
    const o = kvCacheStep(cache, { q, k, v }).slice();
    const rows = (array: Float64Array, n: number): Matrix =>
      keys.map((_, j) => array.slice(j * n, (j + 1) * n));
    return { o, keys: rows(cache.K, q.length), values: rows(cache.V, v.length) };
  },

  /** The cache with the new row in it, as far as it counts. */
  symbols: ({ q, k, v, keys, values, length }) => ({
    ...{ Q: q, D: q.length },
    ...{ K: [...keys.slice(0, length), k], V: [...values.slice(0, length), v] },
  }),
  answers: ({ o }) => ({ context: o }),

  laws: [
    {
      name: 'the first step of all sees itself alone: o = v',
      change: (given) => ({ ...given, length: 0 }),
      holds: ({ v }, { o }) => close(o, v),
    },
    {
      name: 'what is left over in the rows that do not count is not felt, however large, nor do scores of thousands overflow',
      change: (given) => ({
        ...given,
        q: map(given.q, (u) => 1e5 * u),
        values: given.values.map((row, j) => (j < given.length ? row : map(row, (u) => 1e6 * u))),
      }),
      holds: ({ v, values, length }, { o }) =>
        largest([o]) <= largest([v, ...values.slice(0, length)]) + 1e-9,
    },
    {
      name: 'the cache keeps what it held, and has the new key and value in row `length`',
      change: (given) => given,
      holds: ({ k, v, keys, values, length }, got) =>
        keys.every((row, j) => close(got.keys[j]!, j === length ? k : row)) &&
        values.every((row, j) => close(got.values[j]!, j === length ? v : row)),
    },
    {
      name: 'a full cache but for one row can take one more step',
      change: (given) => ({
        ...given,
        length: given.keys.length - 1,
        k: map(given.q, (u) => 1e4 * u),
      }),
      holds: ({ v }, { o }) => close(o, v),
    },
  ],

  attempt: step,

  mistakes: [
    {
      id: 'whole-buffer',
      says: 'Your query attends over all S rows: those after the newest step are left over, not part of this sequence. Rows 0 … length count.',
      change: { until: (_, S) => S },
      card: 'attention.kv.rows',
    },
    {
      id: 'newest-not-seen',
      says: 'Your query sees the steps before it and not its own: rows 0 … length - 1. In causal attention a step sees itself too.',
      change: { until: (length) => length },
      card: 'attention.kv.rows',
    },
    {
      id: 'attended-before-written',
      says: 'You attend before you write: row `length` still holds what was left over there. Write first.',
      returns: (got, given) => ({
        ...got,
        o: attend(given.q, given.keys, given.values, given.length),
      }),
      card: 'attention.kv.rows',
    },
    {
      id: 'one-row-too-far',
      says: 'You write to row length + 1. Rows count from 0: the first free one is row `length`.',
      change: { row: (length) => length + 1, until: (length) => length + 2 },
      card: 'attention.kv.rows',
    },
    {
      id: 'last-overwritten',
      says: 'You write to row length - 1, over the newest step that the cache held. The first free row is row `length`.',
      change: { row: (length) => length - 1, until: (length) => length },
      card: 'attention.kv.rows',
    },
    {
      id: 'cache-not-kept',
      says: 'Your o is right, and you return the caches as they came: the next step will not know this one.',
      returns: ({ o }, given) => ({ o, keys: copied(given.keys), values: copied(given.values) }),
      card: 'attention.kv.kept',
    },
    {
      id: 'value-not-kept',
      says: 'You write the key and not the value: the newest step is found, and something left over is taken.',
      returns: ({ keys }, given) => {
        const values = copied(given.values);
        return { o: attend(given.q, keys, values, given.length), keys, values };
      },
      card: 'attention.kv.kept',
    },
    {
      id: 'query-cached',
      says: 'You write q into the cache of keys. Queries are asked once and forgotten; keys and values are kept.',
      change: { newKey: ({ q }) => q },
      card: 'attention.kv.kept',
    },
    {
      id: 'newest-only',
      says: 'Your query attends over the newest step alone, so that o = v. What the cache holds is there to be seen: rows 0 … length.',
      change: { from: (length) => length },
      card: 'attention.kv.rows',
    },
    {
      id: 'no-scale',
      says: 'Your scores are k · q: the division by √d_k is missing.',
      change: { scale: () => 1 },
      card: 'attention.scale',
    },
    {
      id: 'scaled-by-steps',
      says: 'You divide by the root of the number of steps, which grows with every token. The scale comes from the size of a key: √d_k.',
      change: { scale: (_, steps) => Math.sqrt(steps) },
      card: 'attention.scale',
    },
    {
      id: 'written-one-late',
      says: 'You write to row length + 1, and row `length` keeps what was left over there. Rows count from 0: the first free one is row `length`.',
      variant: ({ q, k, v, keys, values, length }) => {
        const row = Math.min(keys.length - 1, length + 1);
        const [K, V] = [written(keys, row, k), written(values, row, v)];
        return { o: attend(q, K, V, length), keys: K, values: V };
      },
    },
    {
      id: 'scaled-by-value-size',
      says: 'You divide by the root of the size of a value. The terms of the dot product are those of a key: √d_k.',
      change: ({ v }) => ({ scale: () => Math.sqrt(v.length) }),
      card: 'attention.scale',
    },
    {
      id: 'written-one-early',
      says: 'You write to row length - 1, over the newest step that the cache held, and attend over row `length`, which is left over. The first free row is row `length`.',
      change: { row: (length) => length - 1 },
      card: 'attention.kv.rows',
    },
  ],

  hints: [
    'The keys and values of earlier steps do not change when a new token comes. Keep them, add one row to each, and only one row of the attention is left to compute.',
    'K_t = [K_{t-1}; k], V_t = [V_{t-1}; v], o = V_tᵀ softmax(K_t q / √d_k). No mask: there is nothing later to hide.',
    'Copy both caches; newKeys[length].set(k) and newValues[length].set(v); then scores over j = 0 … length, length included, softmax, and the mean of newValues[0 … length].',
  ],
  followUps: [
    'What is the work for one more token with a cache, and without one?',
    'How many bytes does the cache take per token in a model of L layers, and which of the factors does grouped-query attention cut?',
    'Why is this step bound by memory bandwidth while the prompt is bound by arithmetic?',
    'Why is there no cache of queries?',
  ],
});
