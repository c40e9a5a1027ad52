/** Generated questions about decoding: the score of a sentence, frames for a text, delay by lookahead. */
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { drawnNumber } from './drawn-number.js';

/** How often a symbol stands beside itself. */
const doubles = (text: string): number =>
  text.split('').filter((symbol, k) => symbol === text[k - 1]).length;

export const decodingGenerators: readonly Generator[] = [
  generator('sequences.beam-score.generated', {
    topic: 'sequences',
    level: 2,
    make: (random, making) => {
      const p = Array.from({ length: wholeFrom(random, 2, 4) }, () =>
        oneOf(random, [0.1, 0.2, 0.25, 0.4, 0.5]),
      );
      const sum = (): number => p.reduce((total, one) => total + Math.log(one), 0);
      return drawnNumber(making, {
        ask: `A beam has finished a sentence whose words had the probabilities ${p.join(', ')}. Scores are mean log-probabilities, natural logarithm. What is its score?`,
        answer: () => sum() / p.length,
        tolerance: 0.005,
        wrong: [
          { is: sum, because: 'That is the sum, by which short sentences win.' },
          {
            is: () => Math.log(p.reduce((a, b) => a + b, 0) / p.length),
            because: 'That is the logarithm of the mean; take logarithms first.',
          },
          {
            is: () => Math.exp(sum() / p.length),
            because: 'That is the geometric mean of the probabilities: its logarithm is asked.',
          },
        ],
        explain: 'The logarithms are added and divided by the number of words.',
      });
    },
  }),
  generator('training.perplexity.generated', {
    topic: 'training',
    level: 2,
    equations: ['training.cross-entropy'],
    make: (random, making) => {
      const p = Array.from({ length: 3 }, () => oneOf(random, [0.5, 0.25, 0.125, 0.0625]));
      const bits = (): number => p.reduce((total, one) => total - Math.log2(one), 0) / p.length;
      return drawnNumber(making, {
        ask: `A language model gives the words of a text the probabilities ${p.join(', ')}. What is its perplexity on this text?`,
        answer: () => 2 ** bits(),
        tolerance: 0.005,
        wrong: [
          { is: bits, because: 'That is the loss in bits per word; perplexity is 2 to it.' },
          {
            is: () => Math.exp(bits()),
            because: 'The base must be that of the logarithm: 2 with bits, e with nats.',
          },
          {
            is: () => p.length / p.reduce((a, b) => a + b, 0),
            because: 'That is 1 over the arithmetic mean; perplexity has the geometric one.',
          },
          {
            is: () => 2 ** (bits() * p.length),
            because: 'That is 1 over the probability of the whole text: take the mean per word.',
          },
        ],
        explain: '1 over the geometric mean of the probabilities.',
        hint: 'Mean the logarithms, then undo the logarithm.',
      });
    },
  }),
  generator('applications.frames.generated', {
    topic: 'applications',
    level: 2,
    make: (random, making) => {
      const letters = Array.from({ length: wholeFrom(random, 3, 7) }, () =>
        oneOf(random, ['a', 'b', 'c']),
      );
      const twice = wholeFrom(random, 0, letters.length - 1);
      const text = letters.toSpliced(twice, 0, letters[twice]!).join('');
      const repeats = doubles(text);
      return drawnNumber(making, {
        ask: `CTC merges repeats and then removes blanks. How many frames must a recording have at least, so that «${text}» can be written letter by letter?`,
        unit: 'frames',
        answer: () => text.length + repeats,
        wrong: [
          {
            is: () => text.length,
            because: 'Two equal letters side by side would be merged: a blank must part them.',
          },
          {
            is: () => text.length - repeats,
            because: 'Merging shortens what is read, so more frames are needed, not fewer.',
          },
          {
            is: () => 2 * text.length + 1,
            because: 'Blanks may stand between all letters, but need not.',
          },
        ],
        explain: 'One frame per letter and one blank between equal neighbours.',
      });
    },
  }),
  generator('applications.lookahead.generated', {
    topic: 'applications',
    level: 2,
    make: (random, making) => {
      const layers = wholeFrom(random, 2, 6);
      const frames = wholeFrom(random, 1, 4);
      const ms = oneOf(random, [10, 20, 40]);
      return drawnNumber(making, {
        ask: `A streaming encoder has ${layers} layers; each looks ${frames} frames of ${ms} ms ahead. How many ms does the output lag behind the sound because of that?`,
        unit: 'ms',
        answer: () => layers * frames * ms,
        wrong: [
          {
            is: () => frames * ms,
            because: 'That is one layer: the one above waits for outputs that wait themselves.',
          },
          {
            is: () => frames ** layers * ms,
            because: 'The waits of the layers add up, they do not multiply.',
          },
          { is: () => layers * frames, because: 'That is in frames.' },
        ],
        explain: 'Lookahead adds up over the layers, as reach does in a stack of convolutions.',
        hint: 'What does the top layer wait for?',
      });
    },
  }),
];
