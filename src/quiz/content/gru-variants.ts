/** Cards about the GRU’s way back, its reset-after form, and what it can and cannot do beside an LSTM. */
import { card, type Card } from '../card.js';
import { oneBias, twoBiases } from './counts.js';
import { equationAnswer } from './from-notation.js';

const sizes = { D: 128, H: 256 };
const leak = { z: 0.1, T: 41 };

export const gruVariantCards: readonly Card[] = [
  card.equation('gru.update-gate', {
    topic: 'gru',
    level: 1,
    katas: ['gru-step'],
    ...equationAnswer('gru.update-gate'),
    ask: 'Write the update gate z of a GRU from [hPrev; x], with W_z and b_z.',
    wrong: [
      { is: 'tanh(Wz * [hPrev; x] + bz)', because: 'A gate is a share: σ, not tanh.' },
      { is: 'sigmoid(Wz * [hPrev; x])', because: 'The bias b_z is missing.' },
    ],
    explain: 'The reset gate has the same form, with weights of its own.',
  }),
  card.equation('gru.backward.update-gate', {
    topic: 'gru',
    level: 2,
    katas: ['gru-step-backward'],
    ...equationAnswer('gru.backward.update-gate', { z: 'sigmoid(az)' }),
    ask: 'h = (1 - z) ⊙ hPrev + z ⊙ hTilde, z = σ(a_z), and dh is known. Write da_z.',
    wrong: [
      {
        is: 'dh .* (hTilde - hPrev)',
        because: 'That is dz; the slope of σ is missing.',
      },
      {
        is: 'dh .* (hPrev - hTilde) .* z .* (1 - z)',
        because: 'z weighs the candidate here: more z moves h towards hTilde.',
      },
      {
        is: 'dh .* hTilde .* z .* (1 - z)',
        because: 'z stands at hPrev too, with a minus.',
      },
    ],
    explain: 'Where candidate and old state agree, the gate does not matter and does not learn.',
    hint: 'Differentiate h in z first.',
  }),
  card.equation('gru.backward.candidate', {
    topic: 'gru',
    level: 2,
    katas: ['gru-step-backward'],
    ...equationAnswer('gru.backward.candidate', { hTilde: 'tanh(ah)' }),
    ask: 'h = (1 - z) ⊙ hPrev + z ⊙ hTilde, hTilde = tanh(a_h), and dh is known. Write da_h.',
    wrong: [
      { is: 'dh .* z', because: 'That is dhTilde; the slope of tanh is missing.' },
      {
        is: 'dh .* (1 - z) .* (1 - hTilde.^2)',
        because: 'That is the other convention: here z weighs the candidate.',
      },
      {
        is: 'dh .* z .* hTilde .* (1 - hTilde)',
        because: 'That is the slope of σ; the candidate is a tanh.',
      },
    ],
    explain: 'What multiplied the candidate, times 1 - h̃².',
  }),
  card.equation('gru.backward.reset-gate', {
    topic: 'gru',
    level: 3,
    katas: ['gru-step-backward'],
    ...equationAnswer('gru.backward.reset-gate', { r: 'sigmoid(ar)' }),
    ask: 'a_h = W_h·[r ⊙ hPrev; x] + b_h, r = σ(a_r), and da_h is known. Write da_r; v[:H] is the part of h of a vector (H+D).',
    wrong: [
      {
        is: "(Wh' * dah)[1:H] .* hPrev",
        because: 'That is dr; the slope of σ is missing.',
      },
      {
        is: "(Wh' * dah)[1:H] .* r .* (1 - r)",
        because: 'r multiplied hPrev, which is missing.',
      },
    ],
    explain:
      'Back through the product, only the part of h, times what r multiplied, times r(1 - r).',
  }),
  card.equation('gru.reset-after.candidate', {
    topic: 'gru',
    level: 3,
    katas: ['gru-reset-after'],
    ...equationAnswer('gru-reset-after.candidate'),
    ask: 'PyTorch’s GRU: a_hh = W_hh·hPrev + b_hh is computed first. Write its candidate hTilde from x, r and a_hh, with W_xh and b_h.',
    wrong: [
      {
        is: 'tanh(r .* (Wxh * x + bh + ahh))',
        because: 'r acts on the recurrent part alone; x is never reset.',
      },
      { is: 'tanh(Wxh * x + bh + ahh)', because: 'The reset gate is missing.' },
    ],
    explain:
      'All recurrent products can then be one, before r is known: that is why cuDNN has it so.',
  }),
  card.trap('gru.reset-after.bias', {
    topic: 'gru',
    level: 3,
    equations: ['gru-reset-after.candidate', 'gru-reset-after.recurrent'],
    katas: ['gru-reset-after'],
    ask: 'Somebody simplifies PyTorch’s GRU. What is wrong?',
    claim: 'Each block has two biases that are only ever added, so I merge them into one.',
    right: 'In the candidate one of them stands inside r: r ⊙ (W_hh h₋ + b).',
    wrong: [
      {
        is: 'In the gates one of them stands behind σ.',
        because: 'In the gates both stand inside σ and do add up.',
      },
      {
        is: 'Merged biases get half the gradient, so the merged cell computes another function.',
        because:
          'The merged one gets the same gradient as either. Two of them step twice as far under SGD; in the gates the function is the same.',
      },
      {
        is: 'Nothing, apart from the number of parameters.',
        because: 'With r = 0 the inner bias is shut off and the outer is not.',
      },
    ],
    explain: 'So this form has one bias vector more than three blocks need.',
  }),
  card.number('gru.reset-after.parameters', {
    topic: 'gru',
    level: 3,
    equations: ['gru-reset-after.parameters'],
    katas: ['parameter-count'],
    ask: `How many parameters has PyTorch’s GRU layer, which counts two bias vectors in each block, with D = ${sizes.D} and H = ${sizes.H}?`,
    unit: 'parameters',
    answer: () => twoBiases('gru', sizes),
    wrong: [
      { is: () => oneBias('gru', sizes), because: 'That has one bias per block.' },
      {
        is: () => oneBias('gru-reset-after', sizes),
        because: 'That merges the biases of z and r, which do add up; PyTorch keeps them apart.',
      },
      { is: () => twoBiases('lstm', sizes), because: 'That is four blocks: an LSTM.' },
    ],
    explain: 'Three blocks, each H × (H + D) weights and 2H biases.',
  }),
  card.trap('gru.small-data', {
    topic: 'gru',
    level: 1,
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'The GRU is for small data sets and the LSTM for large ones.',
    right: 'It is no law: they are about equal, and which wins depends on the task.',
    wrong: [
      {
        is: 'It is the other way round, because a GRU has a matrix less to regularise and so needs more data.',
        because: 'Fewer parameters would rather speak for less data; neither is a rule.',
      },
      {
        is: 'Only the length of the sequences matters.',
        because: 'Both matter, as do tuning and the task; none decides alone.',
      },
      {
        is: 'Nothing: a quarter fewer parameters is a quarter less data.',
        because: 'H is chosen freely, so the count of parameters can be matched.',
      },
    ],
    explain: 'Try both with the same number of parameters, or say that you would.',
  }),
  card.number('gru.highway', {
    topic: 'gru',
    level: 2,
    equations: ['gru.hidden'],
    katas: ['gru-bptt'],
    ask: `In one unit z = ${leak.z} at every step; z weighs the candidate. By what factor does the gradient change on the direct path from h_T to h_1, T = ${leak.T}?`,
    answer: () => (1 - leak.z) ** (leak.T - 1),
    tolerance: 0.02,
    wrong: [
      {
        is: () => leak.z ** (leak.T - 1),
        because: 'z weighs the candidate; the old state is kept by 1 - z.',
      },
      {
        is: () => (1 - leak.z) ** leak.T,
        because: 'One factor too many: there are T - 1 steps between.',
      },
      { is: () => 1 - leak.z * (leak.T - 1), because: 'The factors multiply, they do not add up.' },
    ],
    explain: '1 - z does for the GRU what f does for the LSTM.',
  }),
  card.choice('gru.elman', {
    topic: 'gru',
    level: 2,
    equations: ['gru.hidden', 'gru.candidate'],
    katas: ['gru-step'],
    ask: 'All units of a GRU have z = 1 and r = 1; z weighs the candidate. What is left?',
    answer: 'an Elman network',
    wrong: [
      { is: 'an LSTM without its output gate', because: 'There is no cell beside h.' },
      { is: 'a copy of h₋', because: 'That is z = 0.' },
      {
        is: 'a feedforward net that sees x alone, since nothing of the old state is kept',
        because: 'The candidate still sees h₋, through r = 1.',
      },
    ],
    explain: 'h = tanh(W_h [h₋, x] + b_h): the Elman update.',
  }),
  card.choice('gru.counting', {
    topic: 'gru',
    level: 3,
    equations: ['gru.hidden', 'lstm.cell'],
    ask: 'Which of them can learn to accept aⁿbⁿ for n far beyond training, and why?',
    answer: 'the LSTM, which can count in its cell',
    wrong: [
      {
        is: 'the GRU, because its gates sum to 1 and so nothing is lost on the way',
        because: 'A mean stays between what it averages, so a count has nowhere to go.',
      },
      {
        is: 'both alike, as each can simulate the other with suitable weights',
        because: 'With finite precision they cannot: a bounded state cannot hold a count.',
      },
      {
        is: 'neither, since a network of fixed size has finitely many states',
        because: 'With rounding that is so in the end, but an LSTM’s cell counts far before it.',
      },
    ],
    explain: 'f = i = 1 adds ±1 to the cell at each step (Weiss, Goldberg & Yahav 2018).',
    hint: 'Whose state is bounded?',
  }),
  card.order('gru.step.order', {
    topic: 'gru',
    level: 1,
    katas: ['gru-step'],
    ask: 'Put one GRU step, reset before the product, in order.',
    items: [
      'take z and r from [h₋, x]',
      'multiply h₋ by r',
      'take the candidate from [r ⊙ h₋, x]',
      'mix h₋ and the candidate by z',
    ],
    explain: 'The candidate waits for r; that is the one thing that reset-after avoids.',
  }),
  card.free('gru.compare', {
    topic: 'gru',
    level: 2,
    equations: ['gru.hidden', 'lstm.cell'],
    katas: ['gru-step'],
    ask: 'In a few sentences: how does a GRU differ from an LSTM, and when would you take which?',
    rubric: [
      { point: 'two gates, update and reset', words: ['update', 'reset', 'two gates'] },
      {
        point: 'one state, no separate cell',
        words: ['one state', 'no cell', 'no separate', 'single state', 'merges'],
      },
      {
        point: 'three blocks: 3/4 of the parameters',
        words: ['three', '3 4', 'quarter', 'fewer param'],
      },
      {
        point: 'keep and write sum to 1',
        words: ['1 z', 'sum to 1', 'coupled', 'weighted mean', 'convex'],
      },
      { point: 'quality depends on the task', words: ['similar', 'task', 'try both', 'depends'] },
    ],
    enough: 3,
    model:
      'A GRU has two gates, update and reset, and one state instead of h and c. Its update is a weighted mean, (1 - z) ⊙ h₋ + z ⊙ h̃, so keeping and writing sum to 1, where an LSTM’s f and i are free. It has three blocks instead of four, 3/4 of the parameters. Quality is similar and depends on the task; an LSTM can count in its cell, a GRU is a little cheaper.',
    explain: 'Differences first, then costs, then an honest verdict.',
  }),
];
