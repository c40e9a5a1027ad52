import type { Sequence, Vector } from 'bptt/kata';

export interface MaskedLossInput {
  losses: Sequence;
  lengths: Vector;
}

export function maskedLoss({ losses, lengths }: MaskedLossInput): { loss: number } {
  let sum = 0;
  let count = 0;
  for (const [n, length] of lengths.entries()) {
    for (let t = 0; t < length; t++) sum += losses[t][n]; // Σ_n Σ_{t < length_n} L_tn: the padding is never read
    count += length; // N = Σ_n length_n
  }
  return { loss: sum / count }; // one mean over all real steps, not a mean of means
}
