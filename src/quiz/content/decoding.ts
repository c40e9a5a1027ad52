/** Cards about turning probabilities into a sequence: greedy, by beam, by sampling. */
import { card, type Card } from '../card.js';

const beam = { k: 5, V: 10_000 };
const nucleus = { p: [0.5, 0.2, 0.15, 0.1, 0.05], atLeast: 0.8 };

/** How many of the likeliest words it takes until their probabilities add up to this. */
function nucleusSize(atLeast: number): number {
  let sum = 0;
  return nucleus.p.findIndex((p) => (sum += p) >= atLeast) + 1;
}

export const decodingCards: readonly Card[] = [
  card.choice('sequences.beam.greedy', {
    topic: 'sequences',
    level: 1,
    ask: 'A decoder takes the likeliest word at every step. Why is its sentence not always the likeliest one?',
    answer: 'The likeliest first word may lead only to unlikely sentences.',
    wrong: [
      {
        is: 'The probabilities of a step do not sum to 1 any more once the words before them were chosen.',
        because: 'They do, given any prefix: a softmax over the vocabulary.',
      },
      {
        is: 'It was trained with teacher forcing, so its probabilities hold for training data only.',
        because:
          'They may be poor elsewhere. Even with perfect ones, step by step is not the best.',
      },
      {
        is: 'It is the likeliest one: the product is largest when every factor is.',
        because: 'The factors are not free: each choice changes all the later ones.',
      },
    ],
    explain: 'Greedy never goes back. A beam keeps k prefixes alive and can change its mind.',
    hint: 'Are the factors of the product independent of each other?',
  }),
  card.number('sequences.beam.candidates', {
    topic: 'sequences',
    level: 1,
    ask: `Beam search keeps ${beam.k} prefixes, and the vocabulary has ${beam.V} words. Among how many continuations are the next ${beam.k} chosen?`,
    unit: 'continuations',
    answer: () => beam.k * beam.V,
    wrong: [
      { is: () => beam.V, because: 'That is one prefix: greedy search.' },
      {
        is: () => beam.k ** 2,
        because:
          'That takes the best of each prefix first: enough to find them, but all are scored.',
      },
      { is: () => beam.V ** beam.k, because: 'Prefixes are continued one by one, not in tuples.' },
    ],
    explain: 'Each prefix with each word. So k decoder states, and k caches, are carried.',
  }),
  card.choice('sequences.beam.length', {
    topic: 'sequences',
    level: 2,
    ask: 'A beam search compares finished sentences by the sum of their log-probabilities and prefers short ones. Why?',
    answer: 'Every further word adds a negative number.',
    wrong: [
      {
        is: 'Short sentences are more frequent in the training data of most translators.',
        because: 'It happens with any data: no word has a log-probability above 0.',
      },
      {
        is: 'The end symbol has the highest prior of all symbols.',
        because: 'It is rare, once in a sentence; it need only end a sum that can but fall.',
      },
      {
        is: 'Long sentences overflow when their probabilities are multiplied.',
        because: 'They would underflow, which is why logarithms are added: no digits are lost.',
      },
    ],
    explain:
      'So the sum is divided by the length, or by a power of it, before finished sentences are compared.',
    hint: 'What is the sign of the logarithm of a probability?',
  }),
  card.trap('sequences.beam.width', {
    topic: 'sequences',
    level: 3,
    ask: 'Somebody tunes a translator as follows. What is wrong?',
    claim: 'A wider beam finds likelier sentences, so translations get better the wider it is.',
    right: 'Likelier, yes; past a small width they are worse: too short, at last empty.',
    wrong: [
      {
        is: 'A wider beam finds less likely sentences, since the good prefixes are crowded out by the many others.',
        because: 'What is best for a narrow beam is nearly always found by a wider one too.',
      },
      {
        is: 'Translations do get better, but only with a temperature above 1.',
        because: 'A temperature changes the model’s distribution; the trouble is its mode.',
      },
      {
        is: 'Nothing, apart from the time: with an infinite beam it would be perfect.',
        because: 'An exact search finds the model’s mode, which is often the empty sentence.',
      },
    ],
    explain:
      'Search errors hid model errors (Koehn & Knowles 2017, Stahlberg & Byrne 2019). Widths of 4 to 10 are usual.',
    hint: 'Is the likeliest sentence of the model a good one?',
  }),
  card.number('sequences.nucleus', {
    topic: 'sequences',
    level: 2,
    ask: `The next word has the probabilities ${nucleus.p.join(', ')}. Nucleus sampling with p = ${nucleus.atLeast} keeps the fewest likeliest words that reach p together. How many?`,
    unit: 'words',
    answer: () => nucleusSize(nucleus.atLeast),
    wrong: [
      {
        is: () => nucleusSize(nucleus.atLeast) - 1,
        because: 'Their sum is still below p: the word that crosses it is kept too.',
      },
      {
        is: () => nucleus.atLeast * nucleus.p.length,
        because: 'That is a share of the words: p is a share of the probability.',
      },
      { is: () => nucleus.p.length, because: 'That is all of them: p = 1.' },
    ],
    explain: 'The rest is cut off and what is left divided by its sum: few words where it is sure.',
  }),
  card.choice('applications.speech.transducer', {
    topic: 'applications',
    level: 3,
    ask: 'CTC takes its symbols as independent, given the sound. What does an RNN transducer add?',
    answer: 'a small network that reads the symbols written so far',
    wrong: [
      {
        is: 'attention of each symbol over the whole recording',
        because: 'That is an encoder–decoder with attention, which cannot stream as it stands.',
      },
      {
        is: 'labels for every frame, made by an older recogniser',
        because: 'It sums over alignments as CTC does: no frame needs a label.',
      },
      {
        is: 'a backward pass over the recording, which makes the symbols depend on each other',
        because: 'That would make it bidirectional, and still independent given the sound.',
      },
    ],
    explain:
      'Its output depends on sound and text, and it still goes forward only: the usual recogniser on a phone.',
  }),
  card.trap('applications.speech.ctc.repeats', {
    topic: 'applications',
    level: 2,
    ask: 'Somebody decodes CTC as follows. What is wrong?',
    claim: 'I take the likeliest symbol of each frame and collapse: that is the likeliest text.',
    right: 'A text sums over its alignments; the best single one may be of another.',
    wrong: [
      {
        is: 'The blanks must be removed first and the repeats merged after that.',
        because: 'Then no double letter could be written: repeats are merged first.',
      },
      {
        is: 'Frames must be decoded from the last to the first, as in Viterbi.',
        because: 'Frames are independent given the sound: any order gives the same.',
      },
      {
        is: 'Nothing: the frames are independent, so the best of each gives the best of all.',
        because: 'The best alignment, yes. Many alignments write the same text.',
      },
    ],
    explain:
      'A prefix beam search adds up the alignments of each text, and takes a language model.',
    hint: 'How many alignments does one text have?',
  }),
];
