/**
 * Gradients against the complex step. What it rejects must stand out of the oracle's own
 * rounding: a sum that cancels to nothing leaves noise, in the oracle and in the gradient under test alike.
 */
import { complexStepTolerance, largest, scaleOf, scaledError, worstOf } from './errors.js';
import { roundingsOf } from './rounding.js';
import type { OracleReport } from './gradient-report.js';
import type { Exact } from './exact.js';

export interface ComplexStepJudgement {
  readonly gradient: Float64Array;
  readonly errors: Float64Array;
  readonly report: OracleReport;
}

/** A difference above this share of the largest gradient of all is never rounding. */
const noise = 1e-9;

/**
 * How many times the error to expect a difference may be and still be rounding. That error is a standard deviation and
 * no bound: of 92,500 right tensors 126 are above two of it at their worst entry, four above three, one above four (4.1).
 */
export const deviations = 6;

/**
 * The errors of every tensor, entry by entry. A rejected entry passes where the difference is within a few of
 * the rounding errors to expect, and those are noise beside the largest gradient of all.
 * @param exact the oracle's gradients
 */
export function judgeComplexStep(
  problem: Exact,
  values: readonly Float64Array[],
  analytic: readonly Float64Array[],
  exact: readonly Float64Array[],
): ComplexStepJudgement[] {
  const norms = exact.map(largest);
  const loudest = Math.max(0, ...norms);
  const errors = exact.map((gradient, k) =>
    gradient.map((n, j) => scaledError(analytic[k]![j]!, n, norms[k]!)),
  );
  const gap = (k: number, j: number): number => Math.abs(analytic[k]![j]! - exact[k]![j]!);

  // Rounding takes a forward pass: it is asked only about what could turn out to be noise.
  const quiet = errors.flatMap((of, k) =>
    [...of.keys()]
      .filter((j) => of[j]! > complexStepTolerance && gap(k, j) <= noise * loudest)
      .map((j) => [k, j] as const),
  );
  const undecided = errors.map(() => 0);
  roundingsOf(problem, values, quiet).forEach((rounding, m) => {
    const [k, j] = quiet[m]!;
    if (gap(k, j) > deviations * rounding) return;
    errors[k]![j] = complexStepTolerance;
    undecided[k]!++;
  });

  const worst = errors.map((of, k) => [k, worstOf(of)] as const);
  const roundings = roundingsOf(problem, values, worst);
  return worst.map(([k, j]) => {
    const [gradient, norm] = [exact[k]!, norms[k]!];
    const bar = norm === 0 ? 0 : roundings[k]! / scaleOf(analytic[k]![j]!, gradient[j]!, norm);
    return {
      gradient,
      errors: errors[k]!,
      report: { maxError: errors[k]![j]!, bar, undecided: undecided[k]! },
    };
  });
}
