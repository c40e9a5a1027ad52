/**
 * The gradient check: every entry of every tensor, against two independent oracles. No absolute floor
 * anywhere: vanishing gradients are the subject, and a floor lets an all-zero gradient pass.
 */
import { answered } from './asking.js';
import { judgeComplexStep } from './complex-step.js';
import { judgeDirections } from './directions.js';
import { complexStepTolerance, fivePointTolerance, largest, verdictOf, worstOf } from './errors.js';
import { exactGradient } from './exact.js';
import { explainFailure } from './explain.js';
import { gradientAndFaults } from './faults.js';
import { judgeFivePoints } from './five-points.js';
import { whereIs } from './where.js';
import type { Asking } from './asking.js';
import type { ComplexStepJudgement } from './complex-step.js';
import type { Differentiable, Tensor } from './differentiable.js';
import type { FivePointJudgement } from './five-points.js';
import type { Given } from './faults.js';
import type { Method, TensorReport } from './gradient-report.js';
import type { RatioContext } from './ratio.js';

export interface CheckOptions extends RatioContext {
  readonly method?: Method;
  /** The seed of the directions that the method `fast` draws. */
  readonly seed?: number;
  /** Called from time to time with the share of the work that is done. */
  readonly onProgress?: (done: number) => void;
}

export interface GradientCheck {
  readonly passed: boolean;
  /** What makes a comparison meaningless; with a fault none is made. */
  readonly faults: readonly string[];
  readonly tensors: readonly TensorReport[];
}

/** Checks the gradient of a differentiable function. Never changes its values. */
export const checkGradient = (problem: Differentiable, options: CheckOptions = {}): GradientCheck =>
  answered(checking(problem, options), problem);

/** The check as a conversation: for functions that answer in their own time. */
export function* checking(given: Given, options: CheckOptions = {}): Asking<GradientCheck> {
  const { tensors, lossOver } = given;
  const { onProgress = () => undefined, seed = 0 } = options;
  const method = lossOver || options.method === 'fast' ? (options.method ?? 'both') : 'five-point';
  const values = tensors.map((tensor) => tensor.values.slice());
  const { analytic, faults } = yield* gradientAndFaults(given, values);
  if (faults.length > 0) return { passed: false, faults, tensors: [] };

  const reports: TensorReport[] = [];
  if (method === 'fast') {
    for (const [k, gradient] of analytic.entries()) {
      reports.push(yield* judgeDirections(given, values, k, gradient, seed));
      onProgress((k + 1) / tensors.length);
    }
    return finished(reports);
  }
  const problem = lossOver && { tensors, lossOver };
  const share = method === 'both' ? 0.15 : 1; // dual numbers take about a seventh of the time of both
  const exact =
    problem && method !== 'five-point'
      ? exactGradient(problem, values, (done) => onProgress(share * done))
      : undefined;
  const judged = exact && problem && judgeComplexStep(problem, values, analytic, exact);
  const total = tensors.reduce((sum, tensor) => sum + tensor.values.length, 0);
  let done = 0;
  for (const [k, tensor] of tensors.entries()) {
    const differences =
      method === 'complex-step'
        ? undefined
        : yield* judgeFivePoints(given, values, k, analytic[k]!);
    done += tensor.values.length;
    onProgress(exact ? share + ((1 - share) * done) / total : done / total);
    // What is written over an algebra is smooth: only functions that are given as code can break.
    const heard = problem && differences ? { ...differences, broken: undefined } : differences;
    reports.push(reportOf(tensor, analytic[k]!, judged?.[k], heard, options));
  }
  return finished(reports);
}

const finished = (tensors: readonly TensorReport[]): GradientCheck => ({
  passed: tensors.every((tensor) => tensor.passed),
  faults: [],
  tensors,
});

/** What the oracles say of one tensor, in one row. */
function reportOf(
  tensor: Tensor,
  analytic: Float64Array,
  exact: ComplexStepJudgement | undefined,
  differences: FivePointJudgement | undefined,
  context: RatioContext,
): TensorReport {
  const { gradient: numeric, errors, report } = (exact ?? differences)!;
  const broken = differences?.broken; // there even an error of 0 says nothing
  const worst = broken?.entry ?? worstOf(errors);
  const { maxError } = report;
  const ratio = numeric[worst] === 0 ? null : analytic[worst]! / numeric[worst]!;

  const tolerance = exact ? complexStepTolerance : fivePointTolerance;
  const byDifferences = differences?.report.maxError ?? 0;
  const passed = maxError <= tolerance && byDifferences <= fivePointTolerance && !broken;
  const silent = !broken && largest(numeric) === 0 && analytic.every((a) => a === 0);
  return {
    name: tensor.name,
    shape: tensor.shape,
    norm: largest(numeric),
    maxError,
    worst:
      analytic.length === 0
        ? null
        : {
            ...whereIs(tensor, worst),
            analytic: analytic[worst]!,
            numeric: numeric[worst]!,
            ratio,
          },
    complexStep: exact?.report ?? null,
    fivePoint: differences?.report ?? null,
    directions: null,
    verdict: silent
      ? 'no gradient'
      : broken || (passed && report.undecided === analytic.length)
        ? 'undecided'
        : verdictOf(Math.max(maxError, passed ? 0 : byDifferences)),
    passed,
    says: silent
      ? 'No gradient reaches this tensor, and none is claimed.'
      : passed
        ? null
        : (broken?.says ??
          explainFailure(tensor, analytic, numeric, errors, tolerance, ratio, context)),
  };
}
