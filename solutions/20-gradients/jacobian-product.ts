import { zeroMatrix } from 'bptt/kata';
import type { Matrix, Sequence } from 'bptt/kata';

export interface JacobianProductInput {
  hs: Sequence;
  Whh: Matrix;
}

export function jacobianProduct({ hs, Whh }: JacobianProductInput): { jacobian: Matrix } {
  const H = Whh.length;
  let jacobian = zeroMatrix(H, H);
  for (let j = 0; j < H; j++) jacobian[j][j] = 1; // dh_1/dh_1 = I
  for (const h of hs.slice(1)) {
    const next = zeroMatrix(H, H);
    for (let j = 0; j < H; j++)
      for (let k = 0; k < H; k++) {
        for (let m = 0; m < H; m++) next[j][k] += Whh[j][m] * jacobian[m][k];
        next[j][k] *= 1 - h[j] ** 2; // dh_t/dh_1 = diag(1 - h_t²) W_hh dh_{t-1}/dh_1
      }
    jacobian = next;
  }
  return { jacobian };
}
