/** Every kata, in the order in which one would take them. */
import additiveAttention from './60-attention/additive-attention.kata.js';
import attentionBackward from './60-attention/attention-backward.kata.js';
import bidirectionalRnn from './50-sequences/bidirectional-rnn.kata.js';
import causalAttention from './60-attention/causal-attention.kata.js';
import cellUpdate from './30-lstm/cell-update.kata.js';
import checkpointedBptt from './70-systems/checkpointed-bptt.kata.js';
import clipByGlobalNorm from './20-gradients/clip-by-global-norm.kata.js';
import encoderDecoderStep from './50-sequences/encoder-decoder-step.kata.js';
import forgetGate from './30-lstm/forget-gate.kata.js';
import gradientBound from './20-gradients/gradient-bound.kata.js';
import gradientHighway from './30-lstm/gradient-highway.kata.js';
import gruBptt from './40-gru/gru-bptt.kata.js';
import gruResetAfter from './40-gru/gru-reset-after.kata.js';
import gruStep from './40-gru/gru-step.kata.js';
import gruStepBackward from './40-gru/gru-step-backward.kata.js';
import inputGate from './30-lstm/input-gate.kata.js';
import jacobianProduct from './20-gradients/jacobian-product.kata.js';
import kvCacheStep from './60-attention/kv-cache-step.kata.js';
import lstmBptt from './30-lstm/lstm-bptt.kata.js';
import lstmForward from './30-lstm/lstm-forward.kata.js';
import lstmStep from './30-lstm/lstm-step.kata.js';
import lstmStepBackward from './30-lstm/lstm-step-backward.kata.js';
import maskedLoss from './50-sequences/masked-loss.kata.js';
import memoryAccount from './70-systems/memory-account.kata.js';
import multiHead from './60-attention/multi-head.kata.js';
import onlineSoftmax from './60-attention/online-softmax.kata.js';
import outputGate from './30-lstm/output-gate.kata.js';
import parameterCount from './70-systems/parameter-count.kata.js';
import peepholeStep from './30-lstm/peephole-step.kata.js';
import relativeError from './20-gradients/relative-error.kata.js';
import rnnBptt from './10-rnn/rnn-bptt.kata.js';
import rnnForward from './10-rnn/rnn-forward.kata.js';
import rnnStep from './10-rnn/rnn-step.kata.js';
import rnnStepBackward from './10-rnn/rnn-step-backward.kata.js';
import scaledDotProduct from './60-attention/scaled-dot-product.kata.js';
import softmaxCrossEntropy from './10-rnn/softmax-cross-entropy.kata.js';
import stableSoftmax from './60-attention/stable-softmax.kata.js';
import stackedLstm from './50-sequences/stacked-lstm.kata.js';
import truncatedBptt from './20-gradients/truncated-bptt.kata.js';

export const katas = [
  rnnStep,
  rnnForward,
  softmaxCrossEntropy,
  rnnStepBackward,
  rnnBptt,
  relativeError,
  clipByGlobalNorm,
  gradientBound,
  jacobianProduct,
  truncatedBptt,
  forgetGate,
  inputGate,
  cellUpdate,
  outputGate,
  lstmStep,
  lstmForward,
  gradientHighway,
  lstmStepBackward,
  lstmBptt,
  peepholeStep,
  gruStep,
  gruResetAfter,
  gruStepBackward,
  gruBptt,
  maskedLoss,
  bidirectionalRnn,
  stackedLstm,
  encoderDecoderStep,
  stableSoftmax,
  scaledDotProduct,
  causalAttention,
  attentionBackward,
  multiHead,
  additiveAttention,
  kvCacheStep,
  onlineSoftmax,
  parameterCount,
  memoryAccount,
  checkpointedBptt,
];
