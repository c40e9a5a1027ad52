/** Cards about optimisers, starting values and clipping; losses and data are in losses.ts. */
import { forgetBiasFor, sigmoid } from '../../engine/index.js';
import { card, type Card } from '../card.js';

const adam = { parameters: 10_000_000, bytes: 4, moments: 2 };
const memory = { T: 100 };
const decay = { beta: 0.999 };

export const trainingCards: readonly Card[] = [
  card.order('training.adam.order', {
    topic: 'training',
    level: 2,
    equations: [
      'training.adam-first-moment',
      'training.adam-second-moment',
      'training.adam-first-corrected',
      'training.adam-second-corrected',
    ],
    ask: 'Put one step of Adam, with clipping, in order.',
    items: [
      'compute the gradient',
      'clip it by the global norm',
      'update the running means of g and g²',
      'correct both means for their start at zero',
      'move by lr · m̂ / (√v̂ + ε)',
    ],
    explain: 'Clipping comes first, so that a spike does not enter the running means.',
  }),
  card.number('training.adam.memory', {
    topic: 'training',
    level: 1,
    equations: ['training.adam-first-moment', 'training.adam-second-moment'],
    ask: `A model has ${adam.parameters} parameters in float32. How many bytes does Adam keep for itself, without weights and gradients?`,
    unit: 'bytes',
    answer: () => adam.moments * adam.parameters * adam.bytes,
    tolerance: 0.03,
    wrong: [
      {
        is: () => adam.parameters * adam.bytes,
        because: 'That is one running mean; Adam keeps those of g and of g².',
      },
      {
        is: () => adam.moments * adam.parameters,
        because: `That is numbers; a float32 has ${adam.bytes} bytes.`,
      },
      {
        is: () => (adam.moments + 2) * adam.parameters * adam.bytes,
        because: 'That includes the weights and the gradients.',
      },
    ],
    explain: 'Two numbers per parameter. With weights and gradients that makes four.',
  }),
  card.equation('training.adam.correction', {
    topic: 'training',
    level: 2,
    equations: ['training.adam-first-corrected'],
    ask: 'Adam’s running mean m starts at 0 and decays by beta. After t steps, write the corrected mean from m, beta and t.',
    answer: 'm / (1 - beta^t)',
    symbols: { m: [], beta: [], t: [] },
    wrong: [
      { is: 'm / (1 - beta)', because: 'That is the correction of the first step only.' },
      {
        is: 'm * (1 - beta^t)',
        because: 'The mean is too small by this factor, so it must be divided by it.',
      },
      {
        is: 'm / beta^t',
        because: 'beta^t is the weight that the zero still has; 1 - it is ours.',
      },
    ],
    explain: 'The weights of t gradients add up to 1 - beta^t, which tends to 1.',
    hint: 'What do the weights of the gradients seen so far add up to?',
  }),
  card.trap('training.adam.clipping', {
    topic: 'training',
    level: 3,
    equations: ['training.adam-second-moment'],
    katas: ['clip-by-global-norm'],
    ask: 'Somebody answers as follows. What is wrong?',
    claim: 'With Adam there is no need to clip: it divides by the size of the gradient anyway.',
    right: 'One spike stays in v for long and shrinks the steps after it; clipping keeps it out.',
    wrong: [
      {
        is: 'Adam divides by the variance over the batch, so a spike passes unchanged.',
        because: 'It divides by the root of the running mean of g², entry by entry.',
      },
      {
        is: 'Clipping is needed because Adam multiplies the learning rate by 1/β.',
        because: 'No such factor exists; the correction by 1 - βᵗ fades after the first steps.',
      },
      {
        is: 'Nothing: no entry ever moves by more than about the learning rate.',
        because:
          'That bounds the spike’s own step, to about three learning rates. It says nothing of the many steps after it.',
      },
    ],
    explain: `v forgets with β = ${decay.beta}, that is over about ${Math.round(1 / (1 - decay.beta))} steps.`,
    hint: 'How long does v remember?',
  }),
  card.trap('training.forget-bias.two', {
    topic: 'training',
    level: 3,
    equations: ['lstm.forget-gate'],
    ask: 'A PyTorch user wants a forget bias of 1 and writes as follows. What is wrong?',
    claim: 'I set the forget part of both b_ih and b_hh to 1.',
    right: 'The two biases add up: the gate starts with a bias of 2.',
    wrong: [
      {
        is: 'Only b_hh has any effect, since the forget gate looks at the hidden state alone.',
        because: 'The gate reads h₋ and x, and both biases are added to its pre-activation.',
      },
      {
        is: 'The two multiply, so it should be one 1 and one 0.',
        because: 'They add. One 1 and one 0 is right, but not for that reason.',
      },
      {
        is: 'Nothing: PyTorch halves them to agree with cuDNN.',
        because: 'Nothing is halved; cuDNN has two biases as well, and adds them.',
      },
    ],
    explain: `f starts at σ(2) = ${sigmoid(2).toFixed(3)} instead of σ(1) = ${sigmoid(1).toFixed(3)}. It may even help, but it is not what was written down.`,
  }),
  card.number('training.forget-bias.horizon', {
    topic: 'training',
    level: 3,
    equations: ['lstm.forget-gate'],
    ask: `With zero input and zero state, which forget bias makes f = 1 - 1/T, so that a cell forgets over about T = ${memory.T} steps?`,
    answer: () => forgetBiasFor(memory.T),
    tolerance: 0.01,
    wrong: [
      { is: () => 1 - 1 / memory.T, because: 'That is f itself; the bias is in front of σ.' },
      {
        is: () => Math.log10(memory.T - 1),
        because: 'The logarithm is the natural one: σ has e in it.',
      },
      { is: () => 1 / memory.T, because: 'That is how much is forgotten per step.' },
    ],
    explain:
      'σ(b) = 1 - 1/T means b = ln(T - 1): start the biases at the logs of the time scales. With T drawn for each unit that is chrono initialisation (Tallec and Ollivier 2018).',
    hint: 'Solve σ(b) = p for b: it is the log of the odds.',
  }),
  card.choice('training.orthogonal', {
    topic: 'training',
    level: 2,
    katas: ['gradient-bound'],
    ask: 'What does an orthogonal start of W_hh do for the gradient of an Elman network?',
    answer: 'W_hh keeps every norm, so only tanh′ shrinks it at first.',
    wrong: [
      {
        is: 'It makes dh_T/dh_1 the identity, so that the gradient arrives unchanged at the first step.',
        because: 'It would be a rotation for a linear network, and tanh′ still shrinks it.',
      },
      {
        is: 'It keeps W_hh orthogonal during training, since gradients preserve the structure.',
        because: 'The first update already leaves the orthogonal matrices.',
      },
      {
        is: 'It sets all eigenvalues to 1, and eigenvalues of 1 cannot vanish.',
        because: 'They have size 1, in general complex; it is the singular values that are 1.',
      },
    ],
    explain:
      'All singular values are 1: nothing is lost or gained by the matrix, in any direction.',
    hint: 'What are the singular values of an orthogonal matrix?',
  }),
  card.choice('training.clipping.when', {
    topic: 'training',
    level: 2,
    equations: ['training.clip'],
    katas: ['clip-by-global-norm'],
    ask: 'Training runs on several devices with loss scaling. When is the gradient clipped?',
    answer: 'After unscaling and summing over devices, before the step.',
    wrong: [
      {
        is: 'On each device, before the gradients are summed.',
        because: 'Then the sum of clipped parts is not the clipped sum: its direction changes.',
      },
      {
        is: 'Right after backward, while the loss is still scaled.',
        because: 'The norm would contain the scale, so the threshold would mean nothing.',
      },
      {
        is: 'After the optimiser’s step, on the change of the weights.',
        because: 'By then the spike is in the moments of the optimiser.',
      },
    ],
    explain: 'The threshold speaks of the true gradient, so that is what must be measured.',
  }),
  card.equation('training.clipping.formula', {
    topic: 'training',
    level: 1,
    equations: ['training.clip'],
    katas: ['clip-by-global-norm'],
    ask: 'The global norm of all gradients is norm, which is above maxNorm. Write the clipped gradient from g, norm and maxNorm.',
    answer: 'g * maxNorm / norm',
    symbols: { g: ['H'], maxNorm: [], norm: [] },
    wrong: [
      { is: 'g * norm / maxNorm', because: 'That makes it longer still.' },
      { is: 'g / norm', because: 'That has norm 1, whatever maxNorm is.' },
      { is: 'g * maxNorm', because: 'The result must have the norm maxNorm: divide by norm.' },
    ],
    explain: 'One factor below 1 for every entry of every gradient: the direction stays.',
  }),
  card.several('training.stateful', {
    topic: 'training',
    level: 2,
    katas: ['truncated-bptt'],
    ask: 'Truncated BPTT cuts one long sequence into chunks. What is carried from a chunk to the next?',
    options: [
      {
        is: 'the values of h and c',
        right: true,
        because: 'the next chunk goes on where this one ended.',
      },
      {
        is: 'the moments of the optimiser',
        right: true,
        because: 'they belong to the parameters, not to the sequence.',
      },
      {
        is: 'the activations of the chunk',
        right: false,
        because: 'its backward pass is done, so they can be thrown away: that is the gain.',
      },
      {
        is: 'the gradient in h and c',
        right: false,
        because: 'it is cut at the border: that is what truncated means.',
      },
    ],
    explain: 'Values cross the border, credit does not.',
  }),
  card.choice('training.truncation.shorter', {
    topic: 'training',
    level: 3,
    ask: 'You halve the chunk length k of truncated BPTT and keep everything else. Which is true?',
    answer: 'Twice as many updates per pass through the data, each from half the steps.',
    wrong: [
      {
        is: 'Each update takes as long as before, as the state has to be recomputed from the start.',
        because: 'The state is carried as a value; nothing is recomputed.',
      },
      {
        is: 'The network can no longer use anything older than k.',
        because: 'The state may still hold older things; only credit for them is cut.',
      },
      {
        is: 'Memory stays the same, because it depends on the length of the sequence.',
        because: 'The tape has k steps, so it halves.',
      },
    ],
    explain: 'Cheaper, more frequent, more biased updates.',
  }),
  card.free('training.recipe', {
    topic: 'training',
    level: 2,
    katas: ['clip-by-global-norm'],
    ask: 'An LSTM on long sequences trains badly: spikes, then nothing learned. In a few sentences: what do you check and change?',
    rubric: [
      { point: 'log the gradient norm', words: ['norm', 'log the gradient', 'monitor'] },
      { point: 'clip by global norm', words: ['clip'] },
      { point: 'forget bias or orthogonal start', words: ['forget bias', 'bias', 'orthogonal'] },
      {
        point: 'learning rate',
        words: ['learning rate', 'lr', 'warm'],
      },
      {
        point: 'length: truncate, or shorter sequences first',
        words: ['truncat', 'shorter', 'curriculum', 'length'],
      },
    ],
    enough: 3,
    model:
      'First log the global gradient norm and check a gradient on a tiny case. Clip by global norm and lower the learning rate against the spikes. Start the forget bias at 1 or more and the recurrent weights orthogonal, so that early gradients get through. Start with shorter sequences or truncate, and make sure that padding is masked out of the loss.',
    explain: 'Measure first; then one cure for exploding and another for vanishing.',
  }),
];
