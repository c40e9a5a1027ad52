/** One tensor's gradient against five-point differences; a rejection that is in doubt is measured again by Ridders, whose error bar then decides. */
import { alongEntry } from './lines.js';
import { breakAt, fivePoint, fivePointStep, ridders } from './differences.js';
import { fivePointTolerance, largest, scaledError } from './errors.js';
import { whereIs } from './where.js';
import { lossAt } from './asking.js';
import type { Asking } from './asking.js';
import type { Break } from './differences.js';
import type { OracleReport } from './gradient-report.js';
import type { Given } from './faults.js';

export interface FivePointJudgement {
  readonly gradient: Float64Array;
  readonly errors: Float64Array;
  readonly report: OracleReport;
  /** The entry at which the function has no derivative, and a sentence. */
  readonly broken: { readonly entry: number; readonly says: string } | undefined;
}

export const brokenAt = (kind: Break, where: string): string =>
  `The function has a ${kind} at ${where}, and no derivative: nudge the input and check again.`;

/**
 * The errors entry by entry. Four losses an entry, two dozen more where they leave a rejection in doubt,
 * five more where the function may have no derivative: at the worst rejected entry, and at what looks like it.
 */
export function* judgeFivePoints(
  { tensors }: Given,
  values: readonly Float64Array[],
  k: number,
  analytic: Float64Array,
): Asking<FivePointJudgement> {
  const gradient = new Float64Array(values[k]!.length);
  const doubts = new Float64Array(gradient.length);
  const here = yield* lossAt(values);
  const suspects: number[] = [];
  let largestLoss = 0;
  for (let j = 0; j < gradient.length; j++) {
    const result = yield* alongEntry((x) => fivePoint(x, here), values, k, j);
    largestLoss = Math.max(largestLoss, result.largest);
    gradient[j] = result.derivative;
    doubts[j] = result.doubt;
    if (result.suspect) suspects.push(j);
  }
  const norm = largest(gradient);
  const errors = gradient.map((n, j) => scaledError(analytic[j]!, n, norm));
  let undecided = 0;
  let rejected = -1;
  for (let j = 0; j < gradient.length; j++) {
    if (errors[j]! <= fivePointTolerance) continue;
    const a = analytic[j]!;
    if (!(Math.abs(a - gradient[j]!) > 10 * doubts[j]!)) {
      const { derivative, bar } = yield* alongEntry(ridders, values, k, j);
      gradient[j] = derivative;
      if (bar > Math.max(Math.abs(a), Math.abs(derivative))) undecided++;
      const within = Math.abs(a - derivative) <= 10 * bar;
      errors[j] = within
        ? Math.min(errors[j]!, fivePointTolerance)
        : scaledError(a, derivative, norm);
    }
    if (errors[j]! > fivePointTolerance && (rejected < 0 || errors[j]! > errors[rejected]!))
      rejected = j;
  }
  let broken: FivePointJudgement['broken'];
  for (const entry of rejected < 0 ? suspects : [rejected, ...suspects]) {
    const kind = yield* alongEntry(breakAt, values, k, entry);
    if (!kind) continue;
    broken = { entry, says: brokenAt(kind, whereIs(tensors[k]!, entry).where) };
    break;
  }
  const step = fivePointStep(largest(values[k]!));
  const bar = norm === 0 ? 0 : (1.5 * Number.EPSILON * largestLoss) / step / norm;
  return {
    gradient,
    errors,
    broken,
    report: { maxError: largest(errors), bar, undecided },
  };
}
