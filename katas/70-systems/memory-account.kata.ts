import { integer, kata } from 'bptt/define';

interface Given {
  B: number;
  L: number;
  T: number;
  H: number;
  N: number;
  bytes: number;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What multiplies everything: layers, sequences, bytes. */
  layers: (L: number): number => L,
  sequences: (B: number): number => B,
  /** Vectors of width H that a layer holds for one sequence. */
  streaming: (_: Given): number => 2,
  bptt: ({ T }: Given): number => 6 * T,
  kvCache: ({ T }: Given): number => 2 * T,
  /** Numbers that a layer's attention holds for one sequence. */
  scores: ({ T, N }: Given): number => N * T * T,
};

/** The account as a learner would write it. */
function account(given: Given, change: Partial<typeof right> = {}) {
  const { layers, sequences, streaming, bptt, kvCache, scores } = { ...right, ...change };
  const each = layers(given.L) * sequences(given.B) * given.bytes;
  return {
    streamingBytes: each * given.H * streaming(given),
    bpttBytes: each * given.H * bptt(given),
    naiveAttentionBytes: each * scores(given),
    kvCacheBytes: each * given.H * kvCache(given),
  };
}

/** The bytes of arrays, listed one by one by their shapes. */
const bytesOf = (shapes: readonly (readonly number[])[], bytes: number): number =>
  shapes.reduce((sum, shape) => sum + shape.reduce((n, size) => n * size, bytes), 0);

const anyBytes = integer(0, 2 ** 53 - 1);

