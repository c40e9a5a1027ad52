/** Cards about generating with attention, token by token: what is kept, what is read, what it takes. */
import { card, type Card } from '../card.js';

const llama = { layers: 32, heads: 32, headSize: 128, bytes: 2, T: 4096, B: 32 };
const perToken = 2 * llama.layers * llama.heads * llama.headSize * llama.bytes;
const gibi = 2 ** 30;
const grouped = { query: 32, keyValue: 8 };

export const attentionCacheCards: readonly Card[] = [
  card.number('attention.kv.per-token', {
    topic: 'attention',
    level: 2,
    katas: ['memory-account'],
    ask: `${llama.layers} layers, ${llama.heads} key-value heads of size ${llama.headSize}, ${llama.bytes} bytes per number. How many bytes of KV cache does one token take?`,
    unit: 'bytes',
    answer: () => perToken,
    tolerance: 0.05,
    wrong: [
      { is: () => perToken / llama.layers, because: 'That is one layer: each has its own cache.' },
      { is: () => perToken / 2, because: 'That is K or V alone.' },
      {
        is: () => perToken / llama.headSize,
        because: 'That is one number per head; a key has the head’s size.',
      },
    ],
    explain: `2 (K and V) · layers · heads · head size · bytes = ${perToken / 2 ** 20} MiB.`,
  }),
  card.trap('attention.kv.batch', {
    topic: 'attention',
    level: 2,
    katas: ['memory-account'],
    ask: `A web page on a model with ${llama.layers} layers and ${llama.heads} heads of size ${llama.headSize} in float16 says as follows. What is wrong?`,
    claim: `With ${llama.T} tokens and a batch of ${llama.B}, its KV cache takes about ${(perToken * llama.T) / gibi} GB.`,
    right: `That is one sequence; the batch takes ${(perToken * llama.T * llama.B) / gibi} GiB.`,
    wrong: [
      {
        is: 'It is too much: keys and values are overwritten after each layer, so that only one layer is ever kept.',
        because: 'The next token needs the keys and values of all layers again.',
      },
      {
        is: 'It is too much: the sequences of a batch share one cache.',
        because: 'They are different texts; only a common prefix can be shared.',
      },
      {
        is: 'It forgets the T × T scores, which are cached as well.',
        because: 'Scores are used once and thrown away; only K and V are needed again.',
      },
    ],
    explain:
      'Layers and batch are the two factors that get lost. At scale the cache outgrows the weights.',
    hint: 'Count the bytes of one token first.',
  }),
  card.choice('attention.kv.work', {
    topic: 'attention',
    level: 2,
    katas: ['kv-cache-step'],
    ask: 'With a KV cache, how does the work for one more token grow with the number T of tokens so far, per layer?',
    answer: 'as T·d for attention, plus d² for the projections',
    wrong: [
      {
        is: 'as T²·d: all earlier ones change too',
        because: 'Earlier tokens do not see it: the mask is causal.',
      },
      {
        is: 'not at all, since everything is in the cache',
        because: 'The cache is read: one score per cached token.',
      },
      {
        is: 'as log T, since the cache is searched',
        because: 'Exact attention reads every entry.',
      },
    ],
    explain: 'Without the cache it would be T²·d + T·d² for every token.',
  }),
  card.choice('attention.kv.rows', {
    topic: 'attention',
    level: 2,
    katas: ['kv-cache-step'],
    ask: 'A KV cache has S rows and holds L tokens, in rows 0 … L - 1. One more token comes. Over which rows does its query attend?',
    answer: 'rows 0 … L, after its key and value are in row L',
    wrong: [
      {
        is: 'rows 0 … L - 1, those that were there before it',
        because: 'A token sees itself too: the diagonal of a causal mask is open.',
      },
      {
        is: 'rows 0 … S - 1, since an empty row gets no weight',
        because: 'A key of zeros has the score 0, and e⁰ = 1: it takes a share.',
      },
      {
        is: 'row L alone, the rest has been attended over before',
        because: 'Then o = v. The earlier tokens are what the cache is kept for.',
      },
    ],
    explain: 'Write first, then attend. What lies beyond row L is left over from something else.',
  }),
  card.choice('attention.kv.kept', {
    topic: 'attention',
    level: 1,
    katas: ['kv-cache-step'],
    ask: 'What of each token is kept for the tokens after it?',
    answer: 'its key and its value',
    wrong: [
      {
        is: 'its query, key and value',
        because: 'A query is asked once. Later tokens ask with their own.',
      },
      {
        is: 'its query and its key',
        because: 'A score is made from a new query and an old key; then the old value is needed.',
      },
      {
        is: 'its key, but not its value',
        because: 'The token would be found, and nothing could be taken from it.',
      },
    ],
    explain: 'Both are the same for every later query, and neither changes: the mask is causal.',
  }),
  card.choice('attention.decode.bound', {
    topic: 'attention',
    level: 3,
    katas: ['kv-cache-step'],
    ask: 'Why is generating one token at a time bound by memory bandwidth, and reading the prompt by arithmetic?',
    answer: 'One token uses each weight once per load; a prompt uses it T times.',
    wrong: [
      {
        is: 'The cache is kept in slow memory, the prompt in fast memory.',
        because: 'Both lie in the same memory; what differs is the use per byte.',
      },
      {
        is: 'Generation needs float32, while the prompt can be read in float16.',
        because: 'Both run in the same precision.',
      },
      {
        is: 'The softmax of one row cannot be computed in parallel.',
        because: 'It can, and it is a small part of the work.',
      },
    ],
    explain: 'So batching helps generation, and GQA helps where the cache outweighs the weights.',
  }),
  card.number('attention.gqa.cache', {
    topic: 'attention',
    level: 2,
    ask: `${grouped.query} query heads share ${grouped.keyValue} key-value heads. What share of the KV cache of full multi-head attention is left?`,
    answer: () => grouped.keyValue / grouped.query,
    tolerance: 1e-6,
    wrong: [
      {
        is: () => 1 - grouped.keyValue / grouped.query,
        because: 'That is the share that is saved.',
      },
      {
        is: () => 1 / grouped.query,
        because: 'That is one head for all of them: MQA.',
      },
      { is: () => 1, because: 'K and V are kept per key-value head, of which there are fewer.' },
    ],
    explain: 'The cache counts key-value heads only.',
  }),
  card.choice('attention.causal.parallel', {
    topic: 'attention',
    level: 1,
    katas: ['causal-attention'],
    ask: 'Why can a causal transformer be trained on all positions at once, and yet generates one token at a time?',
    answer: 'In training all inputs are known; in use each input is the last output.',
    wrong: [
      {
        is: 'In training there is no causal mask, which is added only once the model is to generate.',
        because: 'The mask is there in training; that is what makes all positions valid at once.',
      },
      {
        is: 'In use the earlier keys and values are gone.',
        because: 'They are kept, in the KV cache.',
      },
      {
        is: 'Generation could be parallel too, but the softmax is not.',
        because: 'What is missing is the input, not the arithmetic.',
      },
    ],
    explain:
      'Teacher forcing and a mask turn T predictions into one pass. An LSTM needs T steps in both.',
  }),
];
