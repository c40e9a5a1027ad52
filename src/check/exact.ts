/** The gradient by dual numbers, every entry of every tensor: exact but for rounding. */
import { Lanes } from './lanes.js';
import type { Differentiable } from './differentiable.js';

/** Entries that are differentiated in one pass: so many that the values are a small share, so few that the tangents stay in the cache. */
const width = 192;

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
  const total = values.reduce((sum, { length }) => sum + length, 0);
  const flat = new Float64Array(total);
  const lanes = new Lanes(Math.min(width, total));
  for (let start = 0; start < total; start += width) {
    const end = Math.min(start + width, total);
    lanes.reset();
    let entry = 0;
    const lifted = values.map((array) =>
      Array.from(array, (v) => {
        const lane = entry++ - start;
        return lane >= 0 && lane < width ? lanes.variable(v, lane) : lanes.constant(v);
      }),
    );
    const loss = problem.lossOver(lanes, lifted);
    for (let e = start; e < end; e++) flat[e] = lanes.tangent(loss, e - start);
    onProgress(end / total);
  }
  let at = 0;
  return values.map(({ length }) => flat.slice(at, (at += length)));
}
