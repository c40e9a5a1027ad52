/** Generated questions about gated cells: gates, states and gradients of one unit, by hand. */
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { byHand } from './by-hand.js';
import { drawnNumber } from './drawn-number.js';

const tenths = [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9] as const;

export const gateGenerators: readonly Generator[] = [
  generator('lstm.gate.generated', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.forget-gate'],
    katas: ['forget-gate'],
    make: (random, making) => {
      const Wf = [oneOf(random, tenths), -oneOf(random, tenths)] as const;
      const hPrev = oneOf(random, tenths);
      const x = wholeFrom(random, 1, 3);
      const bf = oneOf(random, [0.5, 1.5, 2]);
      const gate = (W: readonly [number, number], b: number): number =>
        byHand('lstm.forget-gate', { Wf: W, hPrev, x, bf: b });
      return drawnNumber(making, {
        ask: `One LSTM unit: W_f = [${Wf.join(', ')}] for [h₋, x], h₋ = ${hPrev}, x = ${x}, b_f = ${bf}. What is f?`,
        answer: () => gate(Wf, bf),
        tolerance: 0.003,
        wrong: [
          { is: () => gate(Wf, 0), because: 'The bias is missing.' },
          {
            is: () => gate([Wf[1], Wf[0]], bf),
            because: 'h₋ stands first: the first weight meets h₋.',
          },
          {
            is: () => Math.tanh(Wf[0] * hPrev + Wf[1] * x + bf),
            because: 'A gate ends in σ, not in tanh.',
          },
          { is: () => Wf[0] * hPrev + Wf[1] * x + bf, because: 'That is before σ.' },
        ],
        explain: 'f = σ(W_f·[h₋, x] + b_f).',
      });
    },
  }),
  generator('lstm.hidden.generated', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.hidden'],
    katas: ['output-gate'],
    make: (random, making) => {
      const o = oneOf(random, tenths);
      const c = wholeFrom(random, 5, 20) / 10;
      return drawnNumber(making, {
        ask: `One LSTM unit: c = ${c}, o = ${o}. What is h?`,
        answer: () => byHand('lstm.hidden', { o, c }),
        tolerance: 0.003,
        wrong: [
          { is: () => o * c, because: 'The tanh of the cell is missing.' },
          { is: () => Math.tanh(o * c), because: 'The gate acts on tanh(c), not inside it.' },
          { is: () => Math.tanh(c), because: 'The output gate is missing.' },
        ],
        explain: 'h = o·tanh(c).',
      });
    },
  }),
  generator('lstm.step-back.generated', {
    topic: 'lstm',
    level: 3,
    equations: ['lstm.backward.cell', 'lstm.backward.cell-previous'],
    katas: ['lstm-step-backward'],
    make: (random, making) => {
      const [f, o] = [oneOf(random, tenths), oneOf(random, tenths)];
      const c = wholeFrom(random, 5, 15) / 10;
      const dh = wholeFrom(random, 1, 5);
      const dcNext = wholeFrom(random, 1, 5);
      const dc = (given = { dcNext, dh, o }): number =>
        byHand('lstm.backward.cell', { ...given, c });
      return drawnNumber(making, {
        ask: `One LSTM unit: f = ${f}, o = ${o}, c = ${c}; dh = ${dh}, and dc₊ = ${dcNext} comes back along the cell. What goes on to c₋ along the cell?`,
        answer: () => byHand('lstm.backward.cell-previous', { dc: dc(), f }),
        tolerance: 0.003,
        wrong: [
          { is: dc, because: 'That is dc; the old cell was multiplied by f.' },
          {
            is: () => f * dc({ dcNext: 0, dh, o }),
            because: 'What comes back along the cell is missing.',
          },
          { is: () => f * dcNext, because: 'What comes through h is missing.' },
          { is: () => f * (dcNext + dh * o), because: 'The slope of tanh is missing.' },
        ],
        explain: 'dc = dc₊ + dh·o·(1 - tanh²(c)), then times f.',
      });
    },
  }),
  generator('lstm.gate-product.generated', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.backward.cell-previous'],
    katas: ['gradient-highway'],
    make: (random, making) => {
      const gates = Array.from({ length: 4 }, () => oneOf(random, tenths));
      const product = (of: readonly number[]): number => of.reduce((a, b) => a * b, 1);
      return drawnNumber(making, {
        ask: `The forget gates of four steps are ${gates.join(', ')}, in this order. What is the derivative of the last cell in the first, along the cell?`,
        answer: () => product(gates.slice(1)),
        tolerance: 0.002,
        wrong: [
          {
            is: () => product(gates),
            because: 'The first gate acted before the first cell was made: it has no part in it.',
          },
          {
            is: () => product(gates.slice(0, -1)),
            because: 'The last gate acts between the last two cells; the first does not count.',
          },
          {
            is: () => gates.reduce((a, b) => a + b, 0) / gates.length,
            because: 'The gates multiply; nothing is averaged.',
          },
        ],
        explain: 'The product over the second to the last gate: three steps between four cells.',
        hint: 'Which gates act between the first cell and the last?',
      });
    },
  }),
  generator('gru.candidate.generated', {
    topic: 'gru',
    level: 2,
    equations: ['gru.candidate'],
    katas: ['gru-step'],
    make: (random, making) => {
      const Wh = [oneOf(random, tenths), oneOf(random, tenths)] as const;
      const r = oneOf(random, tenths);
      const hPrev = -oneOf(random, [0.5, 0.7, 0.9]);
      const x = oneOf(random, [0.5, 1, 1.5]);
      const candidate = (reset: number): number =>
        byHand('gru.candidate', { Wh, r: reset, hPrev, x, bh: 0 });
      return drawnNumber(making, {
        ask: `One GRU unit without bias, reset before the product: W_h = [${Wh.join(', ')}] for [r·h₋, x], r = ${r}, h₋ = ${hPrev}, x = ${x}. What is the candidate?`,
        answer: () => candidate(r),
        tolerance: 0.003,
        wrong: [
          { is: () => candidate(1), because: 'The reset gate is missing.' },
          { is: () => candidate(1 - r), because: 'r is the share that is let through.' },
          {
            is: () => r * candidate(1),
            because: 'r acts inside, on h₋, not on the candidate.',
          },
          {
            is: () => Math.tanh(r * (Wh[0] * hPrev + Wh[1] * x)),
            because: 'x is not reset.',
          },
        ],
        explain: 'h̃ = tanh(W_h·[r·h₋, x]).',
      });
    },
  }),
  generator('gru.step-back.generated', {
    topic: 'gru',
    level: 3,
    equations: ['gru.backward.update-gate'],
    katas: ['gru-step-backward'],
    make: (random, making) => {
      const z = oneOf(random, tenths);
      const hPrev = oneOf(random, tenths);
      const hTilde = -oneOf(random, tenths);
      const dh = wholeFrom(random, 2, 6);
      return drawnNumber(making, {
        ask: `One GRU unit, z weighs the candidate: h₋ = ${hPrev}, z = ${z}, h̃ = ${hTilde} and dh = ${dh}. What is the gradient in the pre-activation of z?`,
        answer: () => byHand('gru.backward.update-gate', { dh, hTilde, hPrev, z }),
        tolerance: 0.003,
        wrong: [
          { is: () => dh * (hTilde - hPrev), because: 'The slope of σ, z(1 - z), is missing.' },
          {
            is: () => dh * (hPrev - hTilde) * z * (1 - z),
            because: 'More z moves h towards the candidate: the sign is turned round.',
          },
          {
            is: () => dh * hTilde * z * (1 - z),
            because: 'z stands at h₋ too, with a minus.',
          },
        ],
        explain: 'dh·(h̃ - h₋)·z·(1 - z).',
      });
    },
  }),
];
