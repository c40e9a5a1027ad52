/** The gradient by dual numbers, every entry of every tensor: exact but for rounding. */
import { Lanes } from './lanes.js';
import type { Differentiable } from './differentiable.js';

/** Entries that are differentiated in one pass: wide enough that a pass's own work is a small share. */
const width = 64;

/** Something whose loss can be computed over any algebra. */
export type Exact = Pick<Differentiable, 'tensors'> & Required<Pick<Differentiable, 'lossOver'>>;

/**
 * dL/dθ at these values, one array per tensor.
 * @param onProgress called with the share of all entries that is done
 */
export function exactGradient(
  problem: Exact,
  values: readonly Float64Array[],
  onProgress: (done: number) => void = () => undefined,
): Float64Array[] {
  const lanes = new Lanes(width);
  const entries = values.flatMap((array, k) => Array.from(array, (_, j) => [k, j] as const));
  const gradients = values.map((array) => new Float64Array(array.length));
  const lifted = values.map((array) => Array.from(array, lanes.constant));
  for (let start = 0; start < entries.length; start += width) {
    const block = entries.slice(start, start + width);
    lanes.reset();
    block.forEach(([k, j], lane) => (lifted[k]![j] = lanes.variable(values[k]![j]!, lane)));
    const loss = problem.lossOver(lanes, lifted);
    block.forEach(([k, j], lane) => {
      gradients[k]![j] = lanes.tangent(loss, lane);
      lifted[k]![j] = lanes.constant(values[k]![j]!);
    });
    onProgress((start + block.length) / entries.length);
  }
  return gradients;
}
