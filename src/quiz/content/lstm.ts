/** Cards about one step of the LSTM: its gates, its cell and its parameters. */
import { card, type Card } from '../card.js';
import { noBias, oneBias, twoBiases } from './counts.js';
import { equationAnswer } from './from-notation.js';

const sizes = { D: 128, H: 256 };

export const lstmStepCards: readonly Card[] = [
  card.choice('lstm.gates.which-erases', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.cell'],
    katas: ['lstm-step'],
    ask: 'Which of them must be near 0 for a unit to erase what its cell held?',
    answer: 'the forget gate f',
    wrong: [
      {
        is: 'the input gate i',
        because: 'i near 0 writes nothing new. What was there stays, if f lets it.',
      },
      {
        is: 'the output gate o',
        because: 'o near 0 hides the cell from the rest of the network; the cell keeps its value.',
      },
      {
        is: 'the candidate c̃',
        because: 'c̃ near 0 adds nothing; f alone multiplies the old cell.',
      },
    ],
    explain:
      'c = f ⊙ c₋ + i ⊙ c̃: f multiplies the old cell, so f = 1 keeps it and f = 0 erases it.',
    hint: 'Which one stands before c₋?',
  }),
  card.choice('lstm.candidate.activation', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.candidate'],
    katas: ['lstm-step'],
    ask: 'Why is the candidate c̃ a tanh and not a σ like the gates?',
    answer: 'It is content, which must be able to be negative; a gate is a share between 0 and 1.',
    wrong: [
      {
        is: 'Because σ saturates and tanh does not, so only tanh passes gradients.',
        because: 'Both saturate: tanh(a) is 2σ(2a) - 1.',
      },
      {
        is: 'Because tanh is cheaper to compute than σ and the candidate is needed first.',
        because: 'Both cost one exponential, and nothing needs the candidate before the gates.',
      },
      {
        is: 'Only by tradition: with σ the cell computes the same with other weights.',
        because:
          'With σ nothing negative could ever be added, so the cell could only grow or be forgotten.',
      },
    ],
    explain: 'A gate says how much, the candidate says what.',
    hint: 'With c̃ > 0 always, how could c come down except by forgetting?',
  }),
  card.equation('lstm.hidden.tanh', {
    topic: 'lstm',
    level: 1,
    katas: ['lstm-step'],
    ...equationAnswer('lstm.hidden'),
    ask: 'Write h of an LSTM from o and c.',
    wrong: [
      {
        is: 'o .* c',
        because:
          'The tanh is missing. c is not bounded: it can grow with every step, and h would grow with it.',
      },
      { is: 'tanh(o .* c)', because: 'The gate acts on tanh(c), not inside it.' },
      { is: 'o .* sigmoid(c)', because: 'c is squashed by tanh, which keeps its sign.' },
    ],
    explain: 'tanh bounds what the cell shows, o says how much of it is shown.',
  }),
  card.trap('lstm.gates.coupled', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.cell', 'lstm.forget-gate', 'lstm.input-gate'],
    katas: ['lstm-step'],
    ask: 'Somebody describes the standard LSTM. What is wrong?',
    claim: 'The input gate is one minus the forget gate: what is forgotten is replaced.',
    right: 'f and i are separate gates with weights of their own; coupling is a variant.',
    wrong: [
      {
        is: 'It is the output gate that is one minus the forget gate, since what is kept need not be shown.',
        because: 'o has weights of its own as well: a unit may keep a value and show it.',
      },
      {
        is: 'Nothing: f + i = 1 follows from both reading the same h₋ and x.',
        because: 'They read the same vector with different matrices, so nothing ties them.',
      },
      {
        is: 'It should be f·i = 1, which preserves the scale.',
        because: 'Both are below 1, so the product is below 1 too.',
      },
    ],
    explain: 'f = i = 1 is allowed: the cell then counts. 1 - z and z are the GRU’s pair.',
    hint: 'What would a unit do with f = 1 and i = 1?',
  }),
  card.equation('lstm.cell.carry', {
    topic: 'lstm',
    level: 1,
    katas: ['lstm-step'],
    ...equationAnswer('lstm.cell'),
    ask: 'Write the new cell c of an LSTM from f, i, cTilde and cPrev.',
    wrong: [
      {
        is: 'i .* cTilde',
        because: 'The old cell is not carried: a cell without f ⊙ c₋ has no memory.',
      },
      {
        is: 'i .* cPrev + f .* cTilde',
        because: 'The forget and input gates are swapped: f keeps the old cell, i lets the new in.',
      },
      {
        is: '(1 - f) .* cPrev + i .* cTilde',
        because: 'f near 1 keeps. The name misleads: it is a gate of keeping.',
      },
      {
        is: 'cPrev + i .* cTilde',
        because: 'That is the LSTM of 1997, before the forget gate was added.',
      },
    ],
    explain: 'Keep some of the old cell, add some of the candidate.',
    hint: 'Two products, one sum.',
  }),
  card.shape('lstm.gate.shape', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.forget-gate'],
    katas: ['lstm-step'],
    ask: 'f = σ(W_f [h₋, x] + b_f) with h₋ (H) and x (D). What is the shape of W_f?',
    answer: ['H', 'H+D'],
    wrong: [
      { is: ['H+D', 'H'], because: 'That is the transpose: rows are what comes out, H of them.' },
      {
        is: ['4H', 'H+D'],
        because: 'That is all four blocks stacked; W_f is one of them.',
      },
      { is: ['H', 'D'], because: 'That meets x alone; the gate reads h₋ as well.' },
    ],
    explain: 'One row per unit, one column per entry of [h₋, x].',
  }),
  card.number('lstm.parameters', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.parameters'],
    ask: `How many parameters has one LSTM layer with D = ${sizes.D} and H = ${sizes.H}, one bias vector per block?`,
    unit: 'parameters',
    answer: () => oneBias('lstm', sizes),
    wrong: [
      { is: () => oneBias('gru', sizes), because: 'That is three blocks: a GRU.' },
      {
        is: () => twoBiases('lstm', sizes),
        because: 'That is PyTorch’s count, with two bias vectors per block; the question has one.',
      },
      { is: () => noBias('lstm', sizes), because: 'The biases are missing.' },
      { is: () => oneBias('rnn', sizes), because: 'That is one block of the four.' },
    ],
    explain: 'Four blocks, each H × (H + D) weights and H biases.',
    hint: 'How many blocks, and what is the shape of one?',
  }),
  card.trap('lstm.four-gates', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.forget-gate', 'lstm.input-gate', 'lstm.output-gate', 'lstm.candidate'],
    katas: ['lstm-step'],
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'An LSTM has four gates, and each of them is a number between 0 and 1.',
    right: 'It has three gates; the fourth block is the candidate, between -1 and 1.',
    wrong: [
      {
        is: 'It has two gates, update and reset, and two states.',
        because: 'Update and reset are the gates of a GRU.',
      },
      {
        is: 'It has four gates, but between -1 and 1, since all of them end in tanh.',
        because: 'The gates end in σ: they are shares. Only the candidate ends in tanh.',
      },
      {
        is: 'It has five, counting the peephole.',
        because: 'A peephole is a connection from c into gates, and the standard LSTM has none.',
      },
    ],
    explain:
      'f erases, i writes, o shows; c̃ is what is written. Four blocks of weights, three gates. PyTorch’s documentation calls c̃ the cell gate, g: by that name there are four, and one is a tanh.',
  }),
  card.order('lstm.step.order', {
    topic: 'lstm',
    level: 1,
    katas: ['lstm-step'],
    ask: 'Put one LSTM step in order.',
    items: [
      'stand h₋ above x',
      'multiply by the four blocks and add the biases',
      'take σ for f, i, o and tanh for c̃',
      'keep f of the old cell, add i of c̃',
      'take tanh of the new cell',
      'multiply by o: that is h',
    ],
    explain: 'The gates read h₋, never the new h; h needs the new cell, so it comes last.',
  }),
];
