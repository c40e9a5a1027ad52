/** Generated questions about the LSTM: its parameters, one update by hand, ∏f over T. */
import { card } from '../card.js';
import { distinct, generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { byHand } from './by-hand.js';
import { conventions } from './counts.js';

export const lstmGenerators: readonly Generator[] = [
  generator('lstm.parameters.generated', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.parameters'],
    make: (random, { id, about }) => {
      const sizes = { D: 2 ** wholeFrom(random, 2, 9), H: 2 ** wholeFrom(random, 2, 9) };
      const asked = oneOf(random, conventions);
      const others = conventions.filter((one) => one !== asked);
      const answer = (): number => asked.count('lstm', sizes);
      return card.number(id, {
        ...about,
        ask: `How many parameters has one LSTM layer with D = ${sizes.D}, H = ${sizes.H} and ${asked.says}?`,
        unit: 'parameters',
        answer,
        wrong: distinct(answer, [
          ...others.map((other) => ({
            is: () => other.count('lstm', sizes),
            because: `That counts ${other.says}; asked was ${asked.says}.`,
          })),
          { is: () => asked.count('gru', sizes), because: 'That is three blocks: a GRU.' },
          { is: () => asked.count('rnn', sizes), because: 'That is one block of the four.' },
        ]),
        explain: 'Four blocks, each H × (H + D) weights and its biases.',
        hint: 'Count one block first.',
      });
    },
  }),
  generator('lstm.step.generated', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.cell', 'lstm.hidden'],
    katas: ['lstm-step'],
    make: (random, { id, about }) => {
      const [f, i] = twoTenths(random);
      const cPrev = wholeFrom(random, 2, 5);
      const cTilde = -wholeFrom(random, 1, 3) / 10;
      const cell = (given: { f: number; i: number }): number =>
        byHand('lstm.cell', { ...given, cPrev, cTilde });
      const answer = (): number => cell({ f, i });
      return card.number(id, {
        ...about,
        ask: `One LSTM unit: c₋ = ${cPrev}, f = ${f}, i = ${i}, c̃ = ${cTilde}. What is the new c?`,
        answer,
        tolerance: 1e-6,
        wrong: distinct(answer, [
          {
            is: () => cell({ f: i, i: f }),
            because: 'f and i are swapped: f keeps the old cell, i lets the new in.',
          },
          { is: () => cell({ f: 0, i }), because: 'The old cell is not carried.' },
          { is: () => cell({ f: 1, i }), because: 'The old cell is multiplied by f.' },
          {
            is: () => byHand('lstm.hidden', { o: 1, c: cell({ f, i }) }),
            because: 'That is tanh(c), which h is made from; asked was c.',
          },
        ]),
        explain: 'c = f·c₋ + i·c̃.',
      });
    },
  }),
  generator('lstm.forget-product.generated', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.backward.cell-previous'],
    make: (random, { id, about }) => {
      const f = oneOf(random, [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]);
      const T = 10 * wholeFrom(random, 2, 20);
      return card.number(id, {
        ...about,
        ask: `Every forget gate of a unit is ${f}. By what factor does the gradient along the cell change from c_T back to c_1, T = ${T}?`,
        answer: () => f ** (T - 1),
        tolerance: 0.02,
        wrong: [
          {
            is: () => f ** T,
            because: 'One factor too many: from c_1 to c_T there are T - 1 steps.',
          },
          { is: () => f * (T - 1), because: 'The factors multiply, they do not add up.' },
          {
            is: () => 1,
            because: 'The cell is added to, but the old cell is multiplied by f at every step.',
          },
        ],
        explain: 'Along the cell, dc_T/dc_1 = ∏ f_t over the T - 1 steps between.',
        hint: 'One step back is one multiplication by f.',
      });
    },
  }),
];

/** Two different tenths of 0.2 … 0.9. */
function twoTenths(random: () => number): [number, number] {
  const first = wholeFrom(random, 2, 9);
  const second = wholeFrom(random, 2, 8);
  return [first / 10, (second >= first ? second + 1 : second) / 10];
}
