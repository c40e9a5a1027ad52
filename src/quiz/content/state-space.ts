/** Cards about linear recurrences and what they share with LSTM and attention: scans, kernels, fixed states. */
import { card, type Card } from '../card.js';

const local = { layers: 12, window: 512 };

export const stateSpaceCards: readonly Card[] = [
  card.several('systems.fixed-state', {
    topic: 'systems',
    level: 2,
    ask: 'Generating token by token: which of these keep the same number of bytes however long the text is?',
    options: [
      { is: 'an LSTM', right: true, because: 'h and c of each layer are all there is.' },
      {
        is: 'a selective state space model (Mamba)',
        right: true,
        because: 'its state has a fixed number of entries per channel.',
      },
      {
        is: 'causal linear attention, as in RetNet or RWKV',
        right: true,
        because: 'a decayed sum of what was read takes the place of a cache.',
      },
      {
        is: 'attention over the last 1,024 tokens',
        right: true,
        because: 'older keys and values are dropped, so the cache stops growing.',
      },
      {
        is: 'attention whose heads share one key and one value (MQA)',
        right: false,
        because: 'its cache is smaller by a factor and still grows with every token.',
      },
    ],
    explain: 'What is fixed must forget: by decay, by gates or by a window.',
  }),
  card.equation('systems.scan.combine', {
    topic: 'systems',
    level: 2,
    ask: 'Two steps of a linear recurrence: c1 = f1 ⊙ c0 + b1, then c2 = f2 ⊙ c1 + b2. As one step, c2 = f ⊙ c0 + b with f = f2 ⊙ f1. Write b.',
    answer: 'b = f2 .* b1 + b2',
    symbols: { b: ['H'], f1: ['H'], f2: ['H'], b1: ['H'], b2: ['H'] },
    wrong: [
      { is: 'b1 + b2', because: 'What the first step added is multiplied by f2 in the second.' },
      {
        is: 'f1 .* b2 + b1',
        because: 'b1 is the older one: it is b1 that meets the later factor.',
      },
      {
        is: 'f2 .* (b1 + b2)',
        because: 'b2 is added after the product with f2.',
      },
    ],
    explain:
      'Pairs (f, b) combine to a pair, in any grouping: that is all a parallel scan asks for.',
    hint: 'Put the first equation into the second.',
  }),
  card.trap('systems.scan.work', {
    topic: 'systems',
    level: 3,
    ask: 'Somebody explains why minLSTM trains fast. What is wrong?',
    claim: 'A parallel scan needs fewer operations than the loop over T steps.',
    right: 'It needs more operations; fewer of them have to wait for each other.',
    wrong: [
      {
        is: 'It needs exactly as many operations, only their order is another one.',
        because: 'Combining pairs of (f, b) is work that the loop never does.',
      },
      {
        is: 'It needs T² operations, as every prefix is computed on its own.',
        because: 'A tree shares the partial results: about 2T combinations.',
      },
      {
        is: 'Nothing: log T rounds are fewer than T steps, so there is less to compute.',
        because: 'Each round does many combinations at once; rounds count depth, not work.',
      },
    ],
    explain:
      'On one core the loop wins. The scan pays where thousands of lanes would be idle, and at small T it does not.',
    hint: 'Count combinations, not rounds.',
  }),
  card.choice('systems.ssm.convolution', {
    topic: 'systems',
    level: 3,
    ask: 'S4 can be trained as one long convolution, Mamba cannot. Why?',
    answer: 'Mamba’s factors depend on the input: there is no fixed kernel.',
    wrong: [
      {
        is: 'Mamba’s recurrence has a nonlinearity in the state, so it cannot be unrolled into a sum over the inputs.',
        because: 'It is linear in the state, which is why a scan can compute it.',
      },
      {
        is: 'Mamba’s state is too large for a Fourier transform.',
        because: 'The transform would run over time, not over the state.',
      },
      {
        is: 'S4 has no state, only a kernel.',
        because: 'It has one: the same model runs as a recurrence when it generates.',
      },
    ],
    explain:
      'With constant A, B, C the output is a sum of C·A^k·B·x: a kernel. Selection gives that up and takes the scan; Mamba-2 takes matrix products over chunks.',
    hint: 'When is y_t = Σ k_j x_{t-j} with the same k for all t?',
  }),
  card.choice('systems.rwkv', {
    topic: 'systems',
    level: 3,
    ask: 'RetNet and RWKV up to version 6 are called RNNs and Transformers at once. What makes both true?',
    answer: 'Linear attention: one sum, formed in parallel or step by step.',
    wrong: [
      {
        is: 'They alternate recurrent layers with layers of softmax attention over the whole text.',
        because: 'Those are hybrids. Here one layer has both forms.',
      },
      {
        is: 'They train a Transformer first and distil it into an LSTM.',
        because: 'It is one set of weights, and both forms give the same numbers.',
      },
      {
        is: 'They keep a KV cache and read it with gates.',
        because: 'There is no cache: keys and values are folded into a state of fixed size.',
      },
    ],
    explain:
      'Without the softmax, Σ φ(q)·φ(k)ᵀv can be regrouped: φ(q) times a running sum of φ(k)vᵀ, which a decay fades. RWKV-7 and DeltaNet also take back what the key held: the delta rule.',
  }),
  card.number('attention.window.reach', {
    topic: 'attention',
    level: 2,
    ask: `${local.layers} layers of causal attention, each over a window of ${local.window} positions, one's own included. How many positions back can the last layer's output depend on?`,
    unit: 'positions',
    answer: () => local.layers * (local.window - 1),
    wrong: [
      {
        is: () => local.layers * local.window,
        because: 'One of each window is the position itself: it goes back by one less.',
      },
      { is: () => local.window - 1, because: 'That is one layer; the next reads what it mixed.' },
      {
        is: () => local.window ** 2,
        because: 'Reach adds up from layer to layer; it does not multiply.',
      },
    ],
    explain: 'Like a stack of convolutions: the path is longer again, one layer for every window.',
  }),
  card.choice('attention.additive-or-dot', {
    topic: 'attention',
    level: 2,
    equations: ['attention.scores', 'attention.additive.score'],
    katas: ['additive-attention', 'scaled-dot-product'],
    ask: 'Why did Transformers take dot products for their scores, and not Bahdanau’s additive form?',
    answer: 'All scores are one matrix product: fast, and small in memory.',
    wrong: [
      {
        is: 'Additive scores are less accurate: without a product the query cannot select a key.',
        because: 'They did as well, and better than dot products that are not scaled.',
      },
      {
        is: 'Additive scores grow with the width and saturate the softmax.',
        because: 'That is the dot product, and why it is divided by √d_k.',
      },
      {
        is: 'Dot products need no learnt matrices.',
        because: 'Queries and keys are projections, W_q and W_k.',
      },
    ],
    explain:
      'The additive form needs a tanh layer for each pair, T²·A numbers of it (Vaswani and others, 2017, §3.2.1).',
  }),
];
