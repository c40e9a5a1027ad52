/** Cards about the variants of the LSTM: peepholes and coupled gates. */
import { card, type Card } from '../card.js';
import { oneBias } from './counts.js';
import { equationAnswer } from './from-notation.js';

const sizes = { D: 20, H: 30 };

export const lstmVariantCards: readonly Card[] = [
  card.equation('lstm.peephole.forget', {
    topic: 'lstm',
    level: 2,
    katas: ['peephole-step'],
    ...equationAnswer('lstm-peephole.forget-gate'),
    ask: 'Write the forget gate f of an LSTM with peepholes, from [hPrev; x] and cPrev, with W_f, p_f and b_f.',
    wrong: [
      {
        is: 'sigmoid(Wf * [hPrev; x] + bf)',
        because: 'The peephole p_f ⊙ cPrev is missing.',
      },
      {
        is: 'sigmoid(Wf * [hPrev; x] + bf) + pf .* cPrev',
        because: 'The peephole belongs inside σ, or f would not be a share.',
      },
    ],
    explain: 'The cell is seen through a diagonal weight: unit j sees its own cell only.',
  }),
  card.equation('lstm.peephole.output', {
    topic: 'lstm',
    level: 3,
    katas: ['peephole-step'],
    ...equationAnswer('lstm-peephole.output-gate'),
    ask: 'Write the output gate o of an LSTM with peepholes, with W_o, p_o and b_o.',
    wrong: [
      {
        is: 'sigmoid(Wo * [hPrev; x] + bo)',
        because: 'The peephole p_o ⊙ c is missing.',
      },
    ],
    explain: 'o acts after the cell is updated, so it sees the new c; f and i see the old one.',
    hint: 'Which cell is known when o is computed?',
  }),
  card.equation('lstm.peephole.backward.cell', {
    topic: 'lstm',
    level: 3,
    katas: ['peephole-step'],
    ...equationAnswer('lstm-peephole.backward.cell'),
    ask: 'With peepholes c is used by the next step (dcNext), by h = o ⊙ tanh(c), and by the gate o through p_o. dh and da_o are known. Write dc.',
    wrong: [
      {
        is: 'dcNext + dh .* o .* (1 - tanh(c).^2)',
        because: 'That is the LSTM without peepholes: the way through o is missing.',
      },
      {
        is: 'dcNext + dh .* o .* (1 - tanh(c).^2) + dao',
        because: 'c entered a_o multiplied by p_o.',
      },
    ],
    explain: 'Three uses, three terms. So da_o must be computed before dc.',
  }),
  card.number('lstm.peephole.parameters', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm-peephole.parameters'],
    katas: ['parameter-count'],
    ask: `By how many parameters does an LSTM with D = ${sizes.D} and H = ${sizes.H} grow when all three gates get peepholes?`,
    unit: 'parameters',
    answer: () => oneBias('lstm-peephole', sizes) - oneBias('lstm', sizes),
    wrong: [
      {
        is: () => 3 * sizes.H ** 2,
        because: 'Peepholes are diagonal: a number per unit, no matrix.',
      },
      {
        is: () => 4 * sizes.H,
        because: 'The candidate has no peephole, only the three gates.',
      },
      {
        is: () => sizes.H,
        because: 'That is the variant with a peephole in the forget gate only.',
      },
    ],
    explain: 'Three vectors of H.',
  }),
  card.choice('lstm.peephole.why', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm-peephole.forget-gate'],
    ask: 'A gate of a plain LSTM reads h₋ and x. What can it not see, that a peephole shows it?',
    answer: 'the cell while the output gate is shut',
    wrong: [
      {
        is: 'the inputs of earlier steps, which are lost once they are behind',
        because: 'A peephole shows the cell as it is, not what was read before.',
      },
      {
        is: 'the cells of the other units of the same layer',
        because: 'Peepholes are diagonal: each unit sees its own cell.',
      },
      {
        is: 'the candidate that is about to be written at this step',
        because: 'The candidate is computed at the same time as the gates.',
      },
    ],
    explain: 'With o = 0, h = 0 whatever c is. Peepholes helped with exact timing and counting.',
    hint: 'What is h₋ when o₋ was 0?',
  }),
  card.choice('lstm.peephole.reads', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm-peephole.forget-gate'],
    katas: ['peephole-step'],
    ask: 'What does the peephole of the forget gate add to the pre-activation of unit j?',
    answer: 'a learnt weight times the old cell of unit j',
    wrong: [
      {
        is: 'a learnt weight times the old state of unit j',
        because: 'h₋ is in W_f [h₋, x] already. A peephole sees the cell.',
      },
      {
        is: 'a learnt weight times tanh of the old cell',
        because: 'The cell is seen as it is. Only h is made through tanh.',
      },
      {
        is: 'the old cell of unit j, without a weight',
        because: 'p_f is learnt, one number per unit.',
      },
    ],
    explain: 'p_f ⊙ c₋ stands inside σ, beside W_f [h₋, x] and the bias.',
  }),
  card.choice('lstm.peephole.gates', {
    topic: 'lstm',
    level: 2,
    katas: ['peephole-step'],
    ask: 'In an LSTM with all peepholes, which of f, i, c̃ and o see the cell?',
    answer: 'f and i the old one, o the new one',
    wrong: [
      {
        is: 'f alone, since it alone weighs the old cell',
        because: 'That is a variant of its own, with one peephole instead of three.',
      },
      {
        is: 'all four of them, each through its own weights',
        because: 'The candidate has no peephole: it is content, not a decision about it.',
      },
      {
        is: 'f, i and o, all three of them the old one',
        because: 'When o is computed the new cell is known, and it is the one that o shows.',
      },
    ],
    explain: 'Three vectors p_f, p_i, p_o: one number per unit and gate.',
  }),
  card.trap('lstm.peephole.always', {
    topic: 'lstm',
    level: 2,
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'Peepholes are part of the standard LSTM, and libraries use them by default.',
    right: 'They are a variant: cuDNN’s and PyTorch’s LSTM have none.',
    wrong: [
      {
        is: 'They are standard in the forget gate, where the gain was shown, and optional in the other two gates.',
        because: 'That is one of the variants; the standard LSTM has none at all.',
      },
      {
        is: 'Peepholes are a part of the GRU, not of the LSTM.',
        because: 'A GRU’s gates see its state through full matrices; there is no hidden cell.',
      },
      {
        is: 'Nothing, though they are called projections there.',
        because: 'A projection makes h smaller than c; it shows no gate the cell.',
      },
    ],
    explain: 'Large comparisons found little gain from them, and a plain product is faster.',
  }),
  card.equation('lstm.coupled.backward', {
    topic: 'lstm',
    level: 3,
    ...equationAnswer('lstm-coupled.backward.forget-gate', { f: 'sigmoid(af)' }),
    ask: 'Coupled gates: c = f ⊙ cPrev + (1 - f) ⊙ cTilde, f = σ(a_f), and dc is known. Write da_f.',
    wrong: [
      {
        is: 'dc .* cPrev .* f .* (1 - f)',
        because: 'f also takes away from the candidate: that way is missing.',
      },
      {
        is: 'dc .* (cPrev + cTilde) .* f .* (1 - f)',
        because: 'The candidate is multiplied by 1 - f, so its part has a minus.',
      },
    ],
    explain: 'The same form as in the GRU: a gate that moves between two values.',
    hint: 'Differentiate c in f first.',
  }),
  card.number('lstm.coupled.parameters', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm-coupled.parameters'],
    katas: ['parameter-count'],
    ask: `How many parameters has an LSTM with coupled gates, i = 1 - f, with D = ${sizes.D}, H = ${sizes.H} and one bias per block?`,
    unit: 'parameters',
    answer: () => oneBias('lstm-coupled', sizes),
    wrong: [
      { is: () => oneBias('lstm', sizes), because: 'i has no weights of its own any more.' },
      {
        is: () => (2 / 3) * oneBias('lstm-coupled', sizes),
        because: 'Three blocks remain: f, c̃ and o.',
      },
      {
        is: () => oneBias('lstm-coupled', sizes) - 3 * sizes.H,
        because: 'The biases are missing.',
      },
    ],
    explain: 'Three blocks, as many as a GRU.',
  }),
];
