/** Cards about what the LSTM's cell does over many steps: memory, gradients, bounds. */
import { sigmoid } from '../../engine/index.js';
import { card, type Card } from '../card.js';
import { equationAnswer } from './from-notation.js';

/** A forget gate that is not trained yet, with bias 0, and the steps that it is left at that. */
const untrained = { f: sigmoid(0), steps: 100 };

export const lstmHighwayCards: readonly Card[] = [
  card.equation('lstm.backward.cell', {
    topic: 'lstm',
    level: 2,
    ...equationAnswer('lstm.backward.cell'),
    ask: 'h = o ⊙ tanh(c), and c also goes to the next step, which sends back dcNext. Write dc, the total gradient in c, with dh, o and c.',
    wrong: [
      {
        is: 'dh .* o .* (1 - tanh(c).^2)',
        because:
          'The gradient that comes back along the cell is missing: that is the highway itself.',
      },
      {
        is: 'dcNext + dh .* o',
        because: 'The derivative of tanh is missing between h and c.',
      },
      {
        is: 'dcNext + dh .* (1 - tanh(c).^2)',
        because: 'o multiplied tanh(c), so it multiplies the gradient too.',
      },
      {
        is: 'dcNext + dh .* o .* (1 - c.^2)',
        because: '1 - c² would be right if c were itself a tanh; here the tanh is taken of c.',
      },
    ],
    explain: 'Two uses of c, two terms. dc is what all three of f, i and c̃ then receive.',
    hint: 'How many arrows leave c?',
  }),
  card.trap('lstm.addition', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.backward.cell-previous'],
    ask: 'Somebody answers as follows. What is wrong?',
    claim:
      'An LSTM adds to its cell instead of multiplying, so its gradient is preserved over any distance.',
    right: 'Along the cell the gradient is still multiplied by f at every step: it dies as ∏f.',
    wrong: [
      {
        is: 'The cell is not added to: c̃ replaces it wherever the input gate is open.',
        because: 'It is added to: c = f ⊙ c₋ + i ⊙ c̃.',
      },
      {
        is: 'The gradient does not pass through the cell but through h alone.',
        because: 'The path through c is the point: there the factor is diag(f), and no matrix.',
      },
      {
        is: 'Nothing, provided that the sequence is shorter than the hidden size.',
        because: 'H has no say in it: what counts is how near to 1 f is, and for how many steps.',
      },
    ],
    explain: `With f = ${untrained.f} for ${untrained.steps} steps the factor is ${(untrained.f ** untrained.steps).toExponential(0)}. LSTMs mitigate vanishing where they learn f ≈ 1; exploding remains.`,
    hint: 'Differentiate c = f ⊙ c₋ + i ⊙ c̃ by c₋.',
  }),
  card.several('lstm.bounded', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.cell', 'lstm.hidden'],
    ask: 'Which of these stay within ±1 however long the sequence is?',
    options: [
      { is: 'the hidden state h', right: true, because: 'it is a share of a tanh.' },
      { is: 'the gates f, i and o', right: true, because: 'they are σ of something.' },
      { is: 'the candidate c̃', right: true, because: 'it is a tanh.' },
      {
        is: 'the cell c',
        right: false,
        because: 'with f = i = 1 it grows by up to 1 at every step; that is how an LSTM counts.',
      },
    ],
    explain: 'Only the cell is unbounded, and that is why h takes its tanh.',
  }),
  card.choice('lstm.forget-bias', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.forget-gate', 'lstm.backward.cell-previous'],
    ask: 'Why is the forget bias often started at 1 or 2?',
    answer: 'f starts well above ½, so early gradients fade later.',
    wrong: [
      {
        is: 'f starts near 0, so the network first learns what it should remember at all.',
        because: 'σ of a positive number is above one half: a positive bias opens the gate.',
      },
      {
        is: 'It makes the cell forget the padding at the start of each sequence.',
        because: 'A bias knows nothing of padding; it acts at every step alike.',
      },
      {
        is: 'It keeps the cell within ±1, which the output gate relies on.',
        because: 'It does the opposite: with f near 1 the cell can grow. h is bounded by tanh(c).',
      },
    ],
    explain: `With bias 0 the gate starts at σ(0) = ${untrained.f}, and a gradient halves at every step; σ(1) = ${sigmoid(1).toFixed(2)}, σ(2) = ${sigmoid(2).toFixed(2)}. To last for T steps it takes ln(T - 1). Keras sets the bias to 1; PyTorch does not.`,
    hint: 'What is σ(0), and what does the gradient along the cell meet at every step?',
  }),
  card.free('lstm.explain', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.cell', 'lstm.hidden'],
    katas: ['lstm-step'],
    ask: 'In a few sentences: what does each gate of an LSTM do, and what does the cell gain by it?',
    rubric: [
      { point: 'f: what to keep or erase', words: ['forget', 'erase', 'keep', 'kept'] },
      { point: 'i: what to write', words: ['input gate', 'write', 'writing', 'written'] },
      { point: 'o: what to show', words: ['output gate', 'expose', 'show'] },
      {
        point: 'the path along the cell, multiplied by f',
        words: ['additive', 'highway', 'product of the f', 'carousel', 'only f', 'multiplied by f'],
      },
    ],
    enough: 3,
    model:
      'f says how much of the old cell is kept, i how much of the candidate c̃ is written, o how much of tanh(c) is shown as h. Along the cell a gradient meets only f, no matrix and no squashing, so it lives as long as the product of the f does.',
    explain: 'Name the gate, what it multiplies, and what follows for the gradient.',
    hint: 'Erase, write, show.',
  }),
];
