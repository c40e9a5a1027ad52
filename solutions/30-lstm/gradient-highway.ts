import type { Sequence, Vector } from 'bptt/kata';

export interface GradientHighwayInput {
  fs: Sequence;
}

export function gradientHighway({ fs }: GradientHighwayInput): { highway: Vector } {
  const highway = new Float64Array(fs[0].length).fill(1);
  for (let t = 1; t < fs.length; t++) {
    for (let j = 0; j < highway.length; j++) highway[j] *= fs[t][j]; // dc_T/dc_1 = ∏_{t=2..T} diag(f_t)
  }
  return { highway };
}
