/** Cards about recurrences that store values under keys: xLSTM, the delta rule, what they track and what they lose. */
import { card, type Card } from '../card.js';
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { drawnNumber } from './drawn-number.js';

export const matrixMemoryCards: readonly Card[] = [
  card.equation('lstm.exponential.stabiliser', {
    topic: 'lstm',
    level: 3,
    katas: ['online-softmax'],
    ask: 'An xLSTM cell has exponential gates, f = e^(a_f) and i = e^(a_i). Against overflow it keeps m = max(a_f + mPrev, a_i) and stores c·e^(-m) in place of c. Its input gate becomes e^(a_i - m). Write what its forget gate becomes, from a_f, m and mPrev.',
    answer: 'exp(af + mPrev - m)',
    symbols: { af: ['H'], f: ['H'], m: ['H'], mPrev: ['H'] },
    where: { f: 'exp(af)' },
    wrong: [
      {
        is: 'exp(af - m)',
        because: 'The old cell was stored relative to mPrev: that factor has to be taken back.',
      },
      {
        is: 'exp(af + m - mPrev)',
        because: 'Where the maximum rises, what is stored must shrink: m stands with a minus.',
      },
      {
        is: 'exp(af)',
        because: 'Then the old part is relative to mPrev and the new one to m.',
      },
    ],
    explain:
      'The normaliser n = f·n₋ + i is stored in the same way, and h = o ⊙ c / n loses the factor again: the running maximum of online softmax (Beck and others 2024).',
    hint: 'c₋ is stored as c₋·e^(-mPrev), c is to be stored as c·e^(-m).',
  }),
  card.choice('lstm.exponential.parallel', {
    topic: 'lstm',
    level: 3,
    ask: 'xLSTM has two cells: mLSTM with the matrix C = f·C₋ + i·v·kᵀ, and sLSTM with a vector c. Which of them is trained in parallel over T, and why?',
    answer: 'mLSTM: none of its gates reads h₋.',
    wrong: [
      {
        is: 'mLSTM: a matrix holds all keys and values, so that no step has to wait for another one.',
        because: 'It is d × d whatever T is, and parallel or not has nothing to do with its size.',
      },
      {
        is: 'sLSTM: a scan of vectors is cheaper than one of matrices.',
        because: 'Cheaper it would be, but its gates read h₋, and so there is no scan.',
      },
      {
        is: 'Both: with exponential gates the exponents just add up.',
        because: 'sLSTM’s exponents contain h₋, which is known only after the step before.',
      },
    ],
    explain:
      'mLSTM is affine in C₋: linear attention with gates. sLSTM waits for h₋ and in return tracks states, such as parity (Beck and others 2024).',
    hint: 'Which of them is affine in its own old state, with factors known beforehand?',
  }),
  card.equation('systems.delta.update', {
    topic: 'systems',
    level: 3,
    ask: 'A state S (K, V) answers a key k with Sᵀk. The delta rule takes one gradient step of size beta on ‖Sᵀk - v‖²/2, starting from SPrev. Write the new S from SPrev, k, v and beta; I is the identity.',
    answer: "SPrev - beta * k * (SPrev' * k - v)'",
    symbols: { S: ['K', 'V'], SPrev: ['K', 'V'], k: ['K'], v: ['V'], beta: [], I: ['K', 'K'] },
    where: { I: 'diag(k ./ k)' }, // a column of ones on the diagonal
    wrong: [
      {
        is: "SPrev + beta * k * v'",
        because: 'That is linear attention: what k held before is left in, and both add up.',
      },
      {
        is: "SPrev + beta * k * (SPrev' * k - v)'",
        because: 'That goes up the gradient: the error grows.',
      },
      {
        is: "(1 - beta) * SPrev + beta * k * v'",
        because:
          'That fades what is stored under every key; the rule touches the direction k only.',
      },
    ],
    explain:
      '= (I - β·k·kᵀ)·S₋ + β·k·vᵀ: it takes out what k held and writes v. The step is linear in S₋, so chunks run in parallel (DeltaNet; Yang and others 2024).',
    hint: 'The gradient is an outer product: the key times the error.',
  }),
  card.several('systems.parity', {
    topic: 'systems',
    level: 3,
    ask: 'Is the number of ones so far odd? Which of these can say so for bits of any length, in one layer and with numbers of finite precision?',
    options: [
      {
        is: 'an LSTM',
        right: true,
        because: 'a one shuts f and opens i, and c̃ reads h₋ and writes its opposite.',
      },
      {
        is: 's = a·s₋ from s = 1, with a = 1 - 2x for the bit x',
        right: true,
        because: 'the factor is -1 at a one and 1 at a zero: s carries the sign.',
      },
      {
        is: 's = a·s₋ + b with a in 0 … 1, both from x, as in Mamba',
        right: false,
        because: 'such a factor keeps or fades what is there and never flips it.',
      },
      {
        is: 's = -s₋ + x, the same factor at every step',
        right: false,
        because: 'its sign changes with every step; told apart must be the ones.',
      },
    ],
    explain:
      'A linear recurrence needs factors below 0 (Grazzi and others 2024) that depend on x, both in one layer (Khavari and others 2025). A transformer of four layers can (Kozachinskiy and others 2026); that it learns to is another matter.',
    hint: 'What does a one have to do to the state?',
  }),
  card.number('systems.delta.flip', {
    topic: 'systems',
    level: 3,
    ask: 'The delta rule multiplies its state by I - β·k·kᵀ, and k has norm 1. Which β turns the sign of what is stored under k, and keeps its size?',
    answer: () => 2,
    wrong: [
      { is: () => 1, because: 'That is the factor 0 along k: it erases.' },
      { is: () => -1, because: 'That is the factor 2 along k: it doubles.' },
      { is: () => 0.5, because: 'That is the factor ½ along k: it fades.' },
    ],
    explain:
      'Along k the factor is 1 - β. DeltaNet takes β = σ(…), between 0 and 1; 2σ(…) comes near -1 and learns parity (Grazzi and others 2024).',
    hint: 'Multiply k by the matrix.',
  }),
  card.choice('systems.hybrid', {
    topic: 'systems',
    level: 2,
    katas: ['memory-account'],
    ask: 'Kimi Linear and Qwen3-Next have one layer of softmax attention after every three linear ones. Why not linear ones only?',
    answer: 'A fixed state cannot give back any one of many pairs exactly.',
    wrong: [
      {
        is: 'Linear layers cannot be trained in parallel over a long text.',
        because: 'They can, in chunks; that is what they were chosen for.',
      },
      {
        is: 'Only softmax layers know the order of the words.',
        because: 'A recurrence has its order built in; it is attention that has to be told.',
      },
      {
        is: 'With softmax in between, the linear layers can be left out once training is over.',
        because: 'They are most of the model, and stay in use.',
      },
    ],
    explain:
      'A K × V state has room for K orthogonal keys; more of them overlap, and looking up a name or a number fails first. With one layer in four caching, the KV cache is a quarter.',
    hint: 'How many orthogonal keys are there in K dimensions?',
  }),
];

