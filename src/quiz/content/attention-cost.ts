/** Cards about what attention costs and what changes that: tiles, sums instead of scores. Its cache: attention-cache.ts. */
import { card, type Card } from '../card.js';

export const attentionCostCards: readonly Card[] = [
  card.trap('attention.flash.flops', {
    topic: 'attention',
    level: 2,
    katas: ['online-softmax'],
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'FlashAttention makes attention linear in T.',
    right: 'Its extra memory is linear; the work stays T²·d.',
    wrong: [
      {
        is: 'It makes the work linear, but the memory stays quadratic as the scores have to be kept for backward.',
        because: 'The scores are recomputed in backward; that is the point of it.',
      },
      {
        is: 'It makes neither linear: it is faster by a constant only, since it skips small scores.',
        because: 'It skips nothing: it is exact. And its extra memory is linear.',
      },
      {
        is: 'Nothing, but the result is then an approximation.',
        because: 'It is the same softmax, tile by tile.',
      },
    ],
    explain:
      'It is faster since tiles stay in fast memory, although backward does more arithmetic.',
  }),
  card.choice('attention.flash.backward', {
    topic: 'attention',
    level: 3,
    katas: ['online-softmax'],
    ask: 'What must tiled attention keep from forward, beside Q, K, V and the output, to recompute its weights in backward?',
    answer: 'the log of the sum of exponentials of each row',
    wrong: [
      {
        is: 'all of the weights of every tile on the diagonal, from which the others follow',
        because: 'No tile follows from another; each is recomputed from Q and K.',
      },
      {
        is: 'nothing, since Q and K give the scores again',
        because: 'The scores, yes; to make weights of them one would need each row’s sum first.',
      },
      {
        is: 'the largest weight of each row and the place where it was found',
        because: 'The sum of the row would still be missing.',
      },
    ],
    explain: 'p = e^(s - L) with L = m + ln l: one number per row, O(T).',
  }),
  card.equation('attention.online.rescale', {
    topic: 'attention',
    level: 3,
    katas: ['online-softmax'],
    ask: 'Online softmax: l is the sum of e^(s_j - m) so far. A new score s comes, and mNew is the new maximum. Write the new sum.',
    answer: 'l * exp(m - mNew) + exp(s - mNew)',
    symbols: { l: [], m: [], mNew: [], s: [] },
    wrong: [
      {
        is: 'l + exp(s - mNew)',
        because: 'The old sum was taken relative to the old maximum: it must be rescaled.',
      },
      {
        is: 'l * exp(mNew - m) + exp(s - mNew)',
        because: 'The maximum has risen, so the old sum must shrink.',
      },
      {
        is: 'l * exp(m - mNew) + exp(s - m)',
        because: 'The new score, too, is taken relative to the new maximum.',
      },
    ],
    explain: 'The weighted sum of values so far is rescaled by the same e^(m - mNew).',
    hint: 'Write the old sum with mNew in place of m.',
  }),
  card.order('attention.online.order', {
    topic: 'attention',
    level: 3,
    katas: ['online-softmax'],
    ask: 'Put what online-softmax attention does with one more tile of keys in order.',
    items: [
      'scores of the tile',
      'the new maximum of the row',
      'shrink the old sum and the old output by e^(m - m_new)',
      'add the tile’s exponentials and its weighted values',
      'after the last tile: divide the output by the sum',
    ],
    explain: 'At no time is more than one tile of scores in memory.',
  }),
  card.trap('attention.linear', {
    topic: 'attention',
    level: 3,
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'Linear attention costs O(T·d): linear in length and in width.',
    right: 'φ(K)ᵀV is a d × d matrix, so it costs O(T·d²).',
    wrong: [
      {
        is: 'It costs O(T²·d) like the usual one, since every query still has to look at every one of the keys.',
        because: 'It looks at their sum φ(K)ᵀV, which is formed once.',
      },
      {
        is: 'It costs O(T·log T), as it is computed by a Fourier transform.',
        because: 'That is long convolutions; linear attention is two matrix products.',
      },
      {
        is: 'Nothing: dropping the softmax leaves a sum over positions only.',
        because: 'A sum over positions of outer products, d² numbers each.',
      },
    ],
    explain: 'The cost of a recurrent network, and it is one: its state is φ(K)ᵀV.',
    hint: 'What is the shape of φ(K)ᵀV?',
  }),
  card.shape('attention.linear.state', {
    topic: 'attention',
    level: 3,
    ask: 'Causal linear attention runs as a recurrence. φ(k) has K entries and v has V. What is the shape of its state S = Σ φ(k)vᵀ?',
    answer: ['K', 'V'],
    wrong: [
      { is: ['T', 'V'], because: 'A cache grows with T; this sum does not.' },
      { is: ['K'], because: 'That is Σ φ(k), which is kept beside it for the division.' },
      { is: ['V', 'K'], because: 'φ(k)vᵀ has the keys in its rows.' },
    ],
    explain: 'Fixed size, whatever T is: an RNN whose state is a matrix.',
  }),
  card.trap('attention.weights.reading', {
    topic: 'attention',
    level: 2,
    ask: 'Somebody reads a heat map of attention. What is wrong?',
    claim: 'Position 7 has the weight 0.9, so the prediction is 90 % due to word 7.',
    right: 'The weight says what was read at 7, and that vector already mixes other words.',
    wrong: [
      {
        is: 'The weights of one head cannot be compared with each other, as every one has a temperature of its own.',
        because: 'Within a row they are comparable: they sum to 1.',
      },
      {
        is: 'The 0.9 must be divided by the number of heads first.',
        because: 'That would not make it a cause either: heads do different things.',
      },
      {
        is: 'Nothing, provided that it is the last layer.',
        because: 'In the last layer the vectors are the most mixed of all.',
      },
    ],
    explain: 'And a value near zero adds little, whatever its weight. To claim a cause, intervene.',
  }),
];
