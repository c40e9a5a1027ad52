/** The walk through what is built of cells: both directions, layers, padding, encoder and decoder. */
import { step, type Walk } from './step.js';

export const sequences: Walk = {
  id: 'sequences',
  title: 'Layers, directions, padding, encoder and decoder',
  steps: [
    step.kata('bidirectional-rnn', {
      title: 'Both directions',
      says: 'Two cells, one reading from the end. With padding the backward one begins at each sequence’s own end, not at T.',
      lesson: 'sequences',
    }),
    step.kata('stacked-lstm', {
      title: 'Layers',
      says: 'The h of one layer is the x of the next. Each layer has its own weights and its own states.',
      lesson: 'sequences',
    }),
    step.kata('masked-loss', {
      title: 'Padding',
      says: 'What was padded must not count: not in the sum, and not in the number that it is divided by.',
      lesson: 'sequences',
    }),
    step.picture('zeros-move', {
      title: 'What padding does to the state',
      says: 'A cell that goes on over the padding moves, although nothing is read: zeros are an input.',
      lesson: 'sequences',
      chart: 'zeros-move',
    }),
    step.kata('additive-attention', {
      title: 'Additive attention',
      says: 'A decoder that asks every state of the encoder how much it matters now. It is older than the Transformer and was made for exactly this.',
      lesson: 'sequences',
    }),
    step.kata('encoder-decoder-step', {
      title: 'One step of the decoder',
      says: 'Attention first, then an LSTM step that reads the context beside its input. The encoder’s last state is no longer the only thing that gets across.',
      lesson: 'sequences',
    }),
    step.cards({
      title: 'Its questions',
      says: 'What an interviewer asks about all this.',
      topics: ['sequences'],
      count: 5,
    }),
  ],
};
