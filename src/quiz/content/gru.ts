/** Cards about the GRU, in the convention where z weighs the candidate and r acts before the product. */
import { equationById, evaluate } from '../../notation/index.js';
import { card, type Card } from '../card.js';
import { distinct, generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { conventions, oneBias } from './counts.js';
import { equationAnswer } from './from-notation.js';

const sizes = { D: 128, H: 256 };

export const gruCards: readonly Card[] = [
  card.trap('gru.z.convention', {
    topic: 'gru',
    level: 2,
    equations: ['gru.hidden'],
    katas: ['gru-step'],
    ask: 'Somebody corrects a colleague as follows. What is wrong?',
    claim: 'h = (1 - z) ⊙ h̃ + z ⊙ h₋ is a mistake: z must weigh the candidate.',
    right: 'Both conventions are in use; one must only say which, and not mix weights.',
    wrong: [
      {
        is: 'Nothing: the two formulas compute different functions, and one of them cannot be trained.',
        because:
          'Replace W_z and b_z by their negatives and one becomes the other: σ(-a) = 1 - σ(a).',
      },
      {
        is: 'z must weigh h₋ in every GRU, since it is called the update gate.',
        because:
          'The name suggests the opposite, and papers are split. PyTorch’s z weighs h₋; here z weighs h̃.',
      },
      {
        is: 'The weights need not sum to 1, so z and 1 - z are both wrong.',
        because: 'In a GRU they do sum to 1; separate weights are the LSTM’s f and i.',
      },
    ],
    explain:
      'Here: h = (1 - z) ⊙ h₋ + z ⊙ h̃. Porting weights from PyTorch flips the sign of the block of z.',
    hint: 'What is 1 - σ(a)?',
  }),
  card.equation('gru.reset.before', {
    topic: 'gru',
    level: 2,
    katas: ['gru-step'],
    ...equationAnswer('gru.candidate'),
    ask: 'Write the candidate hTilde of a GRU whose reset gate acts before the matrix product, from r, hPrev and x with W_h and b_h.',
    wrong: [
      {
        is: 'tanh(Wh * [hPrev; x] + bh)',
        because: 'The reset gate is missing: the candidate then always sees all of the old state.',
      },
      {
        is: 'tanh(r .* (Wh * [hPrev; x]) + bh)',
        because:
          'That resets after the product, and x with it. PyTorch resets after the product too, but only the part of h.',
      },
      {
        is: 'r .* tanh(Wh * [hPrev; x] + bh)',
        because:
          'r decides what the candidate may see of the old state, not how much of the candidate passes; that is z.',
      },
    ],
    explain:
      'r ⊙ h₋ takes the place of h₋. Before or after the product are different functions for the same weights.',
    hint: 'Which vector does r multiply?',
  }),
  card.equation('gru.hidden', {
    topic: 'gru',
    level: 1,
    katas: ['gru-step'],
    ...equationAnswer('gru.hidden'),
    ask: 'Write the new h of a GRU from z, hPrev and hTilde, where z weighs the new candidate.',
    wrong: [
      {
        is: 'z .* hPrev + (1 - z) .* hTilde',
        because: 'That is the other convention, PyTorch’s; the question has z weigh the candidate.',
      },
      {
        is: 'hPrev + z .* hTilde',
        because: 'The old state must give way by as much as is taken: 1 - z.',
      },
      { is: 'z .* hTilde', because: 'The old state is not carried.' },
    ],
    explain: 'A weighted mean of old state and candidate, per unit.',
  }),
  card.number('gru.parameters.ratio', {
    topic: 'gru',
    level: 1,
    equations: ['gru.parameters', 'lstm.parameters'],
    ask: `What share of the parameters of an LSTM layer has a GRU layer with the same D = ${sizes.D} and H = ${sizes.H} and one bias per block?`,
    answer: () => oneBias('gru', sizes) / oneBias('lstm', sizes),
    tolerance: 1e-6,
    wrong: [
      {
        is: () => 2 / 3,
        because: 'That counts gates, two and three. The candidates have weights too.',
      },
      {
        is: () => oneBias('rnn', sizes) / oneBias('lstm', sizes),
        because: 'That is one block: an Elman cell.',
      },
      {
        is: () => 1 / 2,
        because: 'That counts two blocks of four; a GRU has z, r and the candidate.',
      },
    ],
    explain: 'Three blocks of the same size against four, whatever D and H are.',
    hint: 'Count blocks of weights, not gates.',
  }),
  card.choice('gru.bounded', {
    topic: 'gru',
    level: 2,
    equations: ['gru.hidden', 'gru.candidate'],
    ask: 'A GRU starts from h = 0. How large can an entry of h become over a long sequence?',
    answer: 'It stays within ±1.',
    wrong: [
      {
        is: 'Without bound, as the cell of an LSTM can.',
        because:
          'The cell of an LSTM adds with f and i independent; here the weights 1 - z and z sum to 1.',
      },
      {
        is: 'Up to T, since every step can add a candidate of size 1.',
        because: 'A candidate is only taken in by as much as the old state is given up.',
      },
      {
        is: 'Up to ‖W_h‖, the norm of the candidate’s matrix.',
        because: 'The candidate ends in tanh, so the norm of W_h does not get through.',
      },
    ],
    explain:
      'h is a weighted mean of h₋ and a tanh. So a GRU cannot count without bound; an LSTM can.',
    hint: 'A weighted mean lies between what it averages.',
  }),
  card.choice('gru.reset.closed', {
    topic: 'gru',
    level: 1,
    equations: ['gru.candidate', 'gru.hidden'],
    katas: ['gru-step'],
    ask: 'z weighs the candidate. In one unit z = 0 and r = 0. What is its new h?',
    answer: 'h₋: nothing is taken in.',
    wrong: [
      {
        is: '0: the reset gate clears the state.',
        because: 'r acts inside the candidate only, and with z = 0 the candidate is not used.',
      },
      {
        is: 'h̃ computed from x alone, because r shuts out the old state.',
        because: 'That is the candidate, but z = 0 takes none of it. It would be h with z = 1.',
      },
      {
        is: 'The mean of h₋ and h̃, as no gate prefers either.',
        because: 'The mean is z = ½. At 0 the gate prefers the old state entirely.',
      },
    ],
    explain: 'h = (1 - z) ⊙ h₋ + z ⊙ h̃ with z = 0 is h₋, whatever r is.',
  }),
];

export const gruGenerators: readonly Generator[] = [
  generator('gru.parameters.generated', {
    topic: 'gru',
    level: 1,
    equations: ['gru.parameters'],
    make: (random, { id, about }) => {
      const sizes = { D: 2 ** wholeFrom(random, 2, 9), H: 2 ** wholeFrom(random, 2, 9) };
      const asked = oneOf(random, conventions);
      const answer = (): number => asked.count('gru', sizes);
      return card.number(id, {
        ...about,
        ask: `How many parameters has one GRU layer with D = ${sizes.D}, H = ${sizes.H} and ${asked.says}?`,
        unit: 'parameters',
        answer,
        wrong: distinct(answer, [
          ...conventions
            .filter((one) => one !== asked)
            .map((other) => ({
              is: () => other.count('gru', sizes),
              because: `That counts ${other.says}; asked was ${asked.says}.`,
            })),
          { is: () => asked.count('lstm', sizes), because: 'That is four blocks: an LSTM.' },
          {
            is: () => 2 * asked.count('rnn', sizes),
            because: 'Two gates, but the candidate has weights too.',
          },
        ]),
        explain: 'Three blocks, each H × (H + D) weights and its biases.',
        hint: 'Count one block first.',
      });
    },
  }),
  generator('gru.step.generated', {
    topic: 'gru',
    level: 1,
    equations: ['gru.hidden'],
    katas: ['gru-step'],
    make: (random, { id, about }) => {
      const z = oneOf(random, [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9]);
      const hPrev = wholeFrom(random, 5, 9) / 10;
      const hTilde = -wholeFrom(random, 1, 9) / 10;
      const mixed = (weight: number): number => {
        const given = { z: weight, hPrev, hTilde };
        const vectors = Object.entries(given).map(([name, value]) => [
          name,
          Float64Array.of(value),
        ]);
        const h = evaluate(
          equationById('gru.hidden')!,
          Object.fromEntries(vectors) as Record<string, Float64Array>,
        ) as Float64Array;
        return Number(h[0]!.toFixed(12)); // tenths times tenths: what stands beyond is rounding
      };
      const answer = (): number => mixed(z);
      return card.number(id, {
        ...about,
        ask: `One GRU unit: h₋ = ${hPrev}, z = ${z}, h̃ = ${hTilde}; z weighs the candidate. What is the new h?`,
        answer,
        tolerance: 1e-6,
        wrong: distinct(answer, [
          {
            is: () => mixed(1 - z),
            because:
              'z and 1 - z are swapped: here z weighs the candidate. In PyTorch it weighs h₋.',
          },
          { is: () => hPrev + z * hTilde, because: 'The old state is kept by 1 - z only.' },
          { is: () => z * hTilde, because: 'The old state is not carried.' },
        ]),
        explain: 'h = (1 - z)·h₋ + z·h̃.',
      });
    },
  }),
];
