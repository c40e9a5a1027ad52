import type { Vector } from 'bptt/kata';

export interface ClipByGlobalNormInput {
  gradients: Vector[];
  maxNorm: number;
}

export function clipByGlobalNorm({ gradients, maxNorm }: ClipByGlobalNormInput): {
  clipped: Vector[];
  norm: number;
} {
  let squares = 0;
  for (const gradient of gradients) for (const g of gradient) squares += g * g;
  const norm = Math.sqrt(squares); // ‖g‖ = √(Σ over every entry of every vector)
  const factor = norm > maxNorm ? maxNorm / norm : 1; // never above 1: clipping does not enlarge
  const clipped = gradients.map((gradient) => gradient.map((g) => factor * g));
  return { clipped, norm };
}
