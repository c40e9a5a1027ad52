/** Cards about how attention is computed: scores, heads, masks and the way back. Cost is in attention-cost.ts. */
import { card, type Card } from '../card.js';

const heads = { D: 512, N: 8 };

export const attentionScoreCards: readonly Card[] = [
  card.equation('attention.scores', {
    topic: 'attention',
    level: 1,
    equations: ['attention.scores'],
    katas: ['scaled-dot-product'],
    ask: 'Write the scaled scores S of one head from Q and K, whose rows are positions and have dk entries.',
    answer: "Q * K' / sqrt(dk)",
    symbols: { Q: ['T', 'D'], K: ['S', 'D'], dk: [] },
    wrong: [
      { is: "Q * K' / dk", because: 'The deviation of a score is √d_k, not d_k.' },
      { is: "Q * K'", because: 'The scale is missing: long vectors saturate the softmax.' },
      {
        is: "K * Q' / sqrt(dk)",
        because: 'That is the transpose: the softmax runs over keys, which must be columns.',
      },
    ],
    explain: 'Row: query. Column: key.',
  }),
  card.shape('attention.cross.shape', {
    topic: 'attention',
    level: 2,
    equations: ['attention.scores', 'attention.context'],
    katas: ['scaled-dot-product'],
    ask: 'Cross-attention: Q is (T, K), K is (S, K) and V is (S, V), where K and V also name d_k and d_v. What is the shape of the output?',
    answer: ['T', 'V'],
    wrong: [
      { is: ['T', 'S'], because: 'That is the weights; they still meet V.' },
      { is: ['S', 'V'], because: 'There is one output per query, not per key.' },
      { is: ['T', 'K'], because: 'The output is made of values: its width is d_v.' },
    ],
    explain: '(T, S) weights times (S, V) values.',
  }),
  card.shape('attention.heads.shape', {
    topic: 'attention',
    level: 2,
    katas: ['multi-head'],
    ask: 'B sequences of T positions, N heads. What is the shape of all weights of one self-attention layer, batch first, then heads?',
    answer: ['B', 'N', 'T', 'T'],
    wrong: [
      { is: ['B', 'T', 'T'], because: 'Each head has weights of its own.' },
      {
        is: ['B', 'N', 'T', 'D'],
        because: 'That is as wide as values; weights go over positions.',
      },
      { is: ['N', 'T', 'T'], because: 'Each sequence of the batch has its own.' },
    ],
    explain: 'T² for each head of each sequence: what the naive form keeps for backward.',
  }),
  card.trap('attention.heads.parameters', {
    topic: 'attention',
    level: 1,
    katas: ['multi-head'],
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'More heads mean more parameters, so the number of heads sets the size of the model.',
    right: 'The width is divided among the heads: the projections stay D × D.',
    wrong: [
      {
        is: 'More heads mean fewer parameters: they share a matrix.',
        because: 'Each is smaller and none is shared: together they are as large as before.',
      },
      {
        is: 'Only the output projection grows with the number of heads.',
        because: 'It reads all heads side by side, D numbers in all.',
      },
      {
        is: 'Nothing: each head has four matrices of its own.',
        because: 'It has D/N rows of W_q, W_k and W_v for its own, and D/N columns of W_out.',
      },
    ],
    explain: 'What falls with N is the rank of each head’s scores: at most D/N.',
    hint: 'How wide is one head?',
  }),
  card.number('attention.heads.count', {
    topic: 'attention',
    level: 1,
    katas: ['multi-head', 'parameter-count'],
    ask: `How many weights have the four projections of a multi-head layer with D = ${heads.D} and ${heads.N} heads of size D/${heads.N}, without biases?`,
    unit: 'weights',
    answer: () => 4 * heads.D ** 2,
    wrong: [
      {
        is: () => 4 * heads.D ** 2 * heads.N,
        because: 'The heads share the width D among them.',
      },
      { is: () => 3 * heads.D ** 2, because: 'Q, K and V, but the output projection is missing.' },
      {
        is: () => (4 * heads.D ** 2) / heads.N,
        because: 'That is one head’s part.',
      },
    ],
    explain: 'W_q, W_k, W_v and W_out, D × D each.',
  }),
  card.trap('attention.heads.scale', {
    topic: 'attention',
    level: 2,
    equations: ['attention.scores'],
    katas: ['multi-head'],
    ask: 'Somebody implements multi-head attention. What is wrong?',
    claim: 'The scores of every head are divided by √D, the width of the model.',
    right: 'A score sums over one head’s entries, so the scale is √(D/N).',
    wrong: [
      {
        is: 'They must be divided by D itself, because the variance of a score is what has to be brought back to 1.',
        because: 'Dividing by a number divides the variance by its square.',
      },
      {
        is: 'The division belongs behind the softmax, where it scales the weights.',
        because: 'Then the rows would not sum to 1.',
      },
      {
        is: 'Nothing: √D is right for any number of heads.',
        because: 'It makes the scores too small by √N, so the softmax is too flat.',
      },
    ],
    explain: 'd_k is the length of the vectors that meet in the dot product.',
  }),
  card.choice('attention.saturation', {
    topic: 'attention',
    level: 2,
    equations: ['attention.weights', 'attention.backward.scores'],
    katas: ['scaled-dot-product'],
    ask: 'What goes wrong when the scores of a wide head are not scaled?',
    answer: 'The softmax is almost one-hot, so its gradient vanishes.',
    wrong: [
      {
        is: 'exp overflows for large scores, so that all of the weights of a row become NaN or infinite.',
        because: 'Subtracting the largest score prevents that, with or without the scale.',
      },
      {
        is: 'The rows no longer sum to 1, so the outputs grow with d_k.',
        because: 'A softmax sums to 1 whatever its scores are.',
      },
      {
        is: 'The scores of far positions vanish, as there is a product on the way.',
        because: 'No product lies between positions: each pair is scored directly.',
      },
    ],
    explain: 'diag(p) - ppᵀ is almost zero when p is almost one-hot.',
  }),
  card.choice('attention.softmax.shift', {
    topic: 'attention',
    level: 1,
    equations: ['attention.weights'],
    katas: ['stable-softmax'],
    ask: 'A stable softmax subtracts the largest score of a row first. Why does that not change the result?',
    answer: 'The factor e^-m stands in numerator and denominator and cancels.',
    wrong: [
      {
        is: 'It does change it a little, but less than the rounding error that it avoids in float32.',
        because: 'In exact arithmetic it changes nothing at all.',
      },
      {
        is: 'Because the softmax is linear in its scores.',
        because: 'It is not linear; scaling the scores changes it.',
      },
      {
        is: 'Because the largest score has weight 1 afterwards.',
        because: 'Its exponential is 1; its weight is 1 divided by the sum.',
      },
    ],
    explain: 'Every exponent is then at most 0, so nothing overflows.',
  }),
  card.choice('attention.masked-row', {
    topic: 'attention',
    level: 2,
    equations: ['attention.weights'],
    katas: ['causal-attention'],
    ask: 'All keys of one row are padding and their scores -∞. What does a plain stable softmax give?',
    answer: 'NaN in the whole row',
    wrong: [
      {
        is: 'the same weight for every key, as all of the scores are equal',
        because: 'Equal finite scores would; -∞ minus the largest, -∞, is NaN.',
      },
      { is: 'zero for every key', because: 'That would need a rule: 0/0 is NaN.' },
      {
        is: 'an arbitrary key with weight 1',
        because: 'There is no largest score above the others.',
      },
    ],
    explain: 'A kernel must define such a row, for instance as zeros, or the NaN spreads.',
  }),
  card.choice('attention.positions.relative', {
    topic: 'attention',
    level: 2,
    ask: 'RoPE turns q and k by an angle that grows with their position. On what do scores then depend?',
    answer: 'on the contents and the signed distance of the two positions',
    wrong: [
      {
        is: 'on the contents and both absolute positions, each of which keeps its own angle',
        because: 'In a dot product of turned vectors only the difference of the angles remains.',
      },
      {
        is: 'on the contents alone, because a rotation changes no norm',
        because: 'Norms stay, but q and k are turned by different angles.',
      },
      {
        is: 'on the signed distance alone, which is what a relative encoding means',
        because: 'q and k still carry their contents.',
      },
    ],
    explain: '(R_a q)·(R_b k) = q·R_{b-a} k. Nothing is added to the embeddings.',
  }),
  card.several('attention.cross', {
    topic: 'attention',
    level: 1,
    ask: 'In a transformer’s decoder with cross-attention, what is computed from the encoder’s output?',
    options: [
      { is: 'the keys', right: true, because: 'they are what the source offers to be matched.' },
      { is: 'the values', right: true, because: 'they are what is taken from the source.' },
      { is: 'the queries', right: false, because: 'the decoder asks, with its own state.' },
      {
        is: 'the causal mask',
        right: false,
        because: 'the whole source may be seen: no mask but padding.',
      },
    ],
    explain: 'K and V of the source can be computed once for all of the decoder’s steps.',
  }),
  card.equation('attention.backward.values', {
    topic: 'attention',
    level: 2,
    equations: ['attention.backward.values'],
    katas: ['attention-backward'],
    ask: 'O = P·V with weights P (T, S) and values V (S, V). dO is known. Write dV.',
    answer: "dV = P' * dO",
    symbols: { dV: ['S', 'V'], P: ['T', 'S'], dO: ['T', 'V'] },
    wrong: [{ is: "dO' * P", because: 'That is the transpose of dV: rows of V belong to keys.' }],
    explain: 'A value is used by every query, each with its weight: they add up.',
  }),
  card.equation('attention.backward.softmax', {
    topic: 'attention',
    level: 3,
    equations: ['attention.backward.scores'],
    katas: ['attention-backward'],
    ask: 'p = softmax(s) is one row of weights, as a column, and dp is known. Write ds from p and dp.',
    answer: "ds = p .* (dp - p' * dp)",
    symbols: { ds: ['T'], p: ['T'], dp: ['T'] },
    wrong: [
      {
        is: 'p .* dp',
        because: 'Each score also lowers the other weights, through the common sum.',
      },
      {
        is: 'p .* (1 - p) .* dp',
        because: 'That is the diagonal of the Jacobian alone, as if it were a σ.',
      },
      { is: "dp - p' * dp", because: 'The factor p of each entry is missing.' },
    ],
    explain: 'diag(p) - ppᵀ times dp. The entries of ds sum to 0.',
    hint: 'Raise one score: what happens to the other weights?',
  }),
  card.free('attention.explain', {
    topic: 'attention',
    level: 1,
    equations: ['attention.scores', 'attention.weights', 'attention.context'],
    katas: ['scaled-dot-product'],
    ask: 'In a few sentences: what does scaled dot-product attention compute, and why is it scaled?',
    rubric: [
      { point: 'queries meet keys', words: ['query', 'queries'] },
      { point: 'softmax over the keys', words: ['softmax'] },
      { point: 'a weighted sum of values', words: ['weighted sum', 'weighted mean', 'values'] },
      {
        point: '√d_k keeps the softmax off saturation',
        words: ['variance', 'saturat', 'root', 'sqrt', 'd k'],
      },
    ],
    enough: 3,
    model:
      'Every query is compared with every key by a dot product; a softmax over the keys turns the scores into weights, and the output is the weighted sum of the values. The scores have a variance of d_k, so they are divided by √d_k; otherwise the softmax saturates and its gradient vanishes.',
    explain: 'Compare, weigh, sum; then the reason for the scale.',
  }),
];
