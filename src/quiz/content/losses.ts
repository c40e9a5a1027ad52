/** Cards about losses, padding and what a sequence model is trained on. */
import { card, type Card } from '../card.js';

const words = { V: 10_000 };
const perplexity = { nats: 3 };
const characters = { bits: 2, perWord: 5.5 };
const wordModel = { bits: 6 };
const batch = [10, 20, 30, 100];
const longest = Math.max(...batch);
const real = batch.reduce((sum, length) => sum + length, 0);
const tied = { V: 50_000, H: 512 };
const masked = { losses: [2, 4, 6], meanOfPadding: 9, length: 2 };

export const lossCards: readonly Card[] = [
  card.equation('training.softmax-gradient', {
    topic: 'training',
    level: 1,
    equations: ['training.backward.cross-entropy'],
    katas: ['softmax-cross-entropy'],
    ask: 'p = softmax(logits), the loss is cross-entropy against a one-hot target. Write dLogits from p and target.',
    answer: 'dLogits = p - target',
    symbols: { dLogits: ['O'], p: ['O'], target: ['O'], logits: ['O'] },
    where: { p: 'softmax(logits)' },
    wrong: [
      {
        is: 'target - p',
        because: 'The sign is turned round: too much probability must come down.',
      },
      {
        is: '(p - target) .* p .* (1 - p)',
        because: 'The slope of the softmax has cancelled already against the 1/p of the log.',
      },
      { is: '-target ./ p', because: 'That is the gradient in p, before the softmax.' },
    ],
    explain: 'The entries sum to 0, and the one of the right class is never positive.',
    hint: 'What cancels between the logarithm and the softmax?',
  }),
  card.number('training.loss.start', {
    topic: 'training',
    level: 1,
    equations: ['training.cross-entropy'],
    katas: ['softmax-cross-entropy'],
    ask: `A language model over ${words.V} words has not learned anything and gives all words the same probability. What is its loss per word, in nats?`,
    unit: 'nats',
    answer: () => Math.log(words.V),
    wrong: [
      { is: () => Math.log2(words.V), because: 'That is in bits; a nat is 1/ln 2 of them.' },
      { is: () => Math.log10(words.V), because: 'Nats are measured by the natural logarithm.' },
      {
        is: () => 1 / words.V,
        because: 'That is the probability, whose negative log is the loss.',
      },
    ],
    explain: '-ln(1/V) = ln V. A first loss far from it means a bug or a poor start.',
  }),
  card.number('training.perplexity', {
    topic: 'training',
    level: 1,
    ask: `The mean loss is ${perplexity.nats} nats per word. What is the perplexity?`,
    answer: () => Math.exp(perplexity.nats),
    wrong: [
      {
        is: () => 2 ** perplexity.nats,
        because: 'That would be right for a loss in bits.',
      },
      {
        is: () => 10 ** perplexity.nats,
        because: 'Nats belong to base e, not to base 10.',
      },
      {
        is: () => 1 / perplexity.nats,
        because: 'Perplexity is the exponential of the loss, not its inverse.',
      },
    ],
    explain: 'As uncertain as between that many equally likely words.',
  }),
  card.choice('training.bits.compare', {
    topic: 'training',
    level: 3,
    ask: `One model needs ${characters.bits} bits per character, another ${wordModel.bits} bits per word; a word with its space has ${characters.perWord} characters. Which predicts the same text better?`,
    answer: `The word model: ${wordModel.bits} against ${characters.bits * characters.perWord} bits per word.`,
    wrong: [
      {
        is: `The character model, because ${characters.bits} bits are fewer than ${wordModel.bits} and a bit is a bit.`,
        because: 'It pays them for every character: compare per the same piece of text.',
      },
      {
        is: 'They cannot be compared, as their vocabularies differ.',
        because: 'Both give a probability to the same text, if unknown words are accounted for.',
      },
      {
        is: 'The character model, since it has fewer classes to choose from.',
        because: 'Fewer classes make each choice cheaper, and there are more choices.',
      },
    ],
    explain: 'Bring both to one unit first, then compare.',
    hint: 'How many bits does the character model pay for a word?',
  }),
  card.number('training.padding.waste', {
    topic: 'training',
    level: 1,
    katas: ['masked-loss'],
    ask: `Sequences of ${batch.slice(0, -1).join(', ')} and ${longest} steps are padded to one batch. What share of its steps is padding?`,
    answer: () => 1 - real / (batch.length * longest),
    tolerance: 1e-6,
    wrong: [
      {
        is: () => real / (batch.length * longest),
        because: 'That is the share of real steps.',
      },
      {
        is: () => (batch.length - 1) / batch.length,
        because: 'That counts sequences that have padding, not steps.',
      },
      {
        is: () => (batch.length * longest - real) / real,
        because: 'That is padding per real step, not its share of all steps.',
      },
    ],
    explain: 'Batches of similar lengths (bucketing) avoid most of it.',
  }),
  card.number('training.masked-loss', {
    topic: 'training',
    level: 1,
    katas: ['masked-loss'],
    ask: `One sequence of length ${masked.length} is padded to 3 steps; the losses of the steps are ${masked.losses.join(', ')}. What is its masked mean loss?`,
    answer: () => masked.losses.slice(0, masked.length).reduce((a, b) => a + b) / masked.length,
    wrong: [
      {
        is: () => masked.losses.reduce((a, b) => a + b) / masked.losses.length,
        because: 'That counts the padding.',
      },
      {
        is: () =>
          masked.losses.slice(0, masked.length).reduce((a, b) => a + b) / masked.losses.length,
        because: 'The padding’s loss is left out, but still counted in the divisor.',
      },
      {
        is: () => masked.losses.slice(0, masked.length).reduce((a, b) => a + b),
        because: 'That is the sum; divide by the number of real steps.',
      },
    ],
    explain: 'Sum over the real steps, divided by the number of real steps.',
  }),
  card.number('training.weight-tying', {
    topic: 'training',
    level: 2,
    ask: `A language model with ${tied.V} words uses one matrix, ${tied.V} × ${tied.H}, as embedding and as output layer. How many parameters does the sharing save?`,
    unit: 'parameters',
    answer: () => tied.V * tied.H,
    wrong: [
      {
        is: () => 2 * tied.V * tied.H,
        because: 'That is what both would have: one of them remains.',
      },
      { is: () => tied.V * tied.H + tied.V, because: 'The output bias is not shared away.' },
      { is: () => tied.H ** 2, because: 'The output layer has a row per word, not per unit.' },
    ],
    explain: 'It often helps perplexity too: words that are read alike are predicted alike.',
  }),
  card.choice('training.teacher-forcing', {
    topic: 'training',
    level: 1,
    ask: 'What is teacher forcing?',
    answer: 'In training the decoder is fed the right previous token.',
    wrong: [
      {
        is: 'A large model’s output distribution is the target that a small model is trained on.',
        because: 'That is distillation.',
      },
      {
        is: 'The decoder is fed its own last prediction, so that it learns to recover.',
        because: 'That is free running, which is what happens when it is used.',
      },
      {
        is: 'The loss of hard examples is weighted up.',
        because: 'That is hard example mining or a focal loss.',
      },
    ],
    explain:
      'It makes the inputs known beforehand and training stable; using the model is different.',
  }),
  card.trap('training.exposure-bias', {
    topic: 'training',
    level: 2,
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'A decoder trained with teacher forcing meets the same inputs when it is used.',
    right: 'Used, it reads its own outputs: one slip leads to prefixes it never saw.',
    wrong: [
      {
        is: 'It meets the same inputs, but the hidden state is reset at every token during generation.',
        because: 'The state is carried in both; what differs is what is fed in.',
      },
      {
        is: 'Teacher forcing uses the validation targets.',
        because: 'It uses the targets of the training set in training; that is no leak.',
      },
      {
        is: 'Nothing: with cross-entropy the two are the same in expectation.',
        because: 'The expectation is over true prefixes, not over the model’s own.',
      },
    ],
    explain:
      'Exposure bias. Scheduled sampling mixes own outputs in; it helps, but its objective is biased.',
  }),
  card.equation('training.mse-gradient', {
    topic: 'training',
    level: 1,
    equations: ['training.backward.mean-squared-error'],
    ask: 'The loss is the mean of (y - target)² over n outputs. Write dy from y, target and n.',
    answer: 'dy = 2 * (y - target) / n',
    symbols: { dy: ['O'], y: ['O'], target: ['O'], n: [] },
    wrong: [
      { is: '(y - target) / n', because: 'The 2 of the square is missing; there is no ½ here.' },
      { is: '2 * (y - target)', because: 'The loss is a mean, so each part is divided by n.' },
      { is: '2 * (target - y) / n', because: 'The sign is turned round.' },
    ],
    explain: 'The 2 and the n are the two factors that a gradient check finds missing most often.',
  }),
];
