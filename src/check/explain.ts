/** The sentence under a failing tensor: what the ratio means, how many entries, and from which step on. */
import { explainRatio } from './ratio.js';
import { whereIs } from './where.js';
import type { RatioContext } from './ratio.js';
import type { Tensor } from './differentiable.js';

/** Where a claimed gradient is no number or infinite, if it is: then nothing can be said of factors. */
export function explainNotFinite(tensor: Tensor, analytic: Float64Array): string | undefined {
  const j = analytic.findIndex((a) => !Number.isFinite(a));
  return j < 0
    ? undefined
    : `The claimed gradient is ${analytic[j]!} at ${whereIs(tensor, j).where}.`;
}

/** What the errors over the tolerance have in common, in words. */
export function explainFailure(
  tensor: Tensor,
  analytic: Float64Array,
  numeric: Float64Array,
  errors: Float64Array,
  tolerance: number,
  ratio: number | null,
  context: RatioContext,
): string {
  const lost = explainNotFinite(tensor, analytic);
  if (lost !== undefined) return lost;
  const wrong = [...errors.keys()].filter((j) => errors[j]! > tolerance);
  const ratios = [...numeric.keys()]
    .filter((j) => numeric[j] !== 0)
    .map((j) => analytic[j]! / numeric[j]!);
  const constant =
    ratio !== null &&
    ratios.length > 1 &&
    ratios.every((r) => Math.abs(r - ratio) <= 1e-6 * Math.abs(ratio));
  const alone = wrong.length === 1 && errors.length > 1;
  const sentences = alone
    ? [
        `Only this entry of ${errors.length} is wrong${ratio === null ? '' : `, by the factor ${Number(ratio.toPrecision(4))}`}: look at how it is indexed.`,
      ]
    : [explainRatio(ratio, constant, context)];
  if (!alone && wrong.length < errors.length)
    sentences.push(`${wrong.length} of ${errors.length} entries are wrong.`);
  if (tensor.axes[0] === 'T') {
    const steps = [...new Set(wrong.map((j) => whereIs(tensor, j).index[0]!))];
    const T = tensor.shape[0]!;
    const last = Math.max(...steps);
    if (steps.length < T && steps.length === last + 1)
      sentences.push(
        `Steps 0 to ${last} are wrong and the later ones right: the error is in what you carry back from step ${last + 1}.`,
      );
  }
  return sentences.join(' ');
}
