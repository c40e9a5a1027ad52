/** Cards about training a recurrence otherwise than step by step: Newton over all states, chunks, gradients forward. */
import { card, type Card } from '../card.js';

const online = { H: 64 };

export const parallelRecurrenceCards: readonly Card[] = [
  card.order('systems.newton.order', {
    topic: 'systems',
    level: 3,
    ask: 'A GRU can be run in parallel over T by Newton’s method on all of its states at once. Put one run in order.',
    items: [
      'guess all T states',
      'run every step from its guess and take its Jacobian there',
      'combine the affine steps that this gives by a scan',
      'put the first state in and read off all others',
      'take them as the next guess, until they no longer change',
    ],
    explain:
      'DEER (Lim and others 2024). Combining two steps multiplies Jacobians: H³ each, so ParaRNN makes them diagonal, or in small blocks (Danieli and others 2025).',
    hint: 'Newton: guess, linearise, solve, repeat.',
  }),
  card.trap('systems.newton.exact', {
    topic: 'systems',
    level: 3,
    ask: 'Somebody explains how DEER trains a GRU in parallel over T. What is wrong?',
    claim: 'It replaces the GRU by its linearisation, so the trained model is an approximation.',
    right: 'Its rounds end at the loop’s own states, up to a tolerance.',
    wrong: [
      {
        is: 'It is exact after the first round, as the Jacobians are.',
        because: 'That would hold for an affine step. A GRU’s Jacobians change with the state.',
      },
      {
        is: 'It leaves out the gates’ view of the old state, as minGRU does.',
        because: 'minGRU is another model. Here the step stays the GRU’s own.',
      },
      {
        is: 'Nothing: what is not linear in h₋ has no scan.',
        because: 'One scan would not do; several, around better and better guesses, do.',
      },
    ],
    explain:
      'T rounds at the worst, as each makes one more state exact; a few where the state forgets its start. Where small changes grow from step to step it is slow or fails, and is damped (ELK; Gonzalez and others 2024).',
    hint: 'Is the loop’s solution a fixed point of the rounds?',
  }),
  card.equation('systems.chunks.work', {
    topic: 'systems',
    level: 3,
    ask: 'Causal linear attention, T positions, q, k and v of d entries, in chunks of C. Within a chunk: all C² scores and their sum of values. Between chunks: each q reads the state (d, d), each k·vᵀ is added to it. Write the multiply-adds in all, masked scores counted too.',
    answer: '2 * T * C * d + 2 * T * d^2',
    symbols: { T: [], C: [], d: [] },
    wrong: [
      {
        is: '2 * T^2 * d + 2 * T * d^2',
        because: 'Scores are taken within a chunk only: C for each position, not T.',
      },
      {
        is: '2 * C^2 * d + 2 * C * d^2',
        because: 'That is one chunk; there are T/C of them.',
      },
      {
        is: 'T * C * d + T * d^2',
        because: 'Each part has two products: scores and values, reading and writing.',
      },
    ],
    explain: 'Linear in T for a fixed C. Both parts are equal at C = d.',
    hint: 'Count one chunk, then multiply by T/C.',
  }),
  card.choice('systems.chunks.ends', {
    topic: 'systems',
    level: 2,
    ask: 'Causal linear attention is trained in chunks of 64 or 128 positions. Why not in chunks of 1, which take the least work?',
    answer: 'T steps would wait for each other, each too small to fill a GPU.',
    wrong: [
      {
        is: 'Chunks of 1 give another result, since no position would see any other one.',
        because: 'They see each other through the state: it is the recurrence, and exact.',
      },
      {
        is: 'The state would have to be kept for each head.',
        because: 'It is kept for each head with chunks of any size.',
      },
      {
        is: 'A chunk of 1 takes the most work: T² scores.',
        because: 'That is the other end, a single chunk of T.',
      },
    ],
    explain:
      'C = 1 is the RNN, C = T is the masked T × T product. Between them T/C dependent steps are left, and within each large matrix products.',
    hint: 'How many steps depend on each other?',
  }),
  card.equation('systems.mamba.gate', {
    topic: 'systems',
    level: 3,
    katas: ['gru-step'],
    ask: 'One channel of a selective state space model: h = e^(-Δ)·hPrev + (1 - e^(-Δ))·x, with A = -1, B = 1 and Δ = ln(1 + e^a) from the input. Write h from hPrev, x and z = σ(a).',
    answer: '(1 - z) .* hPrev + z .* x',
    symbols: { h: ['H'], z: ['H'], a: ['H'], hPrev: ['H'], x: ['H'] },
    where: { z: 'sigmoid(a)' },
    wrong: [
      {
        is: 'z .* hPrev + (1 - z) .* x',
        because: 'e^(-Δ) = 1/(1 + e^a), which is 1 - σ(a): a large step Δ forgets.',
      },
      {
        is: '(1 - z) .* hPrev + x',
        because: 'The input is weighed by 1 - e^(-Δ).',
      },
      {
        is: 'z .* hPrev + z .* x',
        because: 'Then the weights of old and new would not sum to 1.',
      },
    ],
    explain:
      'A GRU’s update, with a gate that does not read h₋ (Gu and Dao 2023, theorem 1): Δ is a gate. Mamba’s code takes Δ·B in place of the exact weight of x.',
    hint: 'e^(-ln u) = 1/u.',
  }),
  card.shape('gradients.rtrl.shape', {
    topic: 'gradients',
    level: 3,
    katas: ['rnn-bptt'],
    ask: 'Real-time recurrent learning (RTRL) carries the derivative of h in the parameters forward from step to step. What is the shape of its part for W_hh (H, H), one sequence?',
    answer: ['H', 'H', 'H'],
    wrong: [
      {
        is: ['H', 'H'],
        because: 'That is a gradient of one number, the loss. h has H entries.',
      },
      {
        is: ['T', 'H'],
        because: 'That is what BPTT keeps; nothing here grows with T.',
      },
      {
        is: ['H'],
        because: 'That suffices for a diagonal W_hh, where a unit depends on its own weight only.',
      },
    ],
    explain:
      'Each step multiplies it by an H × H Jacobian: H⁴ work, H² in BPTT. With a diagonal recurrence each factor is a number, and RTRL costs about as much as the step itself.',
    hint: 'Each entry of h depends on each entry of W_hh.',
  }),
  card.number('gradients.rtrl.memory', {
    topic: 'gradients',
    level: 3,
    katas: ['rnn-bptt', 'memory-account'],
    ask: `An Elman network with H = ${online.H}. BPTT keeps T·H states; RTRL carries the derivative of h in W_hh, and nothing grows with T. From which T on does BPTT keep no fewer numbers than RTRL?`,
    unit: 'steps',
    answer: () => online.H ** 3 / online.H,
    wrong: [
      { is: () => online.H, because: 'Then BPTT keeps H² numbers. The derivative has H³.' },
      {
        is: () => online.H ** 3,
        because: 'That is what RTRL carries; BPTT keeps H numbers at each step.',
      },
    ],
    explain:
      'T·H = H³. RTRL learns at every step and truncates nothing; H⁴ work a step is why it is used for tiny or diagonal networks.',
    hint: 'How many entries has the derivative of H numbers in H × H weights?',
  }),
];
