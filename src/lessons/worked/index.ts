/** The worked examples that lessons show, by id. Each computes its lines when it is asked. */
import { attentionBack, attentionQuery, onlineSoftmax } from './attention.js';
import { memoryByMode, workPerToken } from './comparison.js';
import { boundAndTruth, normAndRadius, productByHand } from './gradients.js';
import { threeDerivatives } from './highway.js';
import { numbersToKnow } from './interview.js';
import { lstmStep } from './lstm.js';
import { rnnBackward, rnnForward } from './rnn.js';
import { bothEnds, decoderAsks, threeMeans } from './sequences.js';
import { adamStep, clipped, recurrentStarts } from './training.js';
import { gruStep, parametersOfEach, peepholeStep, twoGrus } from './variants.js';

export const worked: Readonly<Record<string, () => string[]>> = {
  'adam-step': adamStep,
  'attention-back': attentionBack,
  'attention-query': attentionQuery,
  'both-ends': bothEnds,
  'bound-and-truth': boundAndTruth,
  clipped,
  'decoder-asks': decoderAsks,
  'gru-step': gruStep,
  'lstm-step': lstmStep,
  'memory-by-mode': memoryByMode,
  'norm-and-radius': normAndRadius,
  'numbers-to-know': numbersToKnow,
  'online-softmax': onlineSoftmax,
  'parameters-of-each': parametersOfEach,
  'peephole-step': peepholeStep,
  'product-by-hand': productByHand,
  'recurrent-starts': recurrentStarts,
  'rnn-backward': rnnBackward,
  'rnn-forward': rnnForward,
  'three-derivatives': threeDerivatives,
  'three-means': threeMeans,
  'two-grus': twoGrus,
  'work-per-token': workPerToken,
};
