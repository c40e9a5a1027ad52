/**
 * Gradient clipping by global norm (Pascanu, Mikolov & Bengio 2013): the exact rule, without the 1e-6
 * that PyTorch adds to the norm. It bounds the step's length and keeps its direction.
 *
 *   g ← g · maxNorm / ‖g‖   where ‖g‖ > maxNorm,   ‖g‖ = √(Σ over every entry of every array of g²)
 */
import { EngineError } from './errors.js';

/** The largest |v| of all entries of all arrays; 0 where there is none, NaN where one is NaN. */
function largestOf(arrays: readonly Float64Array[]): number {
  let largest = 0;
  for (const array of arrays)
    for (const g of array) {
      if (Number.isNaN(g)) return NaN;
      largest = Math.max(largest, Math.abs(g));
    }
  return largest;
}

/** ‖g‖₂ over all arrays together, one number; the largest entry is divided out, so that squares neither overflow nor vanish. */
export function globalNorm(gradients: readonly Float64Array[]): number {
  const largest = largestOf(gradients);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (const array of gradients) for (const g of array) sum += (g / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/**
 * Clips in place and returns ‖g‖ as it was before. A norm that is not finite has no direction: the
 * gradients then stay as they are, and the caller sees it by the norm.
 *
 * @example
 * ```ts
 * import { clipGlobalNorm } from 'bptt';
 *
 * const gradients = [Float64Array.of(3), Float64Array.of(4)];
 * clipGlobalNorm(gradients, 2.5); // → 5
 * gradients; // → [[1.5], [2]]
 * ```
 *
 * @throws {EngineError} unless maxNorm is a number above 0.
 */
export function clipGlobalNorm(gradients: readonly Float64Array[], maxNorm: number): number {
  if (!(maxNorm > 0))
    throw new EngineError(`Expected maxNorm to be a number above 0, got ${maxNorm}.`);
  const norm = globalNorm(gradients);
  if (!(norm > maxNorm) || norm === Infinity) return norm;
  const factor = maxNorm / norm;
  for (const g of gradients) for (let j = 0; j < g.length; j++) g[j] *= factor; // g ← g · maxNorm / ‖g‖
  return norm;
}
