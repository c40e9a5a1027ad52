/** Generated questions about losses, running means and padding. */
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { drawnNumber } from './drawn-number.js';

export const trainingGenerators: readonly Generator[] = [
  generator('training.moment.generated', {
    topic: 'training',
    level: 2,
    equations: ['training.adam-first-moment', 'training.adam-first-corrected'],
    make: (random, making) => {
      const beta = oneOf(random, [0.5, 0.8, 0.9]);
      const first = wholeFrom(random, 1, 9);
      const second = first + wholeFrom(random, 1, 9);
      const mean = (): number => beta * (1 - beta) * first + (1 - beta) * second;
      return drawnNumber(making, {
        ask: `A running mean starts at 0 and decays by ${beta}. The gradients ${first} and ${second} come in, in this order. What is Adam’s corrected mean after both?`,
        answer: () => mean() / (1 - beta ** 2),
        tolerance: 0.002,
        wrong: [
          { is: mean, because: 'That is before the correction by 1 - β².' },
          { is: () => (first + second) / 2, because: 'The later one weighs more.' },
          {
            is: () => mean() / (1 - beta),
            because: 'That is the correction after one step; here are two.',
          },
        ],
        explain: 'm = β·m + (1 - β)·g, twice, then divided by 1 - β².',
      });
    },
  }),
  generator('training.cross-entropy.generated', {
    topic: 'training',
    level: 1,
    equations: ['training.cross-entropy'],
    katas: ['softmax-cross-entropy'],
    make: (random, making) => {
      const right = wholeFrom(random, 1, 4);
      const other = right + wholeFrom(random, 1, 3);
      const p = (): number => 1 / (1 + Math.exp(other - right));
      return drawnNumber(making, {
        ask: `Two classes have the logits ${right} and ${other}, and the first one is right. What is the cross-entropy in nats?`,
        unit: 'nats',
        answer: () => -Math.log(p()),
        tolerance: 0.005,
        wrong: [
          { is: () => -Math.log(1 - p()), because: 'That is the loss if the second were right.' },
          { is: p, because: 'That is the probability of the right class; take its negative log.' },
          { is: () => -Math.log2(p()), because: 'That is in bits.' },
          { is: () => other - right, because: 'That forgets the 1 in log(1 + e^(s₂ - s₁)).' },
        ],
        explain: '-ln p with p = softmax of the right one: ln(1 + e^(s₂ - s₁)).',
      });
    },
  }),
  generator('training.masked-mean.generated', {
    topic: 'training',
    level: 1,
    katas: ['masked-loss'],
    make: (random, making) => {
      const losses = Array.from({ length: 5 }, () => wholeFrom(random, 1, 9));
      const length = wholeFrom(random, 2, 4);
      const real = losses.slice(0, length);
      const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
      return drawnNumber(making, {
        ask: `A sequence is padded; the losses of its steps are ${losses.join(', ')}. Its length is ${length}. What is its masked mean loss?`,
        answer: () => sum(real) / length,
        tolerance: 0.002,
        wrong: [
          { is: () => sum(losses) / losses.length, because: 'That counts the padding.' },
          {
            is: () => sum(real) / losses.length,
            because: 'The divisor is the number of real steps.',
          },
          { is: () => sum(real), because: 'That is the sum.' },
        ],
        explain: 'Sum over the real steps, divided by their number.',
      });
    },
  }),
  generator('training.padding.generated', {
    topic: 'training',
    level: 1,
    katas: ['masked-loss'],
    make: (random, making) => {
      const lengths = [
        wholeFrom(random, 2, 9),
        wholeFrom(random, 10, 19),
        wholeFrom(random, 40, 60),
      ];
      const longest = Math.max(...lengths);
      const real = lengths.reduce((a, b) => a + b, 0);
      const all = lengths.length * longest;
      return drawnNumber(making, {
        ask: `Three sequences of ${lengths.join(', ')} steps are padded to one batch. What share of its steps is padding?`,
        answer: () => 1 - real / all,
        tolerance: 0.005,
        wrong: [
          { is: () => real / all, because: 'That is the share of real steps.' },
          { is: () => (all - real) / real, because: 'That is padding per real step.' },
          {
            is: () => 2 / 3,
            because: 'That counts sequences that have padding, not steps.',
          },
        ],
        explain: 'Padding over all steps, longest times number of sequences.',
      });
    },
  }),
  generator('training.clipped-step.generated', {
    topic: 'training',
    level: 2,
    equations: ['training.clip', 'training.sgd'],
    make: (random, making) => {
      const w = wholeFrom(random, 1, 5);
      const g = wholeFrom(random, 2, 9);
      const lr = oneOf(random, [0.1, 0.01]);
      const maxNorm = oneOf(random, [1, 1.5]);
      return drawnNumber(making, {
        ask: `A weight is ${w}, its gradient ${g}, and it is the only parameter. SGD with learning rate ${lr} and clipping by the norm ${maxNorm}: what is the weight after one step?`,
        answer: () => w - lr * Math.min(1, maxNorm / g) * g,
        tolerance: 1e-6,
        wrong: [
          { is: () => w - lr * g, because: 'The gradient is above the threshold: it is clipped.' },
          {
            is: () => w + lr * Math.min(1, maxNorm / g) * g,
            because: 'A step goes against the gradient.',
          },
          {
            is: () => w - maxNorm,
            because: 'Clipped is the gradient; the learning rate comes after.',
          },
        ],
        explain: 'Clip first, then w - lr·g.',
      });
    },
  }),
  generator('applications.temperature.generated', {
    topic: 'applications',
    level: 2,
    katas: ['stable-softmax'],
    make: (random, making) => {
      const gap = wholeFrom(random, 1, 3);
      const temperature = oneOf(random, [0.5, 0.8, 1.5, 2]);
      return drawnNumber(making, {
        ask: `A model’s best word leads the second by ${gap} in the logits. Sampled with temperature ${temperature}, how many times likelier is the best?`,
        unit: 'times',
        answer: () => Math.exp(gap / temperature),
        tolerance: 0.01,
        wrong: [
          { is: () => Math.exp(gap), because: 'That is temperature 1.' },
          { is: () => Math.exp(gap * temperature), because: 'Logits are divided by it.' },
          { is: () => gap / temperature, because: 'The ratio is the exponential of that.' },
        ],
        explain: 'e^(difference / temperature): below 1 it sharpens.',
      });
    },
  }),
];
