/** Interview questions about practice: padded batches, training that breaks, and which model to take. */
import { interviewQuestion } from './question.js';

export const practiceQuestions = [
  interviewQuestion('both-directions', {
    title: 'Both directions, different lengths',
    topic: 'sequences',
    katas: ['bidirectional-rnn', 'masked-loss'],
    equations: ['bidirectional.hidden', 'bidirectional.backward.input'],
    ask: 'How does a bidirectional recurrent layer work, and when may you not use one? You train it on sequences of different lengths: what can go wrong in the batch, in the backward direction, in the loss and in the summary?',
    points: [
      {
        point: 'two cells with weights of their own; their states are joined at each position',
        words: ['two', 'concat', 'joined', 'own weights', 'separate'],
        ifMissed: [1, 'sequences.bidirectional.shape'],
      },
      {
        point: 'it needs the whole sequence: not for streaming, not for predicting the next item',
        words: ['stream', 'future', 'whole sequence', 'causal', 'next item', 'next word', 'online'],
        ifMissed: [1, 'rnn.bidirectional'],
      },
      {
        point: 'the backward cell starts at each sequence’s own end, not in the padding',
        words: ['own end', 'own length', 'each length', 'starts at', 'reverse'],
        ifMissed: [2, 'sequences.bidirectional.padding'],
      },
      {
        point: 'pad and mask, or pack; sort by length to pad less',
        words: ['pad', 'mask', 'pack', 'bucket', 'sort'],
        ifMissed: [1, 'training.padding.waste'],
      },
      {
        point: 'the loss is divided by the number of real steps',
        words: ['real step', 'real token', 'divide', 'number of token', 'not by', 'mean over'],
        ifMissed: [2, 'training.masked-mean.generated'],
      },
      {
        point: 'the summary: forward state at the last real step, backward state at the first',
        words: ['last real', 'first step', 'last step', 'summary', 'both ends', 'n 1'],
        ifMissed: [2, 'sequences.bidirectional.summary'],
      },
      {
        point: 'a test: what stands in the padding changes no output and no gradient',
        words: ['test', 'changes no', 'does not change', 'invariant', 'same result'],
        ifMissed: [3, 'rnn.padding'],
      },
    ],
    enough: 5,
    model:
      'Two cells with weights of their own read the sequence, one from each end; at every position their states are joined, so the output has 2H entries. It needs the whole sequence: not for streaming and not for predicting the next item, whose answer the backward cell has read. Sequences of different lengths are padded and masked, sorted by length so that less is wasted. The backward cell must start at each sequence’s own end: reversing the padded batch lets it read padding first. The loss is summed over real steps and divided by their number. As a summary I take the forward state at the last real step and the backward state at the first. And I test that the content of the padding changes neither outputs nor gradients, to the bit.',
    advice: 'Draw one padded batch of two lengths: all four traps can be pointed at in it.',
    derive: [
      { ask: 'sequences.bidirectional.input', ifMissed: [1, 'sequences.stacked.input'] },
      { ask: 'training.mse-gradient', ifMissed: [2, 'training.masked-loss'] },
    ],
    code: 'bidirectional-rnn',
    complexity: [
      'sequences.alignment.generated',
      {
        ask: 'sequences.bidirectional.generated',
        ifMissed: [3, 'sequences.bidirectional.parameters'],
      },
      'training.padding.generated',
    ],
    otherwise: [
      ['rnn.many-to-one', 'sequences.stacked.input'],
      ['rnn.variable-length.order', 'rnn.layer-norm'],
      ['sequences.stacked.wavefront', 'rnn.dropout', 'sequences.stacked.generated'],
    ],
  }),

  interviewQuestion('training-breaks', {
    title: 'Training that breaks',
    topic: 'training',
    katas: ['clip-by-global-norm', 'truncated-bptt'],
    equations: ['training.norm', 'training.clip'],
    ask: 'Your LSTM on long sequences shows spikes in the loss, then NaN, and later it learns nothing beyond short distances. What do you measure, and what do you change, in which order? Be exact about clipping, initialisation and truncation.',
    points: [
      {
        point: 'first the gradients: checked on a small case, and their norm logged at each step',
        words: ['gradient check', 'log', 'norm', 'monitor', 'measure'],
        ifMissed: [1, 'gradients.exploding.signs'],
      },
      {
        point: 'clip by one global norm, after backward and before the optimiser’s step',
        words: ['clip'],
        ifMissed: [1, 'gradients.clipping.generated'],
      },
      {
        point: 'a global norm keeps the direction; clipping each value does not',
        words: ['direction', 'by value', 'each value', 'elementwise'],
        ifMissed: [2, 'gradients.clipping.direction'],
      },
      {
        point: 'clipping bounds a step; it brings back no vanished gradient',
        words: ['vanish', 'does not cure', 'not help', 'bounds'],
        ifMissed: [2, 'gradients.clipping.cures'],
      },
      {
        point: 'forget bias at 1 or more, so that the cell keeps at first',
        words: ['forget bias', 'bias'],
        ifMissed: [1, 'lstm.fresh-gradient'],
      },
      {
        point:
          'W_hh orthogonal at the start: the matrix itself neither shrinks nor stretches, so only tanh′ and the gates do',
        words: ['orthogonal', 'identity'],
        ifMissed: [2, 'training.orthogonal'],
      },
      {
        point: 'truncation at k: the state is carried, but no credit beyond k steps',
        words: ['truncat', 'window', 'detach', 'chunk'],
        ifMissed: [2, 'gradients.truncated'],
      },
      {
        point: 'then lower the rate, shorten and grow the sequences, look at the data',
        words: ['learning rate', 'lower', 'curriculum', 'data', 'warm'],
        ifMissed: [3, 'training.truncation.shorter'],
      },
    ],
    enough: 5,
    model:
      'First I check the gradients against differences on a small case and log their global norm: spikes before NaN say that they explode. I clip by one global norm over all parameters, after backward, unscaling and reduction, before the optimiser’s step; that keeps the direction, which clipping each value does not. Clipping bounds a step and brings back nothing that vanished, so for distance I look at the forget gates: their bias starts at 1 or more, or f begins near 0.5 and a gradient is gone after a few dozen steps; W_hh starts orthogonal. Truncation with k steps carries the state but gives no credit beyond k: if the dependence is longer, k must grow, with checkpoints if memory is short. Then a lower rate, sequences that grow, and a look at the batches that spiked.',
    advice:
      'Order matters: measure, bound, initialise, lengthen. An answer that starts with the learning rate has measured nothing.',
    derive: [
      { ask: 'training.clipping.formula', ifMissed: [1, 'training.clipped-step.generated'] },
      { ask: 'gradients.sigmoid-derivative', ifMissed: [2, 'gradients.sigmoid-chain'] },
      { ask: 'lstm.backward.cell-previous', ifMissed: [2, 'lstm.gate-product.generated'] },
    ],
    code: 'clip-by-global-norm',
    complexity: [
      'lstm.forget-product.generated',
      'gradients.truncation.generated',
      { ask: 'lstm.gate-needed', ifMissed: [3, 'training.forget-bias.horizon'] },
    ],
    otherwise: [
      ['gradients.training-step', 'training.clipping.when', 'training.one-batch'],
      ['training.stateful', 'lstm.saturated', 'training.nan'],
      ['training.adam.clipping', 'training.forget-bias.two', 'gradients.eigenvalues'],
    ],
    minutes: { code: 15 },
  }),

  interviewQuestion('lstm-over-transformer', {
    title: 'When to take an LSTM over a Transformer',
    topic: 'systems',
    katas: ['memory-account', 'lstm-forward'],
    equations: ['lstm.parameters', 'lstm.cell'],
    ask: 'When would you still take an LSTM over a Transformer? Argue with numbers: memory, latency, training time, data, and what each of them cannot do.',
    points: [
      {
        point: 'streaming on a small device: a state of constant size, one step’s latency',
        words: ['stream', 'device', 'edge', 'latency', 'constant memory', 'constant state'],
        ifMissed: [1, 'systems.when-lstm'],
      },
      {
        point:
          'a step costs 4H(D+H) multiply-adds, whatever came before; a token of a Transformer reads all T',
        words: ['multiply', '4h', 'per step', 'each step', 'per token'],
        ifMissed: [1, 'systems.operations.generated'],
      },
      {
        point: 'memory: h and c against a cache that grows',
        words: ['cache', 'h and c', 'grows'],
        ifMissed: [1, 'systems.lstm.state-bytes'],
      },
      {
        point: 'constant memory holds for streaming only: BPTT keeps every step',
        words: ['bptt', 'training memory', 'backward pass', 'only for inference', 'every step'],
        ifMissed: [2, 'systems.lstm-memory'],
      },
      {
        point: 'training is sequential in T; a Transformer is parallel and wins on large data',
        words: ['sequential', 'parallel'],
        ifMissed: [2, 'systems.input-projection'],
      },
      {
        point: 'path length T against 1: exact recall over long distances',
        words: ['path', 'recall', 'distance', 'copy'],
        ifMissed: [2, 'systems.path-length'],
      },
      {
        point:
          'state tracking over any length: a nonlinear recurrence can; a fixed depth, as far as is known, cannot; nor can a linear one whose factors lie in 0 … 1',
        words: ['count', 'track', 'depth', 'parity', 'automat'],
        ifMissed: [3, 'systems.parallel'],
      },
      {
        point: 'state-space models and minLSTM as the middle: recurrent to run, parallel to train',
        words: ['mamba', 'state space', 'ssm', 'minlstm', 'scan'],
        ifMissed: [3, 'systems.ssm'],
      },
    ],
    enough: 5,
    model:
      'I take an LSTM where data comes as a stream and the device is small: keyword spotting, sensors, control. A step costs 4H(D+H) multiply-adds and keeps h and c, whatever came before; a Transformer’s token reads a cache that grows with T. That constant memory is a fact about streaming: in training BPTT keeps every step. Against it: training is sequential in T, so on large data and large machines a Transformer wins; and two positions T steps apart are joined by a path of T steps against one, so exact recall over long distances belongs to attention. A nonlinear recurrence can follow a state machine over any length, which fixed depth, as far as is known, cannot. Between the two stand state-space models and minLSTM, recurrent to run and parallel to train, at the price of a recurrence that is linear in the state; with factors in 0 … 1, as in Mamba, it cannot even do parity. I would decide by measuring bytes, latency and quality at the T that matters.',
    advice: 'Begin with the constraint, not with the model: latency, memory, data, length.',
    derive: [
      { ask: 'systems.lstm.flops', ifMissed: [1, 'systems.operations.generated'] },
      { ask: 'lstm.parameters.formula', ifMissed: [1, 'lstm.parameters.generated'] },
      { ask: 'systems.attention.work', ifMissed: [2, 'systems.crossover'] },
    ],
    code: 'memory-account',
    complexity: [
      'systems.lstm-work.generated',
      'systems.memory-mode.generated',
      { ask: 'systems.state.ratio', ifMissed: [3, 'systems.memory.order'] },
    ],
    otherwise: [
      ['applications.speech.live', 'systems.gpu'],
      ['systems.very-long', 'systems.gates-and-attention', 'systems.fixed-state'],
      ['systems.unlimited-state', 'systems.scan', 'systems.scan.work'],
    ],
  }),
] as const;
