/** The worked examples that lessons show, by id. Each computes its lines when it is asked. */
import { boundAndTruth, normAndRadius, productByHand } from './gradients.js';
import { attentionBack, attentionQuery, onlineSoftmax } from './attention.js';
import { memoryByMode, workPerToken } from './comparison.js';
import { numbersToKnow } from './interview.js';
import { adamStep, clipped, recurrentStarts } from './training.js';
import { bothEnds, decoderAsks, threeMeans } from './sequences.js';
import { threeDerivatives } from './highway.js';
import { lstmStep } from './lstm.js';
import { rnnBackward, rnnForward } from './rnn.js';
import { gruStep, parametersOfEach, peepholeStep, twoGrus } from './variants.js';

export const worked: Readonly<Record<string, () => string[]>> = {
  'bound-and-truth': boundAndTruth,
  'gru-step': gruStep,
  'lstm-step': lstmStep,
  'norm-and-radius': normAndRadius,
  'parameters-of-each': parametersOfEach,
  'peephole-step': peepholeStep,
  'product-by-hand': productByHand,
  'rnn-backward': rnnBackward,
  'rnn-forward': rnnForward,
  'three-derivatives': threeDerivatives,
  'both-ends': bothEnds,
  'decoder-asks': decoderAsks,
  'three-means': threeMeans,
  'two-grus': twoGrus,
  'attention-query': attentionQuery,
  'attention-back': attentionBack,
  'online-softmax': onlineSoftmax,
  'memory-by-mode': memoryByMode,
  'work-per-token': workPerToken,
  'numbers-to-know': numbersToKnow,
  'adam-step': adamStep,
  clipped: clipped,
  'recurrent-starts': recurrentStarts,
};
