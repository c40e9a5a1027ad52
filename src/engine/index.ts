/** The engine: recurrent cells in float64, forward and backward, with nothing between you and the equations. */
export { Arena, memoryClasses } from './arena.js';
export type { ByteCounts, MemoryClass, Slab } from './arena.js';
export { extent, gruGates, lstmGates, resolve, sizeOf } from './alphabet.js';
export type { Arrays, Axis, Dims, Shape, ShapeTable } from './alphabet.js';
export { createParameters, parameterCount, parameterTable } from './cell.js';
export type {
  BackwardResult,
  Cell,
  CellKind,
  CellNames,
  Given,
  Gradients,
  Parameters,
  Run,
  Upstream,
} from './cell.js';
export { cellKinds, cells } from './cells.js';
export { exp, sigmoid, tanh } from './elementary.js';
export { EngineError, expectDims } from './errors.js';
export { gru } from './gru.js';
export type { GruNames } from './gru.js';
export type { Kernels } from './kernels/kernels.js';
export { useKernels } from './kernels/current.js';
export { loops } from './kernels/loops.js';
export { lstm } from './lstm.js';
export type { LstmNames } from './lstm.js';
export { fillUniform, rng } from './rng.js';
export type { Rng } from './rng.js';
export { rnn } from './rnn.js';
export type { RnnNames } from './rnn.js';