export const matrixMemoryGenerators: readonly Generator[] = [
  generator('systems.delta.generated', {
    topic: 'systems',
    level: 3,
    make: (random, making) => {
      const cosine = oneOf(random, [0.2, 0.25, 0.4, 0.5, 0.6, 0.75, 0.8]);
      const first = wholeFrom(random, 1, 9);
      const second = first + wholeFrom(random, 1, 9);
      return drawnNumber(making, {
        ask: `A delta-rule memory with β = 1 is empty. It stores the number ${first} under the key p, then ${second} under the key q; both keys have norm 1, and p·q = ${cosine}. What does it now answer to p?`,
        answer: () => first + cosine * (second - cosine * first),
        tolerance: 0.002,
        wrong: [
          { is: () => first, because: 'So it would be for orthogonal keys; these overlap.' },
          {
            is: () => first + cosine * second,
            because: 'That is linear attention: what q held before is not taken out.',
          },
          { is: () => second, because: 'That is the answer to q, the key written last.' },
          {
            is: () => (1 - cosine) * first + cosine * second,
            because:
              'q answered p·q times the first number: that much is taken out, not all of it.',
          },
        ],
        explain:
          'Before the second write q gives p·q times the first number. The difference is written along q, and p sees p·q of it.',
        hint: 'What does the memory answer to q before the second write?',
      });
    },
  }),
];
