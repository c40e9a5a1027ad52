import { Arena, softmaxCrossEntropy } from 'bptt';
import { index, kata, map, scalar, vector, zip } from 'bptt/define';
import type { Vector } from 'bptt/define';

interface Given {
  logits: Vector;
  target: number;
}

function softmax(logits: Vector): Vector {
  const m = Math.max(...logits);
  const e = map(logits, (z) => Math.exp(z - m));
  const sum = e.reduce((total, v) => total + v, 0);
  return map(e, (v) => v / sum);
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  probabilities: softmax,
  /** The loss from the probabilities p and the target. */
  loss: (p: Vector, target: number): number => -Math.log(p[target]!),
  /** The gradient from p and y, which is 1 at the target and 0 elsewhere. */
  gradient: (p: Vector, y: Vector): Vector => zip(p, y, (pj, yj) => pj - yj),
};

/** The loss and its gradient as a learner would write them. */
function crossEntropy(
  { logits, target }: Given,
  change: Partial<typeof right> = {},
): { loss: number; dLogits: Vector } {
  const { probabilities, loss, gradient } = { ...right, ...change };
  const p = probabilities(logits);
  const y = logits.map((_, j) => (j === target ? 1 : 0));
  return { loss: loss(p, target), dLogits: gradient(p, y) };
}

const total = (v: Vector): number => v.reduce((sum, one) => sum + one, 0);

