/** The engine: recurrent cells in float64, forward and backward, with nothing between you and the equations. */
export { Arena, memoryClasses } from './arena.js';
export type { ByteCounts, MemoryClass, Slab } from './arena.js';
export { extent, gruGates, lstmGates, resolve, sizeOf } from './alphabet.js';
export type { Arrays, Axis, Dims, Shape, ShapeTable } from './alphabet.js';
export { bidirectional, bidirectionalBackward } from './bidirectional.js';
export type {
  BidirectionalGiven,
  BidirectionalGradients,
  BidirectionalRun,
  BidirectionalUpstream,
  Both,
} from './bidirectional.js';
export { cellJacobians, stateJacobian } from './jacobians.js';
export type { CellJacobians, StateJacobian } from './jacobians.js';
export { checkpointed, checkpointedBackward } from './checkpointed.js';
export type { CheckpointedRun } from './checkpointed.js';
export { backwardWithLengths, forwardWithLengths } from './lengths.js';
export type { Lengths, LengthsRun } from './lengths.js';
export { upstreamFrom } from './segments.js';
export type { Segment, UpstreamOf } from './segments.js';
export { stacked, stackedBackward } from './stacked.js';
export type {
  Layer,
  StackedGiven,
  StackedGradients,
  StackedRun,
  StackedUpstream,
} from './stacked.js';
export { doShard, openPass, parameterGradients, shardCount, shardSize } from './shards.js';
export type { BatchPass } from './shards.js';
export { slidingWindow, truncated } from './truncated.js';
export type { TruncatedResult } from './truncated.js';
export { createParameters, parameterCount, parameterTable } from './cell.js';
export type {
  BackwardResult,
  Cell,
  CellKind,
  CellNames,
  Given,
  Gradients,
  GradientSlab,
  Parameters,
  Run,
  Upstream,
} from './cell.js';
export { cellKinds, cells } from './cells.js';
export { exp, sigmoid, tanh } from './elementary.js';
export { EngineError, expectDims } from './errors.js';
export { gru } from './gru.js';
export type { GruNames } from './gru.js';
export { gruResetAfter } from './gru-reset-after.js';
export type { GruResetAfterNames } from './gru-reset-after.js';
export { packedSize } from './kernels/kernels.js';
export type {
  Contents,
  Elementwise,
  KernelMemory,
  Kernels,
  Pack,
  PackedProduct,
  Product,
} from './kernels/kernels.js';
export { kernelsInUse, useKernels } from './kernels/current.js';
export type { KernelsInUse } from './kernels/current.js';
export { loops } from './kernels/loops.js';
export { keyTile, queryTile } from './kernels/online-softmax.js';
export { openSimd } from './kernels/simd.js';
export type { GruLoop } from './kernels/gru.js';
export type { LstmLoop } from './kernels/lstm.js';
export type { OnlineSoftmax } from './kernels/online-softmax.js';
export type { RnnLoop } from './kernels/rnn.js';
export type { SimdKernels } from './kernels/simd.js';
export { lstm } from './lstm.js';
export type { LstmNames } from './lstm.js';
export type { LstmFamilyNames } from './lstm-family.js';
export { openLstmStream } from './lstm-stream.js';
export type { LstmStream } from './lstm-stream.js';
export { lstmCoupled } from './lstm-coupled.js';
export type { LstmCoupledNames } from './lstm-coupled.js';
export { lstmPeephole, lstmPeepholeForget } from './lstm-peephole.js';
export type { LstmPeepholeForgetNames, LstmPeepholeNames } from './lstm-peephole.js';
export { fillUniform, rng } from './rng.js';
export type { Rng } from './rng.js';
export { rnn } from './rnn.js';
export type { RnnNames } from './rnn.js';
export {
  additiveAttention,
  additiveAttentionBackward,
  additiveShapes,
  createAdditiveParameters,
} from './attention/additive.js';
export type {
  AdditiveDims,
  AdditiveParameter,
  AdditiveRun,
  Attended,
} from './attention/additive.js';
export { bytesOfKvCache, createKvCache, kvCacheStep } from './attention/kv-cache.js';
export type { KvCache, KvCacheDims } from './attention/kv-cache.js';
export type { AttentionDims, Mask } from './attention/mask.js';
export {
  createMultiHeadParameters,
  multiHead,
  multiHeadBackward,
  multiHeadShapes,
} from './attention/multi-head.js';
export type {
  AttentionForm,
  HeadsOf,
  MultiHeadDims,
  MultiHeadGradients,
  MultiHeadParameter,
  MultiHeadRun,
} from './attention/multi-head.js';
export { openMultiHeadStream } from './attention/multi-head-stream.js';
export type { MultiHeadStream } from './attention/multi-head-stream.js';
export {
  bytesOfOnlineAttention,
  onlineAttention,
  onlineAttentionBackward,
} from './attention/online-softmax.js';
export type { OnlineAttentionRun } from './attention/online-softmax.js';
export {
  attention,
  attentionBackward,
  attentionShapes,
  bytesOfAttention,
} from './attention/scaled-dot-product.js';
export type {
  AttentionInputs,
  AttentionMode,
  AttentionRun,
} from './attention/scaled-dot-product.js';
export { softmaxRows, softmaxRowsBackward } from './attention/softmax.js';
export { clipGlobalNorm, globalNorm } from './clip.js';
export {
  createEncoderDecoderParameters,
  encodeDecode,
  encodeDecodeBackward,
} from './encoder-decoder.js';
export type {
  EncoderDecoderDims,
  EncoderDecoderGiven,
  EncoderDecoderGradients,
  EncoderDecoderParameters,
  EncoderDecoderRun,
} from './encoder-decoder.js';
export {
  fillNormal,
  forgetBias,
  forgetBiasFor,
  identity,
  orthogonal,
  xavierUniform,
} from './initialisers.js';
export { log } from './logarithm.js';
export { meanSquaredError, softmaxCrossEntropy } from './losses.js';
export type { LossOptions, LossRun, Reduction } from './losses.js';
export { adam, sgd } from './optimisers.js';
export type { AdamOptions, Optimiser } from './optimisers.js';
export { classifier, regressor } from './sequence-model.js';
export type {
  ClassBatch,
  HiddenNames,
  ModelDims,
  SequenceModel,
  ValueBatch,
} from './sequence-model.js';
export { addingBaseline, addingBatch } from './tasks/adding.js';
export { characterBatch, characterText, unigramEntropy } from './tasks/characters.js';
export type { CharacterText } from './tasks/characters.js';
export { copyMemoryBaseline, copyMemoryBatch, copyMemorySizes } from './tasks/copy-memory.js';
export type { CopyMemory } from './tasks/copy-memory.js';
export { train } from './train.js';
export type { Model, Training, TrainingReport } from './train.js';
