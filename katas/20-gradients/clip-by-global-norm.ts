import { NotImplemented } from 'bptt/kata';
import type { Vector } from 'bptt/kata';

/**
 * Gradient clipping by global norm: bounds the length of the whole gradient and keeps its direction.
 *
 * gradients  a list of vectors of any lengths, one for each parameter of the network
 * maxNorm    the largest norm that may pass, above 0
 *
 * Returns clipped, the same list scaled (fresh vectors; unchanged values where the norm is not too large),
 * and norm, the norm over all entries of all vectors before clipping. No epsilon anywhere.
 */
export interface ClipByGlobalNormInput {
  gradients: Vector[];
  maxNorm: number;
}

export function clipByGlobalNorm(input: ClipByGlobalNormInput): {
  clipped: Vector[];
  norm: number;
} {
  // TODO: one norm over everything, one factor for everything.
  throw new NotImplemented('clipByGlobalNorm');
}
