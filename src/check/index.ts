/** Verdicts about numbers: gradient checks, planted mistakes, generators of cases. */
export { duals, reals } from './algebra.js';
export type { Algebra, Dual } from './algebra.js';
export { additiveProblem, attentionProblem, multiHeadProblem } from './attention-problem.js';
export { cellProblem } from './cell-problem.js';
export type { CellProblem, CellProblemOptions } from './cell-problem.js';
export type { Differentiable, Tensor } from './differentiable.js';
export { encoderDecoderProblem } from './encoder-decoder-problem.js';
export { fivePoint, hasKink, ridders } from './differences.js';
export { checkCellGradient } from './cell-gradient.js';
export type { CellGradientRequest } from './cell-gradient.js';
export {
  checkGradient,
  complexStepTolerance,
  fivePointTolerance,
  scaledError,
} from './gradient-check.js';
export type { CheckOptions, GradientCheck } from './gradient-check.js';
export type {
  FivePointReport,
  GradientReport,
  Method,
  OracleReport,
  TensorReport,
  Verdict,
  WorstEntry,
} from './gradient-report.js';
export { planted, plantedMistakes } from './planted/planted.js';
export type { MistakeTable } from './planted/sequence.js';
