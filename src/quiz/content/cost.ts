/** Cards about work and bytes of recurrent networks, in training and in use. */
import { card, type Card } from '../card.js';
import { noBias } from './counts.js';

const reuse = { H: 256, T: 100, B: 16 };
const layer = { L: 3, H: 512, bytes: 4 };
const scores = { heads: 8, T: 4096, bytes: 4 };
const checkpoint = { T: 900 };
const weights = { D: 40, H: 64 };

export const costCards: readonly Card[] = [
  card.equation('systems.lstm.flops', {
    topic: 'systems',
    level: 2,
    equations: ['lstm.parameters'],
    ask: 'Count a multiply-add as two operations. Write the operations of the matrix products of one LSTM step, one sequence, from H and D.',
    answer: '8 * H * (H + D)',
    symbols: { H: [], D: [] },
    wrong: [
      { is: '4 * H * (H + D)', because: 'That counts multiply-adds; each is two operations.' },
      { is: '2 * H * (H + D)', because: 'That is one block of the four.' },
      { is: '8 * H * (H + D) + 8 * H', because: 'Biases are added, not part of the products.' },
    ],
    explain: 'Four blocks, each H × (H + D), each weight used once.',
  }),
  card.equation('systems.attention.work', {
    topic: 'systems',
    level: 2,
    ask: 'Write the multiply-adds of QKᵀ and of P·V together, for one head with T positions and vectors of d entries, without mask.',
    answer: '2 * T^2 * d',
    symbols: { T: [], d: [] },
    wrong: [
      { is: 'T^2 * d', because: 'That is one of the two products.' },
      { is: '2 * T * d^2', because: 'That is the form of a projection: linear in T.' },
      { is: '4 * T^2 * d', because: 'That counts operations, two per multiply-add.' },
    ],
    explain: 'T² scores of d products each, and T² weights times d values.',
  }),
  card.number('systems.lstm.state-bytes', {
    topic: 'systems',
    level: 1,
    katas: ['memory-account'],
    ask: `Streaming inference: ${layer.L} LSTM layers with H = ${layer.H}, one sequence, float32. How many bytes of state are carried from step to step?`,
    unit: 'bytes',
    answer: () => 2 * layer.L * layer.H * layer.bytes,
    wrong: [
      { is: () => layer.L * layer.H * layer.bytes, because: 'h and c are carried, not h alone.' },
      { is: () => 2 * layer.H * layer.bytes, because: 'Each layer has a state of its own.' },
      { is: () => 2 * layer.L * layer.H, because: 'That is numbers, not bytes.' },
    ],
    explain: 'However long the stream is.',
  }),
  card.number('systems.attention.score-bytes', {
    topic: 'systems',
    level: 1,
    katas: ['memory-account'],
    ask: `Naive attention in training keeps its weights: ${scores.heads} heads, T = ${scores.T}, one sequence, float32. How many bytes in one layer?`,
    unit: 'bytes',
    answer: () => scores.heads * scores.T ** 2 * scores.bytes,
    tolerance: 0.03,
    wrong: [
      { is: () => scores.T ** 2 * scores.bytes, because: 'That is one head.' },
      { is: () => scores.heads * scores.T * scores.bytes, because: 'One weight per pair: T².' },
      { is: () => scores.heads * scores.T ** 2, because: 'That is numbers, not bytes.' },
    ],
    explain: `Half a GiB per layer and sequence at T = ${scores.T}; twice the length, four times the bytes.`,
  }),
  card.number('systems.checkpoint.sqrt', {
    topic: 'systems',
    level: 2,
    katas: ['checkpointed-bptt'],
    ask: `BPTT over T = ${checkpoint.T} steps keeps one state every s steps and recomputes the others, one segment at a time. Which s makes the number of states in memory, T/s + s, smallest?`,
    answer: () => Math.sqrt(checkpoint.T),
    wrong: [
      { is: () => 1, because: 'That keeps every state: T of them.' },
      { is: () => checkpoint.T, because: 'That recomputes everything and keeps T at once.' },
      {
        is: () => Math.log2(checkpoint.T),
        because: 'T/s is still large there: 1 = T/s² is wanted.',
      },
    ],
    explain: 'T/s + s is smallest at s = √T, with 2√T states, for one more forward pass.',
    hint: 'Where do T/s and s balance?',
  }),
  card.choice('systems.checkpoint.price', {
    topic: 'systems',
    level: 2,
    katas: ['checkpointed-bptt'],
    ask: 'A backward pass takes about two forward passes. By how much do √T checkpoints slow a training step?',
    answer: 'by about a third',
    wrong: [
      {
        is: 'by a factor of √T',
        because: 'Each segment is recomputed once, however many segments there are.',
      },
      { is: 'by half', because: 'One more forward pass on three, not on two.' },
      {
        is: 'not at all, since the segments can be recomputed while backward is running',
        because: 'It is work that was not there before: one more forward pass.',
      },
    ],
    explain: 'One forward more: 4 passes in place of 3.',
  }),
  card.order('systems.memory.order', {
    topic: 'systems',
    level: 2,
    katas: ['memory-account'],
    ask: 'Order by memory for T = 10,000 steps and width 100, the smallest first.',
    items: [
      'LSTM, streaming inference',
      'LSTM, BPTT truncated to k = 50',
      'LSTM, BPTT with checkpoints every 100 steps',
      'LSTM, full BPTT',
      'naive self-attention in training',
    ],
    explain: 'In steps of tape: 1, k, 2√T, T; and T² scores for the naive attention.',
    hint: 'Write each as a number of vectors of the width.',
  }),
  card.choice('systems.input-projection', {
    topic: 'systems',
    level: 2,
    katas: ['lstm-forward'],
    ask: 'Which part of an LSTM layer can be computed for all steps in one large product?',
    answer: 'the product of the weights with x_t',
    wrong: [
      {
        is: 'the product of the weights with h_{t-1}',
        because: 'h_{t-1} is known only after step t - 1.',
      },
      {
        is: 'nothing: every step has to wait for the one before it',
        because: 'x is known beforehand, unless the layer generates its own input.',
      },
      {
        is: 'the activations, as σ and tanh act on each entry by itself',
        because: 'Their arguments contain h_{t-1}.',
      },
    ],
    explain: 'Half of the work for D = H becomes one matrix product; the recurrence remains.',
    hint: 'What is known before the first step?',
  }),
  card.choice('systems.gpu', {
    topic: 'systems',
    level: 2,
    ask: 'An LSTM with batch 1 uses a GPU at a few percent. Why?',
    answer: 'Each step reads all weights for one vector, and steps must wait.',
    wrong: [
      {
        is: 'GPUs cannot compute σ and tanh, which go to the processor.',
        because: 'They can, and these are a small part of the work.',
      },
      {
        is: 'The gradients have to be sent to the host after every step.',
        because: 'They stay on the device.',
      },
      {
        is: 'Its weights are too large for the device.',
        because: 'They are small; what is slow is reading them T times for little work each.',
      },
    ],
    explain:
      'A larger batch uses each weight read for many sequences; so do fused, persistent kernels.',
  }),
  card.choice('systems.quantise', {
    topic: 'systems',
    level: 3,
    ask: 'Which tensor of an LSTM needs the most care when it is brought to 8 bits?',
    answer: 'the cell c, whose errors are carried on',
    wrong: [
      {
        is: 'the gates, since they have to be between 0 and 1 to the last bit',
        because: 'Their range is known and small, which is ideal for 8 bits.',
      },
      {
        is: 'the weights, since there are so many of them',
        because: 'Their errors do not grow with T, and their range is known.',
      },
      {
        is: 'h, which is the only one that is multiplied by matrices',
        because: 'h lies within ±1 and is computed anew at every step.',
      },
    ],
    explain: 'c has no fixed range, and with f ≈ 1 each rounding stays in it: 16 bits are usual.',
  }),
  card.number('systems.weights.reuse', {
    topic: 'systems',
    level: 2,
    ask: `An LSTM with D = H = ${reuse.H} reads T = ${reuse.T} steps of a batch of ${reuse.B}. How many multiply-adds does one weight of a block take part in?`,
    unit: 'multiply-adds',
    answer: () => reuse.T * reuse.B,
    wrong: [
      { is: () => reuse.T, because: 'That is one sequence of the batch.' },
      { is: () => reuse.B, because: 'That is one step.' },
      {
        is: () => reuse.T * reuse.B * reuse.H,
        because: 'A weight meets one entry of [h₋, x], not all of them.',
      },
    ],
    explain: 'Once per step and sequence. How often it is loaded from memory is another matter.',
  }),
  card.number('systems.device.weights', {
    topic: 'systems',
    level: 1,
    equations: ['lstm.parameters'],
    katas: ['parameter-count'],
    ask: `A wake-word LSTM with D = ${weights.D} and H = ${weights.H} has its weight matrices, without biases, in 8 bits each. How many bytes?`,
    unit: 'bytes',
    answer: () => noBias('lstm', weights),
    wrong: [
      { is: () => noBias('gru', weights), because: 'That is three blocks: a GRU.' },
      { is: () => 4 * noBias('lstm', weights), because: 'That is float32: four bytes each.' },
      { is: () => noBias('lstm', weights) / 8, because: '8 bits are one byte each.' },
    ],
    explain: 'It fits into the memory of a small controller, with a state of two vectors.',
  }),
];