export default kata('softmax-cross-entropy', {
  topic: '10-rnn',
  title: 'Softmax cross-entropy and its gradient',
  level: 2,
  minutes: 8,
  equations: ['training.cross-entropy', 'training.backward.cross-entropy'],
  inputs: { logits: vector('O'), target: index('O') },
  outputs: { loss: scalar, dLogits: vector('O') },

  reference: ({ logits, target }) => {
    const sizes = { N: 1, C: logits.length };
    const { loss, gradient } = softmaxCrossEntropy(new Arena(), sizes, logits, [target]);
    return { loss, dLogits: gradient };
  },

  /** The equations call the logits y, and the target is 1 at its class. */
  symbols: ({ logits, target }) => ({
    y: logits,
    target: logits.map((_, j) => (j === target ? 1 : 0)),
  }),

  answers: ({ loss, dLogits }) => ({ L: loss, dy: dLogits }),

  backward: {
    of: 'training',
    steps: ({ logits, target }) => [
      { y: logits, target: logits.map((_, j) => (j === target ? 1 : 0)) },
    ],
    names: { loss: 'L', dLogits: 'dy' },
  },

  laws: [
    {
      name: 'the gradient sums to zero: what one class gains the others lose',
      change: (given) => given,
      holds: (_, { dLogits }) => Math.abs(total(dLogits)) < 1e-12,
    },
    {
      name: 'at the target the gradient is exp(-loss) - 1',
      change: (given) => given,
      holds: ({ target }, { loss, dLogits }) =>
        Math.abs(dLogits[target]! - (Math.exp(-loss) - 1)) < 1e-9,
    },
    {
      name: 'logits up to ±1000: no overflow, the loss is the distance to the largest',
      change: (given) => ({ ...given, logits: map(given.logits, (z) => 1000 * z) }),
      holds: ({ logits, target }, { loss }) => {
        const excess = loss - (Math.max(...logits) - logits[target]!);
        return excess > -1e-9 && excess < Math.log(logits.length) + 1e-9;
      },
      usual:
        'Usually exp meets the logits as they are, or the log a probability that has become 0. Take the largest logit off first, and the log of the sum: loss = log Σ exp(z - top) - (z_target - top).',
    },
  ],

  attempt: crossEntropy,

  mistakes: [
    {
      id: 'onehot-missing',
      says: 'Your gradient is p. At the target 1 is taken off: dz = p - onehot(target).',
      change: { gradient: (p) => p.slice() },
    },
    {
      id: 'gradient-sign',
      says: 'Your gradient is onehot(target) - p, the way downhill. The gradient points uphill: p - onehot(target).',
      change: { gradient: (p, y) => zip(p, y, (pj, yj) => yj - pj) },
    },
    {
      id: 'gradient-in-probabilities',
      says: 'You return dL/dp, that is -1/p at the target. It still has to go back through the softmax, and then it is p - onehot(target).',
      change: {
        gradient: (p, y) => zip(p, y, (pj, yj) => (yj === 0 ? 0 : -1 / pj)),
      },
    },
    {
      id: 'softmax-derivative-twice',
      says: 'Your gradient has an extra factor p(1 - p). In p - onehot(target) the derivative of the softmax is in already.',
      change: {
        gradient: (p, y) => zip(p, y, (pj, yj) => (pj - yj) * pj * (1 - pj)),
      },
    },
    {
      id: 'softmax-twice',
      says: 'You take the softmax of the softmax. The inputs are logits: one softmax, inside the loss.',
      change: { probabilities: (logits) => softmax(softmax(logits)) },
    },
    {
      id: 'sigmoid-per-class',
      says: 'Your p is σ of each logit by itself. The classes exclude each other: softmax, and p sums to 1.',
      change: {
        probabilities: (logits) => map(logits, (z) => 1 / (1 + Math.exp(-z))),
      },
    },
    {
      id: 'loss-in-bits',
      says: 'Your loss is in bits, log2. Here it is in nats, the natural logarithm; with log2 the gradient would need 1/ln 2.',
      change: { loss: (p, target) => -Math.log2(p[target]!) },
    },
    {
      id: 'loss-sign',
      says: 'Your loss is ln p, which is negative. It is -ln p: 0 when the target is certain.',
      change: { loss: (p, target) => Math.log(p[target]!) },
    },
    {
      id: 'epsilon-in-the-logarithm',
      says: 'You add 1e-7 to p inside the logarithm. That changes every loss and caps it near 16: use ln Σ exp(z) - z_target, which never takes the logarithm of 0.',
      change: { loss: (p, target) => -Math.log(p[target]! + 1e-7) },
    },
    {
      id: 'other-classes-counted',
      says: 'Your loss adds -ln(1 - p) for the classes that are wrong. That is the binary loss; with softmax only the target counts.',
      change: {
        loss: (p, target) =>
          -p.reduce((sum, pj, j) => sum + Math.log(j === target ? pj : 1 - pj), 0),
      },
    },
    {
      id: 'averaged-over-classes',
      says: 'You divide by the number of classes. There is one loss per example: averages go over examples.',
      returns: ({ loss, dLogits }, given) => {
        const O = given.logits.length;
        return { loss: loss / O, dLogits: map(dLogits, (v) => v / O) };
      },
    },
    {
      id: 'loss-in-decades',
      says: 'Your loss uses log10. Here it is in nats, the natural logarithm.',
      change: { loss: (p, target) => -Math.log10(p[target]!) },
    },
    {
      id: 'maximum-not-added-back',
      says: 'Your loss lacks the maximum that you subtracted before exp: ln Σ e^(z - m) + m - z[target].',
      variant: ({ logits, target }) => {
        const got = crossEntropy({ logits, target });
        return { ...got, loss: got.loss - Math.max(...logits) };
      },
    },
    {
      id: 'next-class',
      says: 'You take class target + 1 for the right one. The target is an index from 0.',
      reads: ({ logits, target }) => ({ logits, target: (target + 1) % logits.length }),
    },
    {
      id: 'jacobian-again',
      says: 'You send p - y back through the softmax. p - y is the gradient of the logits already: the Jacobian of the softmax is in it.',
      change: {
        gradient: (p, y) => {
          const d = zip(p, y, (pj, yj) => pj - yj);
          const mean = total(zip(p, d, (pj, dj) => pj * dj));
          return zip(p, d, (pj, dj) => pj * (dj - mean));
        },
      },
    },
  ],

  hints: [
    'Softmax turns logits into shares; the loss asks only for the share of the right class. Done together, the exponentials and the logarithm nearly cancel.',
    'L = -ln p_target = ln Σ_j exp(z_j) - z_target, and dL/dz_j = p_j - 1 at the target, p_j elsewhere.',
    'const m = Math.max(...logits); e[j] = Math.exp(logits[j] - m); sum them up; loss = Math.log(sum) + m - logits[target]; dLogits[j] = e[j] / sum, then dLogits[target] -= 1.',
  ],
  followUps: [
    'Derive p - onehot(target) from dL/dp and the Jacobian of the softmax.',
    'What happens to -log(softmax(z)[target]) in float32 when a logit is 200 below the largest?',
    'Which loss should an untrained network with O classes show at the start, and what does another one tell you?',
  ],
});
