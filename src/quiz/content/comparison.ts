/** Cards that set an LSTM beside a transformer: when to take which, and claims that are too loose. */
import { card, type Card } from '../card.js';

const scan = { T: 4096 };

export const comparisonCards: readonly Card[] = [
  card.several('systems.when-lstm', {
    topic: 'systems',
    level: 1,
    ask: 'Where would you still take an LSTM over a transformer?',
    options: [
      {
        is: 'a wake word on a microcontroller, frame by frame',
        right: true,
        because: 'the state is fixed and small, and each step costs the same.',
      },
      {
        is: 'a stream without end that needs an answer at every step',
        right: true,
        because: 'memory and time per step do not grow with what has been read.',
      },
      {
        is: 'a language model trained on all the text there is',
        right: false,
        because: 'training must run in parallel over the sequence, and recall must be exact.',
      },
      {
        is: 'finding a passage word for word in a long document',
        right: false,
        because: 'a state of fixed size cannot hold the document; a cache can.',
      },
    ],
    explain:
      'Fixed memory and latency speak for it; parallel training and exact recall against it.',
  }),
  card.trap('systems.gates-and-attention', {
    topic: 'systems',
    level: 2,
    equations: ['lstm.forget-gate'],
    ask: 'Somebody compares gates with attention. What is too loose?',
    claim: 'Gates are fixed at each step, while attention depends on the input.',
    right: 'Both depend on the input; a gate weighs one step, attention any position.',
    wrong: [
      {
        is: 'It is the other way round: attention weights are parameters.',
        because: 'What is learned are the projections; the weights come from the input.',
      },
      {
        is: 'Neither depends on the input, only on the position in the sequence.',
        because: 'Both are computed from contents: h₋ and x, or q and k.',
      },
      {
        is: 'Nothing: the gate’s matrix is the same at every step.',
        because: 'The matrix is; the gate is σ of its product with h₋ and x.',
      },
    ],
    explain: 'A gate decides before it knows what comes later; attention chooses when it is asked.',
    hint: 'What does f = σ(W_f [h₋, x] + b_f) depend on?',
  }),
  card.trap('systems.unlimited-state', {
    topic: 'systems',
    level: 2,
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'The cell of an LSTM is unbounded, so it can hold a sequence of any length.',
    right: 'It is H numbers of finite precision: what is added must share that room.',
    wrong: [
      {
        is: 'The cell is bounded by the output gate to about a bit.',
        because: 'The output gate bounds h, not c.',
      },
      {
        is: 'It can hold any length, but only when the forget gate is exactly 1.',
        because: 'Then nothing is erased, and everything is added into the same H sums.',
      },
      {
        is: 'Nothing: a real number holds infinitely many digits.',
        because: 'A float64 holds 53 bits, and a network uses far fewer of them reliably.',
      },
    ],
    explain: 'A KV cache grows with T and so can recall exactly; a fixed state has to choose.',
  }),
  card.trap('systems.any-length', {
    topic: 'systems',
    level: 2,
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'With a path length of 1, a transformer handles sequences of any length.',
    right: 'Its cost grows as T², and positions beyond training are new to it.',
    wrong: [
      {
        is: 'Its path length is log T: the heads work as a tree.',
        because: 'One layer connects every pair directly.',
      },
      {
        is: 'It handles no sequence longer than its width d.',
        because: 'd sets the balance of costs, not a limit of length.',
      },
      {
        is: 'Nothing, since attention has no parameters that depend on T.',
        because: 'That it can be computed does not mean that it was learned for such T.',
      },
    ],
    explain: 'Short paths help learning; they neither pay for T² scores nor extrapolate positions.',
  }),
  card.choice('systems.very-long', {
    topic: 'systems',
    level: 2,
    ask: 'A million steps of sensor data, one label at the end, one GPU to train on. Which first plan is sound?',
    answer: 'Shorten the sequence: stride, pool or convolve first, then model.',
    wrong: [
      {
        is: 'Full BPTT through an LSTM, as its memory is O(1).',
        because: 'In training it is O(T), and no credit survives so many steps.',
      },
      {
        is: 'Plain self-attention over all steps, as its path length is 1.',
        because: 'That is 10¹² scores per head and layer.',
      },
      {
        is: 'Truncated BPTT with k = 100, since the state is carried.',
        because: 'The label at the end gives no credit to anything before the last chunk.',
      },
    ],
    explain: 'Then, for what remains long: linear recurrences by scan, local or tiled attention.',
    hint: 'What is the cheapest thing that shortens every path?',
  }),
  card.several('systems.scan', {
    topic: 'systems',
    level: 3,
    ask: 'Which of these recurrences can be computed by a parallel scan over time?',
    options: [
      {
        is: 'c = f ⊙ c₋ + b, with f and b from x alone',
        right: true,
        because: 'it is affine in c₋, and affine maps compose to affine maps.',
      },
      {
        is: 'an exponential moving average',
        right: true,
        because: 'it is the same with a constant f.',
      },
      {
        is: 'h = tanh(W_hh·h₋ + W_xh·x)',
        right: false,
        because: 'the tanh of h₋ does not compose to anything of fixed size.',
      },
      {
        is: 'the cell of an LSTM',
        right: false,
        because: 'f, i and c̃ read h₋, which is tanh of c₋ again.',
      },
    ],
    explain:
      'Take h₋ out of the gates and the cell can be scanned: QRNN did that in 2017. minLSTM also drops o and tanh, and makes f and i sum to 1.',
    hint: 'Is the new state an affine function of the old one, with factors known beforehand?',
  }),
  card.number('systems.scan.depth', {
    topic: 'systems',
    level: 2,
    ask: `A linear recurrence has T = ${scan.T} steps. They are combined in pairs, the results in pairs again, and so on. After how many rounds are all of them one step?`,
    unit: 'rounds',
    answer: () => Math.log2(scan.T),
    wrong: [
      { is: () => scan.T - 1, because: 'That is one after another.' },
      { is: () => Math.sqrt(scan.T), because: '√T is the spacing of checkpoints, not of a tree.' },
      { is: () => scan.T / 2, because: 'That is the number of pairs in the first round.' },
    ],
    explain: 'Each round halves what is left. A way back down, as long again, gives every prefix.',
  }),
  card.choice('systems.ssm', {
    topic: 'systems',
    level: 3,
    ask: 'What do Mamba and minLSTM give up, compared with an LSTM, to be trained in parallel?',
    answer: 'the gates’ view of the old state',
    wrong: [
      {
        is: 'the state of fixed size, which grows with the sequence as a cache would',
        because: 'Their state is of fixed size: that is what they keep.',
      },
      {
        is: 'gates that depend on the input',
        because: 'Their gates do depend on the input: that is what selective means.',
      },
      {
        is: 'exactness: a scan is an approximation',
        because: 'A scan gives the same numbers, up to rounding.',
      },
    ],
    explain: 'Within a layer the recurrence is linear; depth puts the nonlinearity between layers.',
  }),
  card.free('systems.compare', {
    topic: 'systems',
    level: 1,
    ask: 'In a few sentences: what are the limits of an LSTM compared with a transformer, and where is it still ahead?',
    rubric: [
      {
        point: 'sequential: no parallel training over T',
        words: ['parallel', 'sequential', 'one after'],
      },
      {
        point: 'a long path between distant positions',
        words: ['path', 'distance', 'far apart', 'long range', 'long depend', 'steps apart'],
      },
      {
        point: 'a state of fixed size forgets',
        words: ['fixed', 'bottleneck', 'compress', 'forget'],
      },
      {
        point: 'the transformer pays T² or a growing cache',
        words: ['quadratic', 't 2', 'cache', 'square'],
      },
      {
        point: 'streaming, small devices, constant memory',
        words: ['stream', 'device', 'constant memory', 'latency', 'edge'],
      },
    ],
    enough: 3,
    model:
      'An LSTM must take T steps one after another, so training cannot run in parallel over the sequence. Distant positions are T steps apart and everything must pass through a state of fixed size. A transformer connects every pair in one step, and pays for it with T² scores in training and a cache that grows in use. For endless streams, small devices and constant latency the LSTM is still ahead.',
    explain: 'Parallelism, path, capacity; then its price; then where that price is too high.',
  }),
];
