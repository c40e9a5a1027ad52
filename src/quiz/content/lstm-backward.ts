/** Cards answered with an equation of the LSTM: its gates, and the step back through each of them. */
import { card, type Card } from '../card.js';
import { equationAnswer } from './from-notation.js';

export const lstmBackwardCards: readonly Card[] = [
  card.equation('lstm.forget-gate', {
    topic: 'lstm',
    level: 1,
    katas: ['forget-gate'],
    ...equationAnswer('lstm.forget-gate'),
    ask: 'Write the forget gate f of an LSTM from [hPrev; x], with W_f and b_f.',
    wrong: [
      {
        is: 'tanh(Wf * [hPrev; x] + bf)',
        because: 'A gate is a share between 0 and 1: σ, not tanh.',
      },
      {
        is: 'sigmoid(Wf * [hPrev; x])',
        because: 'The bias is missing; it is the one that decides how a fresh LSTM forgets.',
      },
      {
        is: '1 - sigmoid(Wf * [hPrev; x] + bf)',
        because: 'f near 1 keeps: it is not turned round, whatever its name suggests.',
      },
    ],
    explain: 'Like i and o: only the weights differ.',
  }),
  card.equation('lstm.candidate', {
    topic: 'lstm',
    level: 1,
    katas: ['input-gate'],
    ...equationAnswer('lstm.candidate'),
    ask: 'Write the candidate cTilde of an LSTM from [hPrev; x], with W_c and b_c.',
    wrong: [
      {
        is: 'sigmoid(Wc * [hPrev; x] + bc)',
        because: 'It is content, not a gate: it must be able to be negative.',
      },
      { is: 'Wc * [hPrev; x] + bc', because: 'The tanh that bounds what is written is missing.' },
    ],
    explain: 'It reads the same vector as the gates and ends in tanh.',
  }),
  card.equation('lstm.backward.output-gate', {
    topic: 'lstm',
    level: 2,
    katas: ['lstm-step-backward'],
    ...equationAnswer('lstm.backward.output-gate', { o: 'sigmoid(ao)' }),
    ask: 'h = o ⊙ tanh(c), o = σ(a_o), and dh is known. Write da_o from dh, c and o.',
    wrong: [
      { is: 'dh .* tanh(c)', because: 'That is do; σ still lies between o and a_o.' },
      { is: 'dh .* c .* o .* (1 - o)', because: 'o multiplied tanh(c), not c.' },
      {
        is: 'dh .* tanh(c) .* (1 - o.^2)',
        because: 'o is a σ: its slope is o(1 - o), not 1 - o².',
      },
    ],
    explain: 'What o multiplied, times the slope of σ.',
  }),
  card.equation('lstm.backward.forget-gate', {
    topic: 'lstm',
    level: 2,
    katas: ['lstm-step-backward'],
    ...equationAnswer('lstm.backward.forget-gate', { f: 'sigmoid(af)' }),
    ask: 'c = f ⊙ cPrev + i ⊙ cTilde, f = σ(a_f), and dc is known. Write da_f.',
    wrong: [
      { is: 'dc .* cPrev', because: 'That is df; the slope of σ is missing.' },
      {
        is: 'dc .* f .* f .* (1 - f)',
        because: 'f multiplied cPrev; it is cPrev that stands there, not f.',
      },
      { is: 'dc .* cPrev .* (1 - f.^2)', because: 'That is the slope of tanh; f is a σ.' },
    ],
    explain: 'What f multiplied, the old cell, times f(1 - f).',
  }),
  card.equation('lstm.backward.input-gate', {
    topic: 'lstm',
    level: 2,
    katas: ['lstm-step-backward'],
    ...equationAnswer('lstm.backward.input-gate', { i: 'sigmoid(ai)' }),
    ask: 'c = f ⊙ cPrev + i ⊙ cTilde, i = σ(a_i), and dc is known. Write da_i.',
    wrong: [
      { is: 'dc .* cTilde', because: 'That is di; the slope of σ is missing.' },
      {
        is: 'dc .* i .* (1 - i)',
        because: 'i multiplied the candidate, which is missing.',
      },
      {
        is: 'dc .* cTilde .* i',
        because: 'Half of the slope: σ′ is i(1 - i).',
      },
    ],
    explain: 'What i multiplied, the candidate, times i(1 - i).',
  }),
  card.equation('lstm.backward.candidate', {
    topic: 'lstm',
    level: 2,
    katas: ['lstm-step-backward'],
    ...equationAnswer('lstm.backward.candidate', { cTilde: 'tanh(ac)' }),
    ask: 'c = f ⊙ cPrev + i ⊙ cTilde, cTilde = tanh(a_c), and dc is known. Write da_c.',
    wrong: [
      { is: 'dc .* i', because: 'That is dcTilde; the slope of tanh is missing.' },
      {
        is: 'dc .* i .* cTilde .* (1 - cTilde)',
        because: 'That is the slope of σ; the candidate is a tanh.',
      },
      { is: 'dc .* (1 - cTilde.^2)', because: 'The candidate was multiplied by i.' },
    ],
    explain: 'What multiplied the candidate, i, times 1 - c̃².',
  }),
  card.equation('lstm.backward.cell-previous', {
    topic: 'lstm',
    level: 1,
    katas: ['lstm-step-backward', 'gradient-highway'],
    ...equationAnswer('lstm.backward.cell-previous'),
    ask: 'dc, all of the gradient in c, is known. Write dcPrev, what goes back along the cell.',
    wrong: [
      { is: 'dc', because: 'c = f ⊙ cPrev + …: the old cell was multiplied by f.' },
      { is: 'dc .* (1 - f)', because: 'f is the share that is kept, so f is the factor.' },
      {
        is: 'dc .* f .* (1 - f)',
        because: 'The slope of σ belongs on the way to a_f, not on the way to cPrev.',
      },
    ],
    explain: 'One multiplication by f: no matrix, no squashing. That is the highway.',
  }),
  card.equation('lstm.backward.weights', {
    topic: 'lstm',
    level: 2,
    katas: ['lstm-step-backward'],
    ...equationAnswer('lstm.backward.Wf'),
    ask: 'a_f = W_f·[hPrev; x] + b_f, and da_f is known. Write the part dW_f of this step.',
    wrong: [
      { is: "[hPrev; x] * daf'", because: 'That is the transpose: rows of W_f belong to units.' },
      {
        is: "daf * [x; hPrev]'",
        because: 'h stands first: the columns would belong to the wrong inputs.',
      },
    ],
    explain: 'An outer product, (H) by (H+D), as W_f itself.',
  }),
  card.equation('lstm.backward.hidden-and-input', {
    topic: 'lstm',
    level: 3,
    katas: ['lstm-step-backward'],
    ...equationAnswer('lstm.backward.hidden-and-input'),
    ask: 'da_f, da_i, da_c and da_o are known. Write the gradient in [hPrev; x], which all four blocks read.',
    wrong: [
      {
        is: "Wf' * daf + Wi' * dai + Wo' * dao",
        because: 'The candidate reads [hPrev; x] too.',
      },
      {
        is: "Wf' * daf",
        because: 'Four blocks read it, so four parts add up.',
      },
    ],
    explain: 'The first H entries go back to the last step, the other D to the layer below.',
  }),
  card.equation('lstm.parameters.formula', {
    topic: 'lstm',
    level: 1,
    katas: ['parameter-count'],
    ...equationAnswer('lstm.parameters'),
    ask: 'Write the number of parameters P of an LSTM layer with one bias vector per block, from H and D.',
    wrong: [
      { is: '3 * (H * (H + D) + H)', because: 'Three gates, but four blocks: c̃ has weights too.' },
      { is: '4 * H * (H + D)', because: 'The biases are missing.' },
      { is: '4 * (H * (H + D) + 2 * H)', because: 'That is PyTorch’s count, with two biases.' },
    ],
    explain: 'Four blocks of an H × (H + D) matrix and a bias each.',
  }),
];
