import { NotImplemented } from 'bptt/kata';
import type { Vector } from 'bptt/kata';

/**
 * Softmax and cross-entropy as one function, with the gradient.
 *
 * logits  (O)  one number per class, any size: ±1000 must neither overflow nor give an infinite loss
 * target       the index of the right class, 0 … O-1
 *
 * Returns loss = -ln p[target] in nats, where p = softmax(logits), and dLogits (O) = dloss/dlogits.
 */
export interface SoftmaxCrossEntropyInput {
  logits: Vector;
  target: number;
}

export function softmaxCrossEntropy(input: SoftmaxCrossEntropyInput): {
  loss: number;
  dLogits: Vector;
} {
  // TODO: subtract the largest logit before exp; the gradient is shorter than you may fear.
  throw new NotImplemented('softmaxCrossEntropy');
}