export default kata('memory-account', {
  topic: '70-systems',
  title: 'Where the memory goes',
  level: 2,
  minutes: 8,
  equations: [],
  inputs: {
    B: integer(2, 5),
    L: integer(2, 6),
    T: integer(2, 16),
    H: integer(1, 8),
    N: integer(2, 4),
    bytes: integer(1, 3),
  },
  outputs: {
    streamingBytes: anyBytes,
    bpttBytes: anyBytes,
    naiveAttentionBytes: anyBytes,
    kvCacheBytes: anyBytes,
  },

  // The width is a whole number of heads, and numbers have 2, 4 or 8 bytes.
  prepare: (given) => ({ ...given, H: given.H * given.N, bytes: 2 ** given.bytes }),

  edges: {
    'B = L = T = N = 1': (given) => ({ ...given, B: 1, L: 1, T: 1, N: 1 }),
  },

  // Layer by layer, array by array: each with its shape.
  reference: ({ B, L, T, H, N, bytes }) => {
    const inEveryLayer = (shapes: number[][]): number =>
      bytesOf(Array.from({ length: L }, () => shapes).flat(), bytes);
    const state = [B, H];
    const overTime = [T, B, H];
    const [f, i, cTilde, o, c, h] = Array.from({ length: 6 }, () => overTime);
    const head = [B, T, H / N];
    const heads = Array.from({ length: N }, () => head);
    return {
      streamingBytes: inEveryLayer([state, state]),
      bpttBytes: inEveryLayer([f!, i!, cTilde!, o!, c!, h!]),
      naiveAttentionBytes: inEveryLayer(heads.map(() => [B, T, T])),
      kvCacheBytes: inEveryLayer([...heads, ...heads]),
    };
  },

  laws: [
    {
      name: 'at T = 1 the cache is as large as the state of the LSTM',
      change: (given) => ({ ...given, T: 1 }),
      holds: (_, { streamingBytes, kvCacheBytes }) => kvCacheBytes === streamingBytes,
    },
    {
      name: 'over 1000 positions the state takes 1/3000 of the tape and 1/1000 of the cache',
      change: (given) => ({ ...given, T: 1000 }),
      holds: (_, { streamingBytes, bpttBytes, kvCacheBytes }) =>
        bpttBytes === 3000 * streamingBytes && kvCacheBytes === 1000 * streamingBytes,
    },
    {
      name: 'the weights of naive attention overtake its cache at T = 2 H / N',
      change: (given) => ({ ...given, T: (2 * given.H) / given.N }),
      holds: (_, { naiveAttentionBytes, kvCacheBytes }) => naiveAttentionBytes === kvCacheBytes,
    },
  ],

  attempt: account,

  mistakes: [
    {
      id: 'streaming-grows-with-time',
      says: 'Your streaming LSTM keeps its states of all T steps. Reading on, it overwrites them: no T.',
      change: { streaming: ({ T }) => 2 * T },
      card: 'systems.lstm-memory',
    },
    {
      id: 'cell-state-forgotten',
      says: 'Your streaming LSTM keeps one vector per layer. It carries two: h and c.',
      change: { streaming: () => 1 },
      card: 'systems.state.ratio',
    },
    {
      id: 'training-without-time',
      says: 'Your LSTM in training keeps one step. Backward needs the gates and states of every step: O(T).',
      change: { bptt: () => 6 },
      card: 'systems.lstm-memory',
    },
    {
      id: 'states-only-on-the-tape',
      says: 'Your tape has h and c only. Backward also needs f, i, c̃ and o of every step: six vectors.',
      change: { bptt: ({ T }) => 2 * T },
      card: 'systems.lstm-memory',
    },
    {
      id: 'gates-only-on-the-tape',
      says: 'Your tape has f, i, c̃ and o only. Backward also needs c and h of every step: six vectors.',
      change: { bptt: ({ T }) => 4 * T },
      card: 'systems.lstm-memory',
    },
    {
      id: 'keys-without-values',
      says: 'Your cache has one vector per position. There are two, the key and the value.',
      change: { kvCache: ({ T }) => T },
      card: 'systems.state.ratio',
    },
    {
      id: 'cache-times-heads',
      says: 'You multiply the cache by the number of heads. The heads share the width: N vectors of H / N are one of H.',
      change: { kvCache: ({ T, N }) => 2 * T * N },
      card: 'attention.kv-sharing',
    },
    {
      id: 'heads-forgotten',
      says: 'Your attention has one T × T matrix per layer. Every head has its own.',
      change: { scores: ({ T }) => T * T },
      card: 'attention.memory',
    },
    {
      id: 'attention-linear-in-time',
      says: 'Your naive attention grows like T. It weighs every pair of positions: T² (online softmax is the one that needs O(T)).',
      change: { scores: ({ T, H }) => T * H },
      card: 'attention.memory',
    },
    {
      id: 'work-for-memory',
      says: 'Your attention has T² H numbers. That is its work; what stays is one number per pair and head: N T².',
      change: { scores: ({ T, H }) => T * T * H },
      card: 'attention.memory',
    },
    {
      id: 'layers-forgotten',
      says: 'You count one layer. Every layer has its own states, tape, weights and cache: L of them.',
      change: { layers: () => 1 },
      card: 'systems.state.ratio',
    },
    {
      id: 'batch-forgotten',
      says: 'You count one sequence. Only parameters are shared by the batch: everything here comes B times.',
      change: { sequences: () => 1 },
      card: 'systems.state.ratio',
    },
    {
      id: 'bytes-forgotten',
      says: 'You count numbers. Each takes `bytes` bytes.',
      reads: (given) => ({ ...given, bytes: 1 }),
    },
    {
      id: 'one-array-missing',
      says: 'Your tape has five vectors per step. There are six: f, i, c̃, o, c and h.',
      change: { bptt: ({ T }) => 5 * T },
    },
    {
      id: 'squashed-cell-kept',
      says: 'Your tape has seven vectors per step. tanh(c) is computed again from c, so six are kept: f, i, c̃, o, c and h.',
      change: { bptt: ({ T }) => 7 * T },
    },
    {
      id: 'eight-bytes',
      says: 'You count 8 bytes per number. It is `bytes`: 2, 4 or 8.',
      reads: (given) => ({ ...given, bytes: 8 }),
    },
    {
      id: 'half-of-the-pairs',
      says: 'You count the pairs of a causal mask, T (T + 1) / 2. The matrix is stored whole: T².',
      change: { scores: ({ T, N }) => (N * T * (T + 1)) / 2 },
    },
    {
      id: 'scores-and-weights',
      says: 'You count two T × T matrices per head, the scores and the weights. Asked is the one of the weights.',
      change: { scores: ({ T, N }) => 2 * N * T * T },
    },
    {
      id: 'cache-of-one-head',
      says: 'Your cache holds one head of H / N. All N heads are cached: together they are H wide.',
      change: { kvCache: ({ T, N }) => (2 * T) / N },
    },
    {
      id: 'queries-cached',
      says: 'Your cache has three vectors per position. A query is used once, by its own step: keys and values are kept.',
      change: { kvCache: ({ T }) => 3 * T },
    },
    {
      id: 'hidden-only-on-the-tape',
      says: 'Your tape has h only. Backward needs f, i, c̃, o and c of every step as well: six vectors.',
      change: { bptt: ({ T }) => T },
    },
  ],

  hints: [
    'Ask of each of the four what must be there at the same time, and only then what it depends on. «The memory of an LSTM» has two answers, and so has that of attention.',
    'Per layer and sequence, in numbers: streaming 2 H; BPTT 6 T H; attention N T²; cache 2 T H.',
    'const vector = B * L * H * bytes; then 2 * vector, 6 * T * vector, B * L * N * T * T * bytes and 2 * T * vector.',
  ],
  followUps: [
    'Whose memory is O(1), whose O(T), whose O(T²), and in which mode?',
    'From which T on does naive attention need more than the LSTM’s tape, for H = 512 and 8 heads?',
    'Which of the four do checkpoints, online softmax and grouped-query attention shrink, and by how much?',
    'What does truncated BPTT with k steps make of the tape?',
  ],
});
