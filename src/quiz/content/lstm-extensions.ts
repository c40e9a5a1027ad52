/** Cards about what is built around the LSTM’s step: a projection, norms, a clipped cell, ties to other nets. */
import { card, type Card } from '../card.js';
import { oneBias } from './counts.js';

const projected = { D: 256, H: 1024, P: 256 };
const { D, H, P } = projected;
/** Four blocks that read [r₋, x] with r of P entries, and the projection (P, H), which has no bias. */
const projectedCount = (): number => 4 * (H * (P + D) + H) + P * H;

export const lstmExtensionCards: readonly Card[] = [
  card.number('lstm.projection.parameters', {
    topic: 'lstm',
    level: 3,
    katas: ['parameter-count'],
    ask: `An LSTM with a projection: the cell has H = ${H} entries, h is multiplied by a matrix (P, H) without bias, P = ${P}, and the result takes the place of h₋. D = ${D}, one bias per block. How many parameters?`,
    unit: 'parameters',
    answer: projectedCount,
    wrong: [
      {
        is: () => oneBias('lstm', projected),
        because: 'That is without the projection: the blocks would be (H, H+D).',
      },
      {
        is: () => oneBias('lstm', projected) + P * H,
        because: 'The blocks read P entries of the state instead of H: that is what saves.',
      },
      {
        is: () => projectedCount() - P * H,
        because: 'The projection itself has P × H weights.',
      },
    ],
    explain:
      'A large cell with a small recurrence: 4·(H·(P + D) + H) + P·H. Speech systems used it (Sak and others, 2014).',
    hint: 'How long is the vector that the four blocks read?',
  }),
  card.choice('lstm.residual', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.cell'],
    ask: 'How is the cell of an LSTM related to a residual network?',
    answer: 'With f = 1 it is one over time: the old value plus something.',
    wrong: [
      {
        is: 'They are unrelated: a residual block adds its input, while a cell is multiplied by its gates.',
        because: 'Only the old cell is multiplied, by f; the rest is added: f = 1 is a skip.',
      },
      {
        is: 'The output gate is the skip: it lets x pass by the cell.',
        because: 'o shows a share of tanh(c); x has no way past the cell.',
      },
      {
        is: 'A residual net is an LSTM without weights.',
        because: 'Its blocks have weights, other ones in each layer; what it lacks are gates.',
      },
    ],
    explain: 'Highway networks (2015) put the gates on depth; ResNets left them out.',
    hint: 'Write c = f ⊙ c₋ + i ⊙ c̃ with f = 1.',
  }),
  card.choice('lstm.layer-norm', {
    topic: 'lstm',
    level: 3,
    equations: ['lstm.cell', 'lstm.hidden'],
    ask: 'Layer norm in an LSTM: pre-activations are normalised, and c is before its tanh. What must be left as it is?',
    answer: 'the c that goes on to the next step',
    wrong: [
      {
        is: 'the pre-activation of the forget gate, whose bias would be lost',
        because: 'The norm has a bias of its own, which can be started at 1 as well.',
      },
      {
        is: 'the candidate, as tanh bounds it already',
        because: 'tanh comes after the norm: its argument is normalised as the gates’ are.',
      },
      {
        is: 'h, since the next layer would normalise it once more',
        because: 'Nothing is harmed by that. It is the cell whose factor f is at stake.',
      },
    ],
    explain:
      'h = o ⊙ tanh(LN(c)), c itself untouched (Ba and others, 2016): a norm at each step would rescale the highway.',
    hint: 'Which path is to have the factor f and nothing else?',
  }),
  card.choice('lstm.cell-clip', {
    topic: 'lstm',
    level: 3,
    equations: ['lstm.cell', 'lstm.hidden'],
    ask: 'Some systems cut the cell to ±50 or less at every forward step. What is that for?',
    answer: 'A cell cannot run away on a long stream and stay saturated.',
    wrong: [
      {
        is: 'It bounds the norm of the gradient, so that clipping by global norm can be left out altogether.',
        because: 'It bounds values. Gradients through the four blocks can still explode.',
      },
      {
        is: 'It keeps h within ±1, on which the next layer relies.',
        because: 'tanh and o see to that, whatever c is.',
      },
      {
        is: 'It replaces the forget gate where that is left out.',
        because: 'A bound erases nothing: a full cell would stay full.',
      },
    ],
    explain:
      'Far out tanh is flat: h says ±1, its gradient is 0. A known range also makes 8 or 16 bits possible.',
  }),
];
