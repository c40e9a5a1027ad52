import { cells, parameterCount } from 'bptt';
import { integer, kata } from 'bptt/define';

interface Given {
  D: number;
  H: number;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The weights and the biases of one block. */
  weights: (D: number, H: number): number => H * (H + D),
  biases: (H: number): number => H,
  /** The bias vectors of an LSTM with one bias per block. */
  lstmBiases: 4,
  lstmBlocks: 4,
  gruBlocks: 3,
};

/** The counts as a learner would write them. */
function count({ D, H }: Given, change: Partial<typeof right> = {}) {
  const { weights, biases, lstmBiases, lstmBlocks, gruBlocks } = { ...right, ...change };
  const [w, b] = [weights(D, H), biases(H)];
  return {
    rnn: w + b,
    lstm: lstmBlocks * w + lstmBiases * b,
    gru: gruBlocks * (w + b),
    lstmTwoBiases: lstmBlocks * w + 2 * lstmBiases * b,
  };
}

const anyCount = integer(0, 2 ** 31);

export default kata('parameter-count', {
  topic: '70-systems',
  title: 'How many parameters a layer has',
  level: 1,
  minutes: 4,
  equations: ['rnn.parameters', 'lstm.parameters', 'gru.parameters'],
  inputs: { D: integer(1, 9), H: integer(1, 9) },
  outputs: { rnn: anyCount, lstm: anyCount, gru: anyCount, lstmTwoBiases: anyCount },

  edges: {
    'D = H': ({ D }) => ({ D, H: D }),
    'D = H = 1': () => ({ D: 1, H: 1 }),
  },

  // Counted in the engine's own tables. A second bias is what is lost when the biases are left out.
  reference: ({ D, H }) => {
    const sizes = { D, H };
    const lstm = parameterCount(cells.lstm, sizes);
    const noBias = parameterCount(cells.lstm, sizes, { bias: false });
    return {
      rnn: parameterCount(cells.rnn, sizes),
      lstm,
      gru: parameterCount(cells.gru, sizes),
      lstmTwoBiases: lstm + (lstm - noBias),
    };
  },

  laws: [
    {
      name: 'a GRU has three quarters of an LSTM, and an LSTM four times an Elman network',
      change: (given) => given,
      holds: (_, { rnn, lstm, gru }) => 4 * gru === 3 * lstm && lstm === 4 * rnn,
    },
    {
      name: 'PyTorch’s second bias adds 4 H',
      change: ({ D }) => ({ D, H: 256 }),
      holds: (_, { lstm, lstmTwoBiases }) => lstmTwoBiases - lstm === 4 * 256,
    },
    {
      // The numbers that torch.nn.LSTM(128, 256) and Keras' LSTM(256) on 128 inputs report.
      name: 'D = 128, H = 256: 394,240 parameters, and in PyTorch 395,264',
      change: () => ({ D: 128, H: 256 }),
      holds: (_, { lstm, lstmTwoBiases }) => lstm === 394_240 && lstmTwoBiases === 395_264,
    },
  ],

  attempt: count,

  mistakes: [
    {
      id: 'input-weights-forgotten',
      says: 'You count H × H weights per block. A block sees the state and the input: H × (H + D).',
      change: { weights: (_, H) => H * H },
      card: 'lstm.parameters',
    },
    {
      id: 'recurrent-weights-forgotten',
      says: 'You count H × D weights per block, a feed-forward layer. A block also sees the state: H × (H + D).',
      change: { weights: (D, H) => H * D },
      card: 'lstm.parameters',
    },
    {
      id: 'sizes-swapped',
      says: 'You have D and H swapped: a block has H rows, one per hidden unit, H × (H + D) weights and H biases.',
      reads: (given) => ({ D: given.H, H: given.D }),
      card: 'lstm.parameters',
    },
    {
      id: 'biases-forgotten',
      says: 'Your counts have no biases: each block has H of them.',
      change: { biases: () => 0 },
      card: 'lstm.parameters',
    },
    {
      id: 'one-number-per-bias',
      says: 'You count one number per bias. A bias is a vector: one number for each of the H units.',
      change: { biases: () => 1 },
      card: 'lstm.parameters',
    },
    {
      id: 'one-bias-for-all-gates',
      says: 'Your LSTM shares one bias vector among its blocks. Each of f, i, c̃ and o has its own.',
      change: { lstmBiases: 1 },
      card: 'lstm.parameters',
    },
    {
      id: 'lstm-without-candidate',
      says: 'Your LSTM has three blocks, the gates. The candidate c̃ has weights of its own: four.',
      change: { lstmBlocks: 3, lstmBiases: 3 },
      card: 'lstm.four-gates',
    },
    {
      id: 'gru-without-candidate',
      says: 'Your GRU has two blocks, the gates. The candidate h̃ has weights of its own: three.',
      change: { gruBlocks: 2 },
      card: 'gru.parameters.ratio',
    },
    {
      id: 'two-biases-everywhere',
      says: 'You count two biases per block everywhere. That is PyTorch’s convention: here it is asked for under lstmTwoBiases only.',
      returns: ({ rnn, gru, lstmTwoBiases }, given) => {
        const { H } = given;
        return { rnn: rnn + H, gru: gru + 3 * H, lstm: lstmTwoBiases, lstmTwoBiases };
      },
      card: 'lstm.parameters',
    },
    {
      id: 'everything-twice',
      says: 'Your lstmTwoBiases is twice the LSTM. Only the biases come twice, the weights do not.',
      returns: (counts) => ({ ...counts, lstmTwoBiases: 2 * counts.lstm }),
      card: 'lstm.parameters',
    },
    {
      id: 'second-bias-once',
      says: 'Your second bias adds H. There is a second one for each of the four blocks: 4 H.',
      returns: (counts, given) => ({ ...counts, lstmTwoBiases: counts.lstm + given.H }),
      card: 'lstm.parameters',
    },
    {
      id: 'gru-with-four-blocks',
      says: 'Your GRU has four blocks, as an LSTM. It has three: z, r and h̃.',
      change: { gruBlocks: 4 },
    },
    {
      id: 'lstm-with-three-blocks',
      says: 'Your LSTM has three blocks. It has three gates and the candidate: four.',
      returns: (got) => ({ ...got, lstm: got.gru }),
    },
    {
      id: 'gru-with-two-biases',
      says: 'Your GRU has two bias vectors per block, as in PyTorch. Here it has one.',
      returns: (got, { H }) => ({ ...got, gru: got.gru + 3 * H }),
    },
    {
      id: 'rows-by-input',
      says: 'You count D × (H + D) weights per block. A block has one row per unit: H × (H + D).',
      change: { weights: (D, H) => D * (H + D) },
    },
    {
      id: 'input-weights-once',
      says: 'You count H × H + D weights per block. Each of the H units has a weight for each of the D inputs: H × (H + D).',
      change: { weights: (D, H) => H * H + D },
    },
    {
      id: 'bias-by-input',
      says: 'Your biases have D entries. A bias has one for each unit: H.',
      change: ({ D }) => ({ biases: () => D }),
    },
    {
      id: 'one-bias-per-layer',
      says: 'Your LSTM and your GRU have one bias vector each. Every block has its own.',
      returns: (got, { H }) => ({ ...got, lstm: got.lstm - 3 * H, gru: got.gru - 2 * H }),
    },
    {
      id: 'rnn-with-two-biases',
      says: 'Your RNN has two bias vectors, as in PyTorch. Here it has one.',
      returns: (got, { H }) => ({ ...got, rnn: got.rnn + H }),
    },
  ],

  hints: [
    'Every cell is made of blocks of one form, W [h₋, x] + b. Count one block, then the blocks.',
    'One block: H × (H + D) + H. The Elman network has 1, the GRU 3 (z, r, h̃), the LSTM 4 (f, i, c̃, o). PyTorch has 2 H biases per block.',
    'const block = H * (H + D) + H; lstm is 4 * block, gru is 3 * block, and lstmTwoBiases is 4 * (block + H).',
  ],
  followUps: [
    'D = 128, H = 256: say the LSTM’s count in your head, to two digits.',
    'Why does PyTorch have two biases when one would do?',
    'How many multiply-adds is one step, and why is it nearly the same number?',
    'What does a peephole add, and what does a projection of h save?',
  ],
});
