/** Verdicts about numbers: gradient checks, planted mistakes, generators of cases. */
export { duals, reals } from './algebra.js';
export type { Algebra, Dual } from './algebra.js';
export { additiveProblem, attentionProblem, multiHeadProblem } from './attention-problem.js';
export { cellProblem } from './cell-problem.js';
export type { CellProblem, CellProblemOptions } from './cell-problem.js';
export type { Differentiable, Tensor } from './differentiable.js';
export { encoderDecoderProblem } from './encoder-decoder-problem.js';
export { breakAt, fivePoint, follow, ridders } from './differences.js';
export type { Break, Rule } from './differences.js';
export { complexStepTolerance, fivePointTolerance, scaledError } from './errors.js';
export { exactGradient } from './exact.js';
export { checkCellGradient } from './cell-gradient.js';
export type { CellGradientRequest } from './cell-gradient.js';
export { Stopped, checkFunction } from './function-gradient.js';
export type { Callable, Called, FunctionCheckOptions, FunctionPair } from './function-gradient.js';
export { checkGradient } from './gradient-check.js';
export type { CheckOptions, GradientCheck } from './gradient-check.js';
export type {
  CheckReport,
  FunctionReport,
  GradientReport,
  Method,
  OracleReport,
  TensorReport,
  Verdict,
  WorstEntry,
} from './gradient-report.js';
export type { NamedValue, NamedValues } from './named.js';
export { planted, plantedMistakes } from './planted/planted.js';
export type { MistakeTable } from './planted/sequence.js';
