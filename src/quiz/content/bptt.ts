/** Cards about the backward pass through time, step by step and in shapes, and about checking it. */
import { card, type Card } from '../card.js';
import { equationAnswer } from './from-notation.js';

const tape = { T: 200, B: 32, H: 256 };
const sigmoid = { slope: 1 / 4, T: 11 };
const epsilon32 = 2 ** -24;

export const bpttCards: readonly Card[] = [
  card.equation('rnn.bptt.recurrent-weights', {
    topic: 'gradients',
    level: 2,
    katas: ['rnn-step-backward'],
    ...equationAnswer('rnn.backward.Whh'),
    ask: 'a = W_hh·hPrev + W_xh·x + b_h, and da is known at one step. Write the part dW_hh of this step.',
    wrong: [
      {
        is: "hPrev * da'",
        because: 'That is the transpose: rows belong to da, columns to hPrev.',
      },
      { is: 'da .* hPrev', because: 'That is only the diagonal: every row meets every column.' },
      { is: "da' * hPrev", because: 'That is one number, the inner product; an outer is needed.' },
    ],
    explain: 'dW_hh[j][k] = da[j]·hPrev[k]: the old state, not the new one.',
    hint: 'Which two numbers meet at weight [j][k]?',
  }),
  card.equation('rnn.bptt.input', {
    topic: 'gradients',
    level: 1,
    katas: ['rnn-step-backward'],
    ...equationAnswer('rnn.backward.input'),
    symbols: { dx: ['D'], Wxh: ['H', 'D'], Whh: ['H', 'H'], da: ['H'], x: ['D'] },
    ask: 'a = W_hh·hPrev + W_xh·x + b_h, and da is known. Write dx, which the layer below receives.',
    wrong: [
      { is: "Whh' * da", because: 'That is what goes to hPrev: x came in through W_xh.' },
      {
        is: "x .* (Wxh' * da)",
        because: 'a is linear in x, so x itself does not stand in the slope.',
      },
    ],
    explain: 'Back through a product means with the transpose of the matrix that x met.',
  }),
  card.equation('gradients.jacobian.step', {
    topic: 'gradients',
    level: 2,
    katas: ['jacobian-product'],
    ask: 'h = tanh(W_hh·hPrev + W_xh·x + b_h). Write the Jacobian of h in hPrev, a matrix, from h and W_hh.',
    answer: 'diag(1 - h.^2) * Whh',
    symbols: { h: ['H'], Whh: ['H', 'H'] },
    wrong: [
      {
        is: 'Whh * diag(1 - h.^2)',
        because: 'The tanh comes after the product, so its slopes scale the rows of W_hh.',
      },
      { is: 'Whh', because: 'That is the Jacobian of a; tanh still follows.' },
      {
        is: "Whh' * diag(1 - h.^2)",
        because: 'That is its transpose, which a gradient is multiplied by on its way back.',
      },
    ],
    explain: 'dh_T/dh_1 is a product of such factors, the latest on the left.',
    hint: 'Row j is scaled by the slope of unit j.',
  }),
  card.equation('gradients.sigmoid-derivative', {
    topic: 'gradients',
    level: 1,
    katas: ['lstm-step-backward'],
    ask: 'f = σ(a), and df is known. Write da from df and f alone.',
    answer: 'da = df .* f .* (1 - f)',
    symbols: { da: ['H'], df: ['H'], f: ['H'] },
    wrong: [
      {
        is: 'df .* (1 - f.^2)',
        because: 'That is the slope of tanh in terms of its output; f is a σ.',
      },
      {
        is: 'df .* sigmoid(f) .* (1 - sigmoid(f))',
        because: 'That applies σ twice: f is σ(a) already.',
      },
      { is: 'df .* (1 - f)', because: 'The factor f is missing: the slope is f(1 - f).' },
    ],
    explain: "σ' = σ(1 - σ), at most ¼; the output is all that has to be kept.",
  }),
  card.order('gradients.bptt.order', {
    topic: 'gradients',
    level: 2,
    katas: ['rnn-bptt'],
    ask: 'Put what the backward pass does at one step t in order.',
    items: [
      'take dy_t, the gradient of the loss in the output',
      'add W_hyᵀ·dy_t to what step t + 1 sent back: dh_t',
      "multiply by tanh', that is 1 - h_t²: da_t",
      'add da_t·h_{t-1}ᵀ to dW_hh and hand W_hhᵀ·da_t to step t - 1',
    ],
    hint: 'Nothing can be handed on before the gradient in h_t is complete.',
    explain: 'First all of dh, then through tanh, then to the weights and to the past.',
  }),
  card.number('gradients.tape', {
    topic: 'gradients',
    level: 2,
    katas: ['memory-account'],
    ask: `Full BPTT through an Elman layer: T = ${tape.T}, B = ${tape.B}, H = ${tape.H}. How many numbers of hidden state are kept for the backward pass, without h0?`,
    unit: 'numbers',
    answer: () => tape.T * tape.B * tape.H,
    wrong: [
      { is: () => tape.B * tape.H, because: 'That is one step; backward needs h at every step.' },
      { is: () => tape.T * tape.H, because: 'That is one sequence of the batch.' },
      {
        is: () => tape.T * tape.B * tape.H ** 2,
        because: 'No Jacobian is kept: 1 - h² and W_hh give its product.',
      },
    ],
    explain: 'One vector (H) per step and sequence: linear in T.',
  }),
  card.number('gradients.sigmoid-chain', {
    topic: 'gradients',
    level: 2,
    katas: ['gradient-bound'],
    ask: `A recurrent network uses σ instead of tanh, and W_hh is orthogonal. By what factor at most does a gradient change from h_T to h_1, T = ${sigmoid.T}?`,
    answer: () => sigmoid.slope ** (sigmoid.T - 1),
    tolerance: 0.02,
    wrong: [
      {
        is: () => 1,
        because: 'The orthogonal W_hh keeps the norm, but σ has a slope of at most ¼.',
      },
      {
        is: () => sigmoid.slope ** sigmoid.T,
        because: 'One factor too many: there are T - 1 steps between.',
      },
      {
        is: () => 0.5 ** (sigmoid.T - 1),
        because: '½ is σ(0), its value; its slope there is ¼.',
      },
    ],
    explain: 'Each step multiplies by at most max σ′ · ‖W_hh‖ = ¼ · 1.',
    hint: 'How steep is σ at its steepest?',
  }),
  card.shape('gradients.jacobian.shape', {
    topic: 'gradients',
    level: 1,
    katas: ['jacobian-product'],
    ask: 'h_1 and h_T have H entries each. What is the shape of dh_T/dh_1?',
    answer: ['H', 'H'],
    wrong: [
      { is: ['H'], because: 'That would be the gradient of a scalar; h_T is a vector.' },
      { is: ['T', 'H', 'H'], because: 'The T - 1 factors are multiplied into one matrix.' },
    ],
    explain: 'One row per output, one column per input, however many steps lie between.',
  }),
  card.choice('gradients.same-matrix', {
    topic: 'gradients',
    level: 2,
    ask: 'A feedforward net of 100 layers and an RNN over 100 steps: why is the RNN the more prone to vanishing and exploding?',
    answer: 'It multiplies by the same matrix each time: a factor becomes a power.',
    wrong: [
      {
        is: 'Its gradient has to pass through the inputs x_t as well, each of which takes its share away.',
        because: 'The inputs are read, not passed through: no part of the path is lost to them.',
      },
      {
        is: 'It sums the gradients over the steps, and in a sum of many they cancel.',
        because: 'The sum is over uses of the weights; vanishing happens along each path.',
      },
      {
        is: 'It uses tanh where feedforward nets use ReLU.',
        because:
          'With the same activation the difference remains: independent factors average out.',
      },
    ],
    explain:
      'Different matrices have different singular directions; a power lines up along one of them.',
  }),
  card.several('gradients.exploding.signs', {
    topic: 'gradients',
    level: 1,
    ask: 'Which of these point to exploding gradients?',
    options: [
      { is: 'the loss turns NaN', right: true, because: 'a step of enormous size overflows.' },
      {
        is: 'the gradient norm has sudden spikes',
        right: true,
        because: 'the product over the steps is now and then huge.',
      },
      {
        is: 'the model learns short dependencies but no long ones',
        right: false,
        because: 'that is vanishing: the long paths contribute nothing.',
      },
      {
        is: 'training and validation loss drift apart',
        right: false,
        because: 'that is overfitting; the gradients may be fine.',
      },
    ],
    explain: 'Log the global norm before clipping: it shows both ends of the trouble.',
  }),
  card.trap('gradients.vanishing.total', {
    topic: 'gradients',
    level: 2,
    equations: ['rnn.backward.Whh'],
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'When gradients vanish in an RNN, the gradient of W_hh goes to zero and training stops.',
    right:
      'Only the long paths vanish; the short ones keep dW_hh alive, and it learns short links.',
    wrong: [
      {
        is: 'The gradient of W_hh goes to zero, but the biases still learn.',
        because: 'The bias gets the same da as W_hh; neither is cut off from the near steps.',
      },
      {
        is: 'It is W_xh whose gradient vanishes, because the inputs are furthest from the loss.',
        because: 'The inputs of the last steps are as near to the loss as the states.',
      },
      {
        is: 'Nothing: that is why vanishing is noticed at once in the loss.',
        because: 'It is rarely noticed: the loss falls, on what can be learned from near steps.',
      },
    ],
    explain:
      'dW_hh is a sum over t of sums over paths; a missing long part leaves a bias, not a zero.',
    hint: 'The gradient in a shared weight is a sum. Which terms of it shrink?',
  }),
  card.equation('gradients.central-difference', {
    topic: 'gradients',
    level: 1,
    katas: ['relative-error'],
    ask: 'lossPlus is the loss at w + eps, lossMinus at w - eps. Write the central difference that estimates dw.',
    answer: '(lossPlus - lossMinus) / (2 * eps)',
    symbols: { lossPlus: [], lossMinus: [], eps: [] },
    wrong: [
      {
        is: '(lossPlus - lossMinus) / eps',
        because: 'The two points are 2 eps apart, so this is twice the slope.',
      },
      { is: '(lossMinus - lossPlus) / (2 * eps)', because: 'The sign is turned round.' },
      {
        is: '(lossPlus + lossMinus) / (2 * eps)',
        because: 'That is a mean over eps, not a slope.',
      },
    ],
    explain: 'Its error falls as eps², that of a one-sided difference only as eps.',
  }),
  card.trap('gradients.check.single', {
    topic: 'gradients',
    level: 2,
    katas: ['relative-error'],
    ask: 'Somebody checks a gradient as follows. What is wrong?',
    claim: 'In float32 I take eps = 1e-7, since a smaller step gives a more exact difference.',
    right: 'Rounding of the loss is divided by eps: in float32 nothing but noise is left.',
    wrong: [
      {
        is: 'A larger step is always better: it spreads the rounding.',
        because: 'Too large a step measures curvature: the best one lies in between.',
      },
      {
        is: 'The step must be random, or its errors add up over the entries.',
        because: 'Each entry is checked by itself; nothing adds up.',
      },
      {
        is: 'Nothing, as long as the difference is a central one.',
        because:
          'A central difference reduces the error from the curve, not the one from rounding.',
      },
    ],
    explain: `float32 rounds at ${epsilon32.toExponential(1)} relative, so the difference of two losses has no digit left. Use float64 and eps near 1e-5.`,
    hint: 'How many digits do the two losses share?',
  }),
  card.choice('gradients.check.repeat', {
    topic: 'gradients',
    level: 2,
    katas: ['rnn-bptt'],
    ask: 'Your dh0 is right for T = 1 and wrong for T = 2. Where is the error, most likely?',
    answer: 'in what is carried from step to step',
    wrong: [
      {
        is: 'in the derivative of tanh, which only shows after two steps',
        because: 'It would be wrong at T = 1 as well.',
      },
      {
        is: 'in the outer product that gives dW_hh',
        because: 'dh0 does not pass through it.',
      },
      {
        is: 'in the finite differences, which lose digits for longer sequences',
        because: 'Two steps cost no digits that one would notice.',
      },
    ],
    explain:
      'T = 1 tests the step, T = 2 the carry: a cheap way to cut the search in half. If only dW_hh is wrong at T = 2, look for = where += belongs.',
  }),
];
