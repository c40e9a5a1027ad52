/** Generated questions about attention: weights by hand, pairs, bytes, the online softmax. */
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { drawnNumber } from './drawn-number.js';

export const attentionNumberGenerators: readonly Generator[] = [
  generator('attention.softmax.generated', {
    topic: 'attention',
    level: 1,
    equations: ['attention.weights'],
    katas: ['stable-softmax'],
    make: (random, making) => {
      const scores = [0, wholeFrom(random, 1, 2), wholeFrom(random, 3, 4)] as const;
      const at = wholeFrom(random, 0, 2);
      const places = ['first', 'second', 'third'] as const;
      const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
      const e = scores.map(Math.exp);
      return drawnNumber(making, {
        ask: `The scores of a row are ${scores.join(', ')}. What is the softmax weight of the ${places[at]!} one?`,
        answer: () => e[at]! / sum(e),
        tolerance: 0.005,
        wrong: [
          {
            is: () => scores[at]! / sum(scores),
            because: 'Exponentials are compared, not scores.',
          },
          { is: () => e[at]!, because: 'That is not yet divided by the sum.' },
          {
            is: () => e[at]! / (sum(e) - e[at]!),
            because: 'The sum runs over all, this one included.',
          },
          { is: () => 1 / 3, because: 'That would be so for equal scores.' },
        ],
        explain: 'e^s over the sum of all e^s.',
      });
    },
  }),
  generator('attention.causal-pairs.generated', {
    topic: 'attention',
    level: 1,
    katas: ['causal-attention'],
    make: (random, making) => {
      const T = wholeFrom(random, 5, 60);
      const heads = oneOf(random, [1, 2, 4, 8]);
      return drawnNumber(making, {
        ask: `Causal self-attention over ${T} positions, number of heads: ${heads}. How many weights are allowed to differ from 0?`,
        unit: 'weights',
        answer: () => (heads * T * (T + 1)) / 2,
        wrong: [
          { is: () => heads * T * T, because: 'That is without the mask.' },
          {
            is: () => (heads * T * (T - 1)) / 2,
            because: 'A position may see itself: the diagonal counts.',
          },
          {
            is: () => (heads * T * T) / 2,
            because: 'Half of the square cuts the diagonal in two.',
          },
        ],
        explain: '1 + 2 + … + T for each head.',
      });
    },
  }),
  generator('attention.online.generated', {
    topic: 'attention',
    level: 3,
    katas: ['online-softmax'],
    make: (random, making) => {
      const m = wholeFrom(random, 1, 4);
      const l = wholeFrom(random, 15, 30) / 10;
      const s = m + wholeFrom(random, 1, 2);
      return drawnNumber(making, {
        ask: `Online softmax: the largest score so far is ${m}, and the sum of e^(score - ${m}) is ${l}. A score of ${s} comes. What is the new sum?`,
        answer: () => l * Math.exp(m - s) + 1,
        tolerance: 0.003,
        wrong: [
          { is: () => l + 1, because: 'The old sum must be brought to the new maximum first.' },
          {
            is: () => l + Math.exp(s - m),
            because: 'That is relative to the old maximum, which would overflow one day.',
          },
          {
            is: () => l * Math.exp(s - m) + 1,
            because: 'The maximum has risen, so the old sum shrinks.',
          },
        ],
        explain: 'l·e^(m - m_new) + e^(s - m_new), and m_new = s.',
      });
    },
  }),
  generator('attention.weights-bytes.generated', {
    topic: 'attention',
    level: 1,
    katas: ['memory-account'],
    make: (random, making) => {
      const B = 2 ** wholeFrom(random, 1, 4);
      const heads = oneOf(random, [4, 8, 16]);
      const T = 2 ** wholeFrom(random, 9, 12);
      const bytes = oneOf(random, [2, 4]);
      const answer = (): number => B * heads * T * T * bytes;
      return drawnNumber(making, {
        ask: `Naive attention keeps its weights for the backward pass: batch ${B}, ${heads} heads, ${T} positions, ${bytes} bytes per number. How many bytes in one layer?`,
        unit: 'bytes',
        answer,
        tolerance: 0.03,
        wrong: [
          { is: () => answer() / heads, because: 'Each head has weights of its own.' },
          { is: () => answer() / B, because: 'That is one sequence of the batch.' },
          { is: () => answer() / T, because: 'One weight per pair of positions: T².' },
          { is: () => answer() / bytes, because: 'That is numbers, not bytes.' },
        ],
        explain: 'Batch · heads · T² · bytes.',
      });
    },
  }),
  generator('attention.projections.generated', {
    topic: 'attention',
    level: 2,
    katas: ['multi-head', 'parameter-count'],
    make: (random, making) => {
      const heads = oneOf(random, [4, 8, 16]);
      const D = heads * 16 * wholeFrom(random, 1, 8);
      return drawnNumber(making, {
        ask: `How many parameters has a multi-head attention layer of width D = ${D} with ${heads} heads, four projections with a bias each?`,
        unit: 'parameters',
        answer: () => 4 * (D * D + D),
        wrong: [
          { is: () => 4 * D * D, because: 'The biases are missing.' },
          { is: () => 4 * heads * (D * D + D), because: 'The heads share the width D.' },
          { is: () => 3 * (D * D + D), because: 'The output projection is missing.' },
        ],
        explain: 'Four times D × D and D, whatever the number of heads is.',
      });
    },
  }),
  generator('attention.score.generated', {
    topic: 'attention',
    level: 1,
    equations: ['attention.scores'],
    katas: ['scaled-dot-product'],
    make: (random, making) => {
      const draw = (): number[] => Array.from({ length: 4 }, () => wholeFrom(random, 1, 5));
      const [q, k] = [draw(), draw()];
      const dot = (): number => q.reduce((sum, value, j) => sum + value * k[j]!, 0);
      return drawnNumber(making, {
        ask: `q = [${q.join(', ')}] and k = [${k.join(', ')}]. What is their scaled score?`,
        answer: () => dot() / Math.sqrt(q.length),
        wrong: [
          { is: dot, because: 'The scale, one over the root of the length, is missing.' },
          { is: () => dot() / q.length, because: 'Divided by the root of the length, not by it.' },
          {
            is: () => dot() * Math.sqrt(q.length),
            because: 'The scale brings the score down: divide.',
          },
        ],
        explain: 'q·k / √d_k, here with d_k = 4.',
      });
    },
  }),
];
