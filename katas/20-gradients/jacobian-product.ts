import { NotImplemented } from 'bptt/kata';
import type { Matrix, Sequence } from 'bptt/kata';

/**
 * dh_T/dh_1 of the Elman network: the product that vanishes or explodes.
 *
 * hs   (T, H)  the hidden states h_1 … h_T, so hs[0] is h_1 and hs[T-1] is h_T
 * Whh  (H, H)
 *
 * Returns jacobian (H, H): jacobian[j][k] = d h_T[j] / d h_1[k]. For T = 1 it is the identity.
 */
export interface JacobianProductInput {
  hs: Sequence;
  Whh: Matrix;
}

export function jacobianProduct(input: JacobianProductInput): { jacobian: Matrix } {
  // TODO: one factor diag(1 - h_t²) Whh for every step from h_{t-1} to h_t, in the right order.
  throw new NotImplemented('jacobianProduct');
}
