import { softmaxRows } from 'bptt';
import { close, kata, map, sigmoid, vector } from 'bptt/define';
import type { Vector } from 'bptt/define';

interface Given {
  x: Vector;
}

const total = (v: Vector): number => v.reduce((sum, u) => sum + u, 0);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What is subtracted from every score. */
  reference: (x: Vector): number => Math.max(...x),
  exponential: (x: Vector, m: number): Vector => map(x, (v) => Math.exp(v - m)),
  /** What the exponentials are divided by. */
  sum: (e: Vector, _x: Vector): number => total(e),
};

/** The softmax as a learner would write it. */
function shares({ x }: Given, change: Partial<typeof right> = {}): { p: Vector } {
  const { reference, exponential, sum } = { ...right, ...change };
  const e = exponential(x, reference(x));
  const l = sum(e, x);
  return { p: map(e, (v) => v / l) };
}

export default kata('stable-softmax', {
  topic: '60-attention',
  title: 'A softmax that cannot overflow',
  level: 1,
  minutes: 4,
  equations: ['attention.weights'],
  inputs: { x: vector('S') },
  outputs: { p: vector('S') },

  /** Rows of ordinary scores, and the same around 1000 and around -1000, where e^x is ∞ and 0. */
  prepare: ({ x }) => {
    const first = x[0]!;
    const around = Math.abs(first) < 0.2 ? 0 : 1000 * Math.sign(first);
    return { x: map(x, (v) => v + around) };
  },
  edges: {
    'the last score is 2000 above all others': ({ x }) => ({
      x: map(x, () => 0).fill(2000, x.length - 1),
    }),
    'all scores are near -5000': ({ x }) => ({ x: map(x, (v) => (v % 1000) - 5000) }),
    'scores reach from -1e300 to 1e300': ({ x }) => ({
      x: x.map((_, j) => [1e300, -1e300][j] ?? 0),
    }),
  },
  reference: ({ x }) => {
    const p = x.slice();
    softmaxRows(p, p.length, 1, p.length);
    return { p };
  },

  symbols: ({ x }) => ({ e: x }),
  answers: ({ p }) => ({ w: p }),

  laws: [
    {
      name: 'shares: none is negative, and they sum to 1',
      change: (given) => given,
      holds: (_, { p }) => p.every((v) => v >= 0) && Math.abs(total(p) - 1) < 1e-12,
    },
    {
      name: 'equal scores of 1000 get equal shares: only differences count',
      change: ({ x }) => ({ x: map(x, () => 1000) }),
      holds: ({ x }, { p }) =>
        close(
          p,
          map(x, () => 1 / x.length),
        ),
    },
    {
      name: 'a score 2000 above all others takes everything, and the others get 0, not NaN',
      change: ({ x }) => ({ x: map(x, () => 0).fill(2000, 0, 1) }),
      holds: (_, { p }) => p[0] === 1 && p.every((v, j) => j === 0 || v === 0),
    },
    {
      name: 'one unit more of score is e times the share',
      change: ({ x }) => ({ x: x.map((_, j) => -j) }),
      holds: (_, { p }) => p.every((v, j) => j === 0 || Math.abs(p[j - 1]! / v - Math.E) < 1e-9),
    },
  ],

  attempt: shares,

  mistakes: [
    {
      id: 'no-maximum',
      says: 'You take e^x as it is: from x = 710 on it is ∞, and ∞/∞ is NaN; at -1000 every e^x is 0, and 0/0 is NaN. Subtract the largest score first.',
      change: { reference: () => 0 },
      card: 'attention.softmax.shift',
    },
    {
      id: 'largest-by-size',
      says: 'When every score is negative, you do not subtract the largest: max |x| pushes them further down, and a maximum that starts at 0 leaves them there, until every e^x is 0. Subtract max x.',
      change: { reference: (x) => Math.max(...map(x, Math.abs)) },
      card: 'attention.softmax.shift',
    },
    {
      id: 'maximum-above-only',
      says: 'You subtract the maximum above the line only: the sum below still takes e^x, so it overflows, and the shares no longer sum to 1.',
      change: { sum: (_, x) => total(map(x, Math.exp)) },
      card: 'attention.softmax.shift',
    },
    {
      id: 'not-divided',
      says: 'You return e^{x - max x}: the largest gets 1, and nothing sums to 1. Divide by the sum.',
      change: { sum: () => 1 },
    },
    {
      id: 'epsilon-in-the-sum',
      says: 'You add a small number to the sum, against a division by zero that cannot happen: after the maximum is subtracted, one term is e^0 = 1.',
      change: { sum: (e) => total(e) + 1e-6 },
    },
    {
      id: 'scores-clipped',
      says: 'You clip the scores to ±50 before the exponential. Nothing overflows, but 1000 and 999 become equal. Shift them instead: that changes nothing.',
      reads: (given) => ({ x: map(given.x, (v) => Math.min(50, Math.max(-50, v))) }),
      card: 'attention.softmax.shift',
    },
    {
      id: 'divided-by-the-maximum',
      says: 'You divide the scores by the largest. That changes their differences, and so the shares: subtract it.',
      change: { exponential: (x, m) => map(x, (v) => Math.exp(v / m - 1)) },
      card: 'attention.softmax.shift',
    },
    {
      id: 'powers-of-two',
      says: 'Your exponentials are powers of 2. In base 2 the scores need a factor log2(e) first; here they are powers of e.',
      change: { exponential: (x, m) => map(x, (v) => 2 ** (v - m)) },
    },
    {
      id: 'sigmoid-per-score',
      says: 'You take σ of each score by itself. A softmax compares the scores with each other: the shares sum to 1.',
      variant: ({ x }) => ({ p: map(x, sigmoid) }),
    },
    {
      id: 'logarithm-returned',
      says: 'You return ln p, as log_softmax does. Asked is p.',
      variant: ({ x }) => {
        const m = Math.max(...x);
        const l = total(map(x, (v) => Math.exp(v - m)));
        return { p: map(x, (v) => v - m - Math.log(l)) };
      },
    },
  ],

  hints: [
    'The shares depend on the differences of the scores alone. So you may move all of them by the same number: which one makes every exponential harmless?',
    'p_j = e^{x_j - m} / Σ_k e^{x_k - m} with m = max_k x_k: every exponent is 0 or less, and one of them is exactly 0.',
    'const m = Math.max(...x); const e = x.map((v) => Math.exp(v - m)); then p[j] = e[j] / (the sum over e).',
  ],
  followUps: [
    'Show that subtracting m changes nothing, and that the sum is at least 1 afterwards.',
    'What is p when every score of the row is -∞, because all keys are masked? What should it be?',
    'How would you return ln p without taking the logarithm of a p that has been rounded to 0?',
  ],
});
