/** Lines through the values along which a rule of differences is followed: one entry, or a direction. */
import { lossAt } from './asking.js';
import type { Asking } from './asking.js';
import type { Rule } from './differences.js';

/** What the rule says of the loss as a function of one entry. The entry is put back. */
export function* alongEntry<R>(
  rule: (x: number) => Rule<R>,
  values: readonly Float64Array[],
  k: number,
  j: number,
): Asking<R> {
  const tensor = values[k]!;
  const before = tensor[j]!;
  const asked = rule(before);
  let step = asked.next();
  while (!step.done) {
    tensor[j] = step.value;
    const loss = yield* lossAt(values);
    tensor[j] = before;
    step = asked.next(loss);
  }
  return step.value;
}

/** What the rule says at s = 0 of the loss at θ + s u, for one tensor θ. The tensor is put back. */
export function* alongDirection<R>(
  rule: (s: number) => Rule<R>,
  values: readonly Float64Array[],
  k: number,
  u: Float64Array,
): Asking<R> {
  const tensor = values[k]!;
  const before = tensor.slice();
  const asked = rule(0);
  let step = asked.next();
  while (!step.done) {
    for (let j = 0; j < u.length; j++) tensor[j] = before[j]! + step.value * u[j]!;
    const loss = yield* lossAt(values);
    tensor.set(before);
    step = asked.next(loss);
  }
  return step.value;
}
