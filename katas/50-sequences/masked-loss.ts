import { NotImplemented } from 'bptt/kata';
import type { Sequence, Vector } from 'bptt/kata';

/**
 * The loss of a padded batch: the mean over the steps that are there.
 *
 * losses   (T, B)  losses[t][n] is the loss of sequence n at step t, time first
 * lengths  (B)     lengths[n] is how many steps sequence n really has, 1 … T; what follows is padding
 *
 * Returns the loss, one number. A model trained on it has never seen the padding.
 */
export interface MaskedLossInput {
  losses: Sequence;
  lengths: Vector;
}

export function maskedLoss(input: MaskedLossInput): { loss: number } {
  // TODO: add up what counts, count it, divide.
  throw new NotImplemented('maskedLoss');
}
