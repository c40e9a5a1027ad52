/** `gradcheck <cell>`: the engine's backward pass, or a planted wrong one, as a report. */
import { cellProblem } from './cell-problem.js';
import { checkGradient } from './gradient-check.js';
import { planted, plantedMistakes } from './planted/planted.js';
import type { Arrays, CellKind, Dims } from '../engine/index.js';
import type { GradientReport, Method } from './gradient-report.js';

export interface CellGradientRequest {
  readonly cell: CellKind;
  readonly dims: Dims;
  readonly seed: number;
  readonly method: Method;
  /** The id of a planted mistake, from `plantedMistakes[cell]`. */
  readonly mistake?: string;
  readonly lossScale?: number;
  readonly onProgress?: (done: number) => void;
}

/** A mistake that changes nothing at these sizes (a truncation at T = 1) cannot be shown. */
export type CellGradientResult =
  | { readonly kind: 'report'; readonly report: GradientReport }
  | { readonly kind: 'invisible'; readonly says: string };

export function checkCellGradient(request: CellGradientRequest): CellGradientResult {
  const { cell, dims, seed, method, mistake, lossScale = 1, onProgress } = request;
  const problem = cellProblem(cell, dims, seed, {
    lossScale,
    ...(mistake === undefined ? {} : { mistake }),
  });
  if (mistake !== undefined) {
    const values: Arrays = Object.fromEntries(
      problem.tensors.map((tensor) => [tensor.name, tensor.values]),
    );
    const right = planted(cell, 'none', dims, values, problem.upstream);
    const wrong = planted(cell, mistake, dims, values, problem.upstream);
    if (Object.keys(right).every((name) => right[name]!.every((v, j) => v === wrong[name]![j])))
      return {
        kind: 'invisible',
        says: `The mistake ${mistake} changes nothing at T = ${dims.T}: give it more steps.`,
      };
  }
  const check = checkGradient(problem, {
    method,
    seed,
    T: dims.T,
    B: dims.B,
    ...(onProgress ? { onProgress } : {}),
  });
  return {
    kind: 'report',
    report: {
      version: 1,
      cell,
      passed: check.passed,
      seed,
      method,
      dims: { ...dims },
      entries: problem.tensors.reduce((sum, tensor) => sum + tensor.values.length, 0),
      mistake:
        mistake === undefined ? null : { id: mistake, says: plantedMistakes[cell][mistake]! },
      faults: check.faults,
      tensors: check.tensors,
    },
  };
}
