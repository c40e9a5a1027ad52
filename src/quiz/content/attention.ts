/** Cards about attention: scores, masks, memory and the KV cache. */
import { card, type Card } from '../card.js';
import { distinct, generator, oneOf, wholeFrom, type Generator } from '../generator.js';

const scale = { dk: 64 };

export const attentionCards: readonly Card[] = [
  card.number('attention.scale', {
    topic: 'attention',
    level: 1,
    equations: ['attention.scores'],
    ask: `q and k have ${scale.dk} independent entries of mean 0 and variance 1. What is the standard deviation of q·k?`,
    answer: () => Math.sqrt(scale.dk),
    tolerance: 1e-6,
    wrong: [
      { is: () => scale.dk, because: 'That is the variance: one per entry of the sum.' },
      { is: () => 1, because: 'Each product has variance 1, and the variances of the sum add up.' },
      {
        is: () => 1 / Math.sqrt(scale.dk),
        because: 'That is the factor that brings the deviation back to 1.',
      },
    ],
    explain:
      'So the scores are divided by √d_k, d_k of one head: larger ones would saturate the softmax.',
    hint: 'Add variances, then take the root.',
  }),
  card.shape('attention.scores.shape', {
    topic: 'attention',
    level: 1,
    equations: ['attention.scores'],
    ask: 'Q and K are (T, D) for one sequence and one head. What is the shape of the scores QKᵀ?',
    answer: ['T', 'T'],
    wrong: [
      {
        is: ['D', 'D'],
        because:
          'That is QᵀK, one number for each pair of columns. QKᵀ has one score per pair of positions.',
      },
      { is: ['T', 'D'], because: 'That is the shape of the output, after the weights have met V.' },
    ],
    explain: 'One score per pair of positions: that is where T² comes from.',
  }),
  card.order('attention.order', {
    topic: 'attention',
    level: 1,
    equations: ['attention.scores', 'attention.weights', 'attention.context'],
    ask: 'Put masked attention in order.',
    items: [
      'scores QKᵀ / √d_k',
      'set masked scores to -∞',
      'softmax over the keys',
      'weighted sum of V',
    ],
    explain: 'The mask comes before the softmax, so that the weights that remain still sum to 1.',
  }),
  card.trap('attention.mask.after', {
    topic: 'attention',
    level: 2,
    equations: ['attention.weights'],
    ask: 'Somebody describes a causal mask. What is wrong?',
    claim: 'After the softmax, the weights of future positions are set to 0.',
    right: 'The rest of the row no longer sums to 1; the mask must come before the softmax.',
    wrong: [
      {
        is: 'The weights of past positions are the ones to be set to 0, since the model has already used them.',
        because: 'Causal means looking back only: the future is what is hidden.',
      },
      {
        is: 'It should be done to the future rows of V instead.',
        because: 'Then the future would still take its share of each row’s weight.',
      },
      {
        is: 'Nothing: a weight of 0 is a weight of 0, however it came about.',
        because:
          'The zeros are right, the others are not: they were divided by a sum that included the future.',
      },
    ],
    explain:
      'With -∞ before the softmax, e^-∞ = 0 drops out of numerator and denominator. A row with every key masked gives NaN.',
    hint: 'What does a row sum to afterwards?',
  }),
  card.trap('attention.memory', {
    topic: 'attention',
    level: 2,
    ask: 'Somebody answers as follows. What is outdated?',
    claim: 'Exact attention over T positions needs O(T²) memory.',
    right: 'Tiled attention with an online softmax is exact and needs O(T) extra.',
    wrong: [
      {
        is: 'FlashAttention needs O(T), but it approximates the softmax, so the claim about exact attention stands.',
        because:
          'It computes the same softmax, tile by tile: when the maximum rises, the old sums are rescaled.',
      },
      {
        is: 'With several heads the memory per head falls as 1/heads, so it is O(T) in all.',
        because: 'Every head has a T × T matrix of its own; only d is divided among them.',
      },
      {
        is: 'It is O(T³), since every score is itself a sum.',
        because: 'The sum runs over d, not T, and it costs work, not memory.',
      },
    ],
    explain: 'Only the naive form keeps the T × T matrix. The work stays O(T²·d) in either form.',
    hint: 'Must all scores be there at once?',
  }),
  card.choice('attention.permutation', {
    topic: 'attention',
    level: 2,
    ask: 'Self-attention without positions and without a mask: the input rows are permuted. What happens to the output rows?',
    answer: 'They are permuted the same way (equivariance).',
    wrong: [
      {
        is: 'They stay as they are (invariance), because a softmax does not depend on order.',
        because:
          'Each row is the answer to its own query, so it moves with its query. A pooled output would be invariant.',
      },
      {
        is: 'They change in ways that depend on the weights.',
        because: 'The weights are the same for all positions: no row knows where it stands.',
      },
      {
        is: 'They are permuted the other way round, by the inverse permutation.',
        because: 'Row j of the output belongs to row j of the input, before and after.',
      },
    ],
    explain: 'That is why positions must be put in. A causal mask breaks the symmetry as well.',
  }),
  card.several('attention.kv-sharing', {
    topic: 'attention',
    level: 3,
    ask: 'Groups of query heads share one key and one value head (GQA). What falls?',
    options: [
      { is: 'the size of the KV cache', right: true, because: 'fewer K and V heads are kept.' },
      {
        is: 'the bytes read from memory per generated token',
        right: true,
        because: 'each token reads the whole cache.',
      },
      {
        is: 'the multiplications of QKᵀ',
        right: false,
        because: 'every query head still scores every position.',
      },
      {
        is: 'the number of query heads',
        right: false,
        because: 'the queries keep their heads; only K and V are shared.',
      },
    ],
    explain:
      'Sharing K and V saves memory and bandwidth, and leaves the work of attention as it is.',
    hint: 'What is stored, and what is computed?',
  }),
];

const gibi = 2 ** 30;

export const attentionGenerators: readonly Generator[] = [
  generator('attention.kv-cache.generated', {
    topic: 'attention',
    level: 2,
    make: (random, { id, about }) => {
      const B = 2 ** wholeFrom(random, 1, 5);
      const layers = 8 * wholeFrom(random, 2, 6);
      const T = 2 ** wholeFrom(random, 10, 13);
      const heads = oneOf(random, [8, 16, 32]);
      const headSize = oneOf(random, [64, 128]);
      const bytes = 2; // float16
      const answer = (): number => 2 * layers * B * T * heads * headSize * bytes;
      return card.number(id, {
        ...about,
        ask: `A decoder with ${layers} layers and ${heads} key-value heads of size ${headSize} serves a batch of ${B} sequences of ${T} tokens in float16. How many bytes has its KV cache?`,
        unit: 'bytes',
        answer,
        tolerance: 0.03, // so that two digits in GiB will do
        wrong: distinct(
          answer,
          [
            { is: () => answer() / B, because: `That is one sequence; the batch has ${B}.` },
            {
              is: () => answer() / layers,
              because: `That is one layer; each of the ${layers} has a cache.`,
            },
            { is: () => answer() / 2, because: 'That is K or V alone, or one byte per number.' },
            { is: () => answer() / heads, because: `That is one head of the ${heads}.` },
            { is: () => answer() / T, because: 'That is one token.' },
          ],
          0.03,
        ),
        explain: `2 (K and V) · layers · batch · T · heads · head size · ${bytes} bytes = ${Number((answer() / gibi).toPrecision(4))} GiB.`,
        hint: 'Six sizes and one 2: which are they?',
      });
    },
  }),
];
