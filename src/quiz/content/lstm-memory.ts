/** Cards about how long an LSTM remembers, what its states are for, and what libraries do differently. */
import { sigmoid } from '../../engine/index.js';
import { card, type Card } from '../card.js';

const slow = { f: 0.99 };
const horizon = { T: 100, kept: 0.5 };
const counting = { steps: 30 };
const fresh = { bias: 1, T: 51 };

export const lstmMemoryCards: readonly Card[] = [
  card.trap('lstm.original', {
    topic: 'lstm',
    level: 3,
    equations: ['lstm.cell'],
    ask: 'Somebody tells the history of the LSTM. What is wrong?',
    claim: 'The LSTM of 1997 had an input, a forget and an output gate.',
    right: 'The forget gate came later, in 1999; before, the cell was kept with factor 1.',
    wrong: [
      {
        is: 'It had no gates yet; gates were introduced with the GRU and then brought into the LSTM afterwards.',
        because: 'Input and output gates were there in 1997; the GRU is of 2014.',
      },
      {
        is: 'It had peepholes in place of the output gate.',
        because: 'Peepholes came in 2000 too, as additions to the gates.',
      },
      {
        is: 'Nothing: the equations have not changed since.',
        because: 'c = c₋ + i ⊙ c̃ is what stood there: nothing could be erased.',
      },
    ],
    explain:
      'The constant error carousel had derivative exactly 1; without forgetting, a long stream made the cell grow.',
  }),
  card.trap('lstm.solves', {
    topic: 'lstm',
    level: 1,
    katas: ['gradient-highway'],
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'The LSTM solves the vanishing and the exploding gradient problem.',
    right: 'It mitigates vanishing where f is near 1; exploding remains, so one still clips.',
    wrong: [
      {
        is: 'It solves exploding only, because the gates are below 1.',
        because: 'The other way round: the cell path helps against vanishing.',
      },
      {
        is: 'It solves neither; only attention changes the gradient at all.',
        because: 'Along the cell the factor is f instead of a matrix product: a real change.',
      },
      {
        is: 'Nothing: the gradient along the cell is 1.',
        because: 'It is ∏f, which is 1 only while every gate is fully open.',
      },
    ],
    explain:
      'Paths through h still multiply by the four matrices at every step; those can explode.',
    hint: 'There is more than one path from c₋ to c.',
  }),
  card.number('lstm.half-life', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.backward.cell-previous'],
    katas: ['gradient-highway'],
    ask: `A forget gate stays at ${slow.f} and nothing is written. After how many steps has the cell lost half of its value?`,
    unit: 'steps',
    answer: () => Math.log(0.5) / Math.log(slow.f),
    tolerance: 0.02,
    wrong: [
      { is: () => 0.5 / (1 - slow.f), because: 'That is linear; the loss is a share each time.' },
      {
        is: () => 1 / (1 - slow.f),
        because: 'That is the time constant, after which 1/e is left, not half.',
      },
      {
        is: () => Math.log(0.5) / Math.log(1 - slow.f),
        because: 'f is what is kept, so the base of the power is f.',
      },
    ],
    explain: 'f^n = ½, so n = ln ½ / ln f.',
    hint: 'Solve f^n = ½.',
  }),
  card.number('lstm.gate-needed', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.backward.cell-previous'],
    ask: `Which constant forget gate lets ${100 * horizon.kept} % of a gradient through ${horizon.T} steps along the cell?`,
    answer: () => horizon.kept ** (1 / horizon.T),
    tolerance: 0.0005,
    wrong: [
      {
        is: () => 1 - horizon.kept / horizon.T,
        because: 'That takes the loss to be linear: it would leave more than half.',
      },
      { is: () => horizon.kept, because: 'That lets half through at every step.' },
      {
        is: () => 1 - 1 / horizon.T,
        because: 'That leaves about 1/e.',
      },
    ],
    explain: 'f^T = ½: the gate has to be open by more than 99 %. That is why its bias matters.',
    hint: 'Take the T-th root.',
  }),
  card.number('lstm.fresh-gradient', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.forget-gate', 'lstm.backward.cell-previous'],
    ask: `Forget bias ${fresh.bias}, everything else about 0. By what factor does the gradient along the cell change from c_T to c_1, T = ${fresh.T}?`,
    answer: () => sigmoid(fresh.bias) ** (fresh.T - 1),
    tolerance: 0.05,
    wrong: [
      {
        is: () => sigmoid(0) ** (fresh.T - 1),
        because: 'That is a bias of 0, with gates half open.',
      },
      { is: () => 1, because: 'A bias of 1 is not a gate of 1: σ follows.' },
      {
        is: () => Math.tanh(fresh.bias) ** (fresh.T - 1),
        because: 'Gates end in σ, not in tanh.',
      },
    ],
    explain: `σ(${fresh.bias}) = ${sigmoid(fresh.bias).toFixed(3)}: better than ½, and still short-lived.`,
  }),
  card.number('lstm.counting', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.cell', 'lstm.hidden'],
    katas: ['cell-update'],
    ask: `A unit has f = i = 1 and c̃ = 1 (saturated) at each of ${counting.steps} steps, from c = 0. What is its cell?`,
    answer: () => counting.steps,
    wrong: [
      {
        is: () => Math.tanh(counting.steps),
        because:
          'That is h, for o = 1: the count is in c, and tanh hides it. A GRU, too, stays at 1.',
      },
      {
        is: () => 2 ** counting.steps,
        because: 'The candidate is added, not multiplied.',
      },
    ],
    explain: 'It counts. A GRU cannot: its state is a mean and stays within ±1.',
  }),
  card.several('lstm.paths', {
    topic: 'lstm',
    level: 3,
    equations: ['lstm.cell', 'lstm.hidden'],
    katas: ['lstm-bptt'],
    ask: 'Without peepholes: in which ways does c_t depend on c_{t-1}?',
    options: [
      { is: 'directly, with the factor f_t', right: true, because: 'that is the highway.' },
      {
        is: 'through h_{t-1} and the forget gate',
        right: true,
        because: 'h_{t-1} = o ⊙ tanh(c_{t-1}), and f_t reads it.',
      },
      {
        is: 'through h_{t-1} and the candidate',
        right: true,
        because: 'c̃_t reads h_{t-1} as the gates do.',
      },
      {
        is: 'through the output gate o_t',
        right: false,
        because: 'o_t acts after c_t: it shapes h_t and the steps to come.',
      },
    ],
    explain: 'dc_T/dc_1 ≈ ∏ diag(f) keeps the first path only; the total has them all.',
  }),
  card.choice('lstm.which-state', {
    topic: 'lstm',
    level: 1,
    equations: ['lstm.hidden'],
    katas: ['stacked-lstm'],
    ask: 'An LSTM layer carries h and c. What do the next layer and the output read?',
    answer: 'h only',
    wrong: [
      { is: 'c only', because: 'c is the layer’s own memory, unbounded and unfiltered.' },
      { is: 'both, one above the other', because: 'Then the output gate would have no purpose.' },
      {
        is: 'h within the sequence and c at its last step',
        because:
          'At the last step, too, h is what is shown; c goes on only as a start for the next.',
      },
    ],
    explain: 'c goes from step to step, h goes from step to step and from layer to layer.',
  }),
  card.choice('lstm.gate-order', {
    topic: 'lstm',
    level: 3,
    katas: ['lstm-step'],
    ask: 'You load PyTorch’s stacked LSTM weights into code with the order f, i, c, o. The two matrices are joined, h first, and the two biases added. What is left to do?',
    answer: 'Exchange the first two blocks: PyTorch has i, f, g, o.',
    wrong: [
      {
        is: 'Nothing: the order f, i, c, o is the one of PyTorch, Keras and ONNX alike.',
        because: 'Each has its own: Keras i, f, c, o; ONNX i, o, f, c.',
      },
      {
        is: 'Move the last block to the front.',
        because: 'PyTorch ends with o, as we do.',
      },
      {
        is: 'Transpose the blocks, whose order is the same.',
        because: 'PyTorch stores rows by unit as we do; it is the order that differs.',
      },
    ],
    explain: 'Shapes fit in any order, so nothing complains. Check one step against known numbers.',
  }),
  card.choice('lstm.saturated', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.backward.forget-gate', 'lstm.backward.cell-previous'],
    ask: 'A forget gate is saturated at 1. What happens to gradients there?',
    answer: 'They pass along the cell unchanged; W_f itself hardly learns.',
    wrong: [
      {
        is: 'They die in the cell: the slope of a saturated σ is 0.',
        because: 'The slope stands on the way to W_f only; along the cell the factor is f.',
      },
      {
        is: 'They double at each step, as f and i both let them pass.',
        because: 'i leads to the candidate, not to the old cell: nothing adds up along the cell.',
      },
      {
        is: 'Nothing changes, since σ never reaches 1 exactly.',
        because: 'It comes so near that f(1 - f) vanishes, even in float64.',
      },
    ],
    explain: 'The same saturation that protects memory freezes the gate.',
    hint: 'The slope of σ stands in da_f. Does it stand in dcPrev?',
  }),
  card.shape('lstm.stacked.shape', {
    topic: 'lstm',
    level: 2,
    katas: ['lstm-forward'],
    ask: 'For a batch of B, all four blocks are computed by one product with [h₋, x]. What is the shape of its result, one row per sequence?',
    answer: ['B', '4H'],
    wrong: [
      { is: ['B', 'H'], because: 'That is one block of the four.' },
      { is: ['4H', 'H+D'], because: 'That is the weights of all blocks.' },
      { is: ['B', 'H+D'], because: 'That is [h₋, x] itself.' },
    ],
    explain: 'One large product is faster than four small ones; then it is cut into f, i, c, o.',
  }),
  card.free('lstm.highway.explain', {
    topic: 'lstm',
    level: 2,
    equations: ['lstm.cell', 'lstm.backward.cell-previous'],
    katas: ['gradient-highway', 'lstm-bptt'],
    ask: 'In a few sentences: how does the LSTM keep gradients alive over long distances, and when does it not?',
    rubric: [
      { point: 'c is updated by a sum', words: ['sum', 'additive', 'added', 'adds'] },
      {
        point: 'the factor along the cell is f',
        words: ['diag f', 'forget gate', 'multiplied by f', 'factor is f', 'factor f'],
      },
      {
        point: 'no matrix, no squashing on this path',
        words: ['no matrix', 'without a matrix', 'no tanh', 'no squash', 'elementwise'],
      },
      {
        point: 'it dies as the product of the f',
        words: ['product', 'vanish', 'dies', '0 5', 'decay'],
      },
      { point: 'exploding remains, clip', words: ['explod', 'clip'] },
    ],
    enough: 3,
    model:
      'The cell is updated by a sum, c = f ⊙ c₋ + i ⊙ c̃, so along the cell a gradient is multiplied by f only, with no matrix and no squashing. With f near 1 it survives hundreds of steps. It still dies as the product of the f where gates are half open, and the paths through h can explode, so one starts the forget bias high and clips.',
    explain: 'Mechanism, condition, limit: a good answer has all three.',
  }),
];
