/**
 * One tensor's gradient against the complex step. What it rejects must stand out of the oracle's own
 * rounding: a sum that cancels to nothing leaves noise, in the oracle and in the gradient under test alike.
 */
import { complexStepTolerance, largest, scaleOf, scaledError } from './errors.js';
import { roundingOf } from './rounding.js';
import type { OracleReport } from './gradient-report.js';
import type { Exact } from './exact.js';

export interface ComplexStepJudgement {
  readonly gradient: Float64Array;
  readonly errors: Float64Array;
  readonly report: OracleReport;
}

/** A difference above this share of the largest gradient of all is never rounding. */
const noise = 1e-9;

/** How many times the error to expect a difference may be and still be rounding; the largest seen is 1.6. */
const deviations = 4;

/**
 * The errors entry by entry. A rejected entry passes where the difference is within a few of the rounding
 * errors to expect, and those are noise beside the largest gradient of all.
 * @param exact the oracle's gradient of this tensor
 * @param loudest the largest entry of the oracle's gradients of all tensors
 */
export function judgeComplexStep(
  problem: Exact,
  values: readonly Float64Array[],
  k: number,
  analytic: Float64Array,
  exact: Float64Array,
  loudest: number,
): ComplexStepJudgement {
  const norm = largest(exact);
  let undecided = 0;
  const errors = exact.map((n, j) => {
    const a = analytic[j]!;
    const error = scaledError(a, n, norm);
    // A forward pass for each entry: it is asked only about what could turn out to be noise.
    if (error <= complexStepTolerance || !(Math.abs(a - n) <= noise * loudest)) return error;
    if (Math.abs(a - n) > deviations * roundingOf(problem, values, k, j)) return error;
    undecided++;
    return Math.min(error, complexStepTolerance);
  });
  let worst = 0;
  errors.forEach((e, j) => (worst = e > errors[worst]! ? j : worst));
  const bar =
    norm === 0
      ? 0
      : roundingOf(problem, values, k, worst) / scaleOf(analytic[worst]!, exact[worst]!, norm);
  return { gradient: exact, errors, report: { maxError: largest(errors), bar, undecided } };
}
