/** What makes any comparison meaningless: wrong shapes, no determinism, inputs changed on the way, no loss at all. */
import { reals } from './algebra.js';
import { gradientAt, lossAt } from './asking.js';
import type { Asking } from './asking.js';
import type { Differentiable } from './differentiable.js';

/** What a check goes by, and what it does not ask for. */
export type Given = Pick<Differentiable, 'tensors' | 'lossOver'>;

const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((v, j) => Object.is(v, b[j]));

/** The gradient under test, and a sentence for each fault. `values` are as they were afterwards. */
export function* gradientAndFaults(
  { tensors, lossOver }: Given,
  values: readonly Float64Array[],
): Asking<{ analytic: readonly Float64Array[]; faults: readonly string[] }> {
  const faults: string[] = [];
  const expectUnchanged = (pass: string): void => {
    for (const [k, { name, values: original }] of tensors.entries()) {
      if (!sameBits(values[k]!, original))
        faults.push(`The ${pass} pass changed its input ${name}.`);
      values[k]!.set(original);
    }
  };
  const analytic = (yield* gradientAt(values)).map((gradient) => gradient.slice());
  expectUnchanged('backward');
  for (const [k, { name, values: original }] of tensors.entries())
    if (analytic[k]?.length !== original.length)
      faults.push(
        `The gradient of ${name} has ${analytic[k]?.length ?? 0} entries where ${name} has ${original.length}.`,
      );
  const again = yield* gradientAt(values);
  for (const [k, { name, values: original }] of tensors.entries()) {
    if (analytic[k] && again[k] && !sameBits(analytic[k], again[k]))
      faults.push(`Two backward passes over the same values gave different gradients of ${name}.`);
    values[k]!.set(original);
  }
  const [first, second] = [yield* lossAt(values), yield* lossAt(values)];
  if (!Object.is(first, second))
    faults.push('Two forward passes over the same values gave different losses.');
  expectUnchanged('forward');
  if (!Number.isFinite(first))
    faults.push(`The loss is ${first}: there is nothing to differentiate.`);
  if (lossOver) {
    const textbook = lossOver(
      reals,
      values.map((array) => [...array]),
    );
    const scale = Math.max(Math.abs(first), Math.abs(textbook), Number.MIN_VALUE);
    if (Math.abs(first - textbook) > 1e-9 * scale && Math.abs(first - textbook) > 1e-12)
      faults.push(
        `The two forward passes disagree: the loss is ${first} in one and ${textbook} in the other.`,
      );
  }
  return { analytic, faults: [...new Set(faults)] };
}
