import type { Vector } from 'bptt/kata';

export interface SoftmaxCrossEntropyInput {
  logits: Vector;
  target: number;
}

export function softmaxCrossEntropy({ logits, target }: SoftmaxCrossEntropyInput): {
  loss: number;
  dLogits: Vector;
} {
  const m = Math.max(...logits); // the largest exponent becomes 0: nothing overflows
  const e = logits.map((z) => Math.exp(z - m));
  const sum = e.reduce((total, v) => total + v, 0);
  const loss = Math.log(sum) + (m - logits[target]); // L = ln Σ_j exp(z_j) - z_target, no ln of a rounded p
  const dLogits = e.map((v) => v / sum); // p = softmax(z)
  dLogits[target] -= 1; // dz = p - onehot(target)
  return { loss, dLogits };
}
