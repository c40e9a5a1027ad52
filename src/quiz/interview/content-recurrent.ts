/** Interview questions about recurrent cells and their gradients. */
import { interviewQuestion } from './question.js';

export const recurrentQuestions = [
  interviewQuestion('rnn-to-transformer', {
    title: 'From the RNN to the Transformer',
    topic: 'lstm',
    katas: ['lstm-step', 'rnn-bptt'],
    equations: ['rnn.hidden', 'lstm.cell', 'lstm.hidden', 'lstm.backward.cell-previous'],
    ask: 'Explain how RNNs process sequences and why gradients vanish. Describe each LSTM gate. How does it solve long-term dependencies, and what are its limits compared with Transformers?',
    points: [
      {
        point: 'one state, updated from h₋ and x with the same weights at every step',
        words: ['same weight', 'same parameter', 'shared', 'every step', 'each step'],
        ifMissed: [1, 'rnn.sharing'],
      },
      {
        point: 'the gradient is a product of Jacobians diag(1 - h²)·W_hh, one a step',
        words: ['product', 'jacobian', 'multipl', 'chain of'],
        ifMissed: [1, 'gradients.jacobian.generated'],
      },
      {
        point: 'it shrinks exponentially where their norm stays below 1',
        words: ['exponential', 'norm', 'singular', 'less than 1', 'below 1', 'smaller than 1'],
        ifMissed: [2, 'gradients.bound'],
      },
      {
        point: 'forget gate: how much of the old cell is kept',
        words: ['forget'],
        ifMissed: [1, 'lstm.gates.which-erases'],
      },
      {
        point: 'input gate and candidate: how much is written, and what',
        words: ['input gate', 'candidate', 'written', 'writes', 'write'],
        ifMissed: [1, 'lstm.candidate.activation'],
      },
      {
        point: 'output gate: how much of the cell is shown',
        words: ['output gate'],
        ifMissed: [1, 'lstm.hidden.generated'],
      },
      {
        point: 'c is updated by a sum, so along it the gradient is multiplied by f alone',
        words: ['additive', 'sum', 'adds', 'added', 'highway', 'diag f', 'carousel'],
        ifMissed: [2, 'lstm.paths'],
      },
      {
        point: 'that is a mitigation: ∏f still decays, and explosion needs clipping',
        words: ['clip', 'explod', 'mitigat', 'decay', 'still', 'not solve'],
        ifMissed: [3, 'lstm.solves'],
      },
      {
        point:
          'Transformers: parallel over T and a path of one step, for T² work or a growing cache',
        words: ['parallel', 'quadratic', 't 2', 'cache', 'path', 'all positions'],
        ifMissed: [3, 'systems.lstm-memory'],
      },
    ],
    enough: 6,
    model:
      'An RNN reads one input a step and folds it into a state, h = tanh(W_hh h₋ + W_xh x + b_h), with the same weights at every step. Backwards, dh_T/dh_1 is a product of T-1 Jacobians diag(1 - h²) W_hh; where their norms stay below 1 it shrinks exponentially. An LSTM keeps a cell beside h. The forget gate says how much of the old cell to keep, the input gate how much of the candidate c̃ to write, the output gate how much of tanh(c) to show. Since c = f ⊙ c₋ + i ⊙ c̃ is a sum, the gradient along the cell is multiplied by f only: near 1 it survives hundreds of steps. It is a mitigation: ∏f decays where gates are half open, and exploding gradients are still clipped. Against a Transformer: training is sequential in T, distant positions are many steps apart, and one state of fixed size must hold everything; attention is parallel with paths of one step, and pays T² work or a cache that grows.',
    advice:
      'Four questions were asked: processing, vanishing, gates, limits. Give each a sentence before any of them gets a second one.',
    derive: [
      { ask: 'gradients.jacobian.step', ifMissed: [2, 'rnn.bptt.tanh-derivative'] },
      { ask: 'lstm.backward.cell', ifMissed: [2, 'lstm.step-back.generated'] },
      { ask: 'lstm.backward.cell-previous', ifMissed: [2, 'lstm.gate-product.generated'] },
    ],
    code: 'lstm-step',
    complexity: [
      'lstm.parameters.generated',
      { ask: 'systems.lstm-work.generated', ifMissed: [3, 'systems.crossover'] },
      { ask: 'systems.memory-mode.generated', ifMissed: [3, 'systems.memory.order'] },
    ],
    otherwise: [
      ['lstm.four-gates', 'lstm.which-state'],
      ['lstm.addition', 'lstm.forget-bias'],
      ['systems.gates-and-attention', 'systems.unlimited-state', 'lstm.residual'],
    ],
    minutes: { explain: 10 },
  }),

  interviewQuestion('bptt-by-hand', {
    title: 'Backpropagation through time, by hand',
    topic: 'gradients',
    katas: ['rnn-bptt', 'rnn-step-backward'],
    equations: ['rnn.hidden', 'rnn.backward.preactivation', 'rnn.backward.Whh'],
    ask: 'Derive backpropagation through time for an Elman network. Where does each gradient come from, why do they add up over time, and how would you convince me that your code is right?',
    points: [
      {
        point: 'unroll: the same cell T times, one graph',
        words: ['unroll', 'unfold'],
        ifMissed: [1, 'rnn.step.recurrence'],
      },
      {
        point: 'dh has two sources: this step’s output and the next step',
        words: ['two source', 'next step', 'dhnext', 'from the output', 'carr'],
        ifMissed: [2, 'gradients.check.repeat'],
      },
      {
        point: 'through tanh: da = dh ⊙ (1 - h²)',
        words: ['1 h', 'derivative of tanh', 'tanh derivative', 'derivative of the tanh'],
        ifMissed: [1, 'gradients.step-back.generated'],
      },
      {
        point: 'to h₋ with the transpose: dhPrev = W_hhᵀ da',
        words: ['transpose', 'whht', 'whh t'],
        ifMissed: [1, 'rnn.bptt.input'],
      },
      {
        point: 'shared weights: dW_hh is the sum over t of da·h₋ᵀ',
        words: ['sum', 'add', 'accumulat'],
        ifMissed: [1, 'rnn.bptt.sum-over-time'],
      },
      {
        point: 'h of every step is kept: memory grows with T',
        words: ['memory', 'kept', 'store', 'tape', 'cache'],
        ifMissed: [3, 'systems.memory.order'],
      },
      {
        point: 'checked against central differences in float64, every tensor',
        words: ['difference', 'numerical', 'gradient check', 'finite'],
        ifMissed: [2, 'gradients.difference.generated'],
      },
    ],
    enough: 5,
    model:
      'Unrolled, the network is one graph in which the same cell stands T times. Going backwards, dh at step t is what this step’s output sends, W_hyᵀ dy, plus what the next step sends back. Through tanh, da = dh ⊙ (1 - h²). From there dhPrev = W_hhᵀ da goes to the step before, dx = W_xhᵀ da to the layer below. The weights are shared, so each step adds its part: dW_hh = Σ da h₋ᵀ, dW_xh = Σ da xᵀ, db_h = Σ da, and outside the recurrence dW_hy = Σ dy hᵀ, db_y = Σ dy. The h of all steps are needed, so memory grows with T. I would check every tensor against central differences in float64, on T = 1 first and then on T = 3, since an error in the carry shows only from T = 2 on.',
    advice: 'Begin with the two sources of dh: who forgets the carry has the most common mistake.',
    derive: [
      { ask: 'rnn.bptt.carry', ifMissed: [1, 'rnn.bptt.sum-over-time'] },
      { ask: 'rnn.bptt.tanh-derivative', ifMissed: [1, 'gradients.step-back.generated'] },
      { ask: 'rnn.bptt.transpose', ifMissed: [2, 'gradients.bptt.order'] },
      { ask: 'rnn.bptt.recurrent-weights', ifMissed: [2, 'gradients.jacobian.shape'] },
    ],
    code: 'rnn-bptt',
    complexity: [
      { ask: 'gradients.tape', ifMissed: [3, 'systems.checkpoint.price'] },
      'gradients.bound.generated',
      'systems.checkpoint.generated',
    ],
    otherwise: [
      ['gradients.sigmoid-derivative', 'gradients.same-matrix'],
      ['gradients.truncated', 'training.stateful'],
      ['gradients.vanishing.total', 'training.falling-loss', 'gradients.check.single'],
    ],
    minutes: { derive: 12, code: 25 },
  }),

  interviewQuestion('lstm-or-gru', {
    title: 'LSTM or GRU',
    topic: 'gru',
    katas: ['gru-step', 'gru-step-backward'],
    equations: ['gru.update-gate', 'gru.reset-gate', 'gru.candidate', 'gru.hidden'],
    ask: 'Compare LSTM and GRU: equations, what each gate does, parameters, how gradients travel, and when you would take which. What do libraries do differently?',
    points: [
      {
        point:
          'z moves h between its old value and the candidate: one gate for keeping and writing',
        words: ['update', 'interpolat', 'mean of', 'between', 'convex', '1 z'],
        ifMissed: [1, 'gru.step.generated'],
      },
      {
        point: 'r says how much of the old state the candidate sees',
        words: ['reset'],
        ifMissed: [1, 'gru.reset.closed'],
      },
      {
        point: 'no separate cell and no output gate: all of the state is shown',
        words: ['no cell', 'no separate', 'no output', 'one state', 'single state', 'only h'],
        ifMissed: [1, 'gru.elman'],
      },
      {
        point: 'three blocks against four: 3/4 of the parameters',
        words: ['3 4', 'three', '75', 'fewer parameter'],
        ifMissed: [1, 'gru.parameters.ratio'],
      },
      {
        point: 'the direct path of the gradient is 1 - z, as f in the LSTM',
        words: ['1 z', 'direct path', 'highway'],
        ifMissed: [2, 'gru.highway'],
      },
      {
        point: 'the state of a GRU is bounded, a cell can count',
        words: ['bound', 'count'],
        ifMissed: [3, 'gru.counting'],
      },
      {
        point:
          'conventions: which side z weighs, reset before or after the product, one bias or two',
        words: ['convention', 'pytorch', 'cudnn', 'keras', 'reset after', 'before the product'],
        ifMissed: [2, 'gru.z.convention'],
      },
      {
        point: 'quality is alike and depends on the task: measure both',
        words: ['similar', 'alike', 'depends', 'measure', 'empiric', 'try both'],
        ifMissed: [3, 'gru.small-data'],
      },
    ],
    enough: 5,
    model:
      'A GRU has one state. The update gate z moves it between its old value and the candidate, h = (1 - z) ⊙ h₋ + z ⊙ h̃: what an LSTM does with f and i, done with one gate and its complement. The reset gate r says how much of the old state the candidate may see. There is no cell and no output gate, so all of the state is shown. Three blocks against four make 3/4 of the parameters. The gradient’s direct path is 1 - z where the LSTM has f. A GRU’s state stays within ±1; an LSTM’s cell can count. Libraries differ: which side z weighs, whether r acts before the product or after it as in PyTorch and cuDNN, and how many biases there are; weights do not carry over. Quality is alike on most tasks, so I would measure both and take the GRU where it is as good, since it is cheaper.',
    advice:
      'Say which convention of z you use before you write anything: half of all corrections are about it.',
    derive: [
      { ask: 'gru.hidden', ifMissed: [1, 'gru.step.order'] },
      { ask: 'gru.backward.update-gate', ifMissed: [2, 'gru.step-back.generated'] },
      { ask: 'gru.backward.candidate', ifMissed: [2, 'gru.candidate.generated'] },
    ],
    code: 'gru-step',
    complexity: [
      'gru.parameters.generated',
      'lstm.parameters.generated',
      'systems.lstm-work.generated',
    ],
    otherwise: [
      ['gru.bounded', 'gru.update-gate'],
      ['gru.reset.before', 'lstm.gates.coupled'],
      ['gru.reset-after.bias', 'gru.reset-after.candidate', 'gru.counting'],
    ],
  }),
] as const;
