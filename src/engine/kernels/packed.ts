/** Packed products as plain loops: what the panels of kernels.ts mean. */
import { packedSize } from './kernels.js';
import { startFrom } from './rows.js';
import type { Pack, PackedProduct } from './kernels.js';

const pack =
  (element: (B: Float64Array, ldb: number, l: number, j: number) => number): Pack =>
  (P, B, ldb, n, k) => {
    P.fill(0, 0, packedSize(n, k));
    for (let j = 0; j < n; j++)
      for (let l = 0; l < k; l++) P[((j >> 4) * k + l) * 16 + (j & 15)] = element(B, ldb, l, j);
  };

export const packAB = pack((B, ldb, l, j) => B[l * ldb + j]);
export const packABt = pack((B, ldb, l, j) => B[j * ldb + l]);

export const addPacked: PackedProduct = (C, ldc, A, lda, P, m, n, k, from) => {
  startFrom(from, C, ldc, m, n);
  for (let first = 0; first < n; first += 16) {
    const panel = first * k;
    const width = Math.min(16, n - first);
    for (let i = 0; i < m; i++) {
      const row = i * ldc + first;
      for (let l = 0; l < k; l++) {
        const a = A[i * lda + l];
        for (let j = 0; j < width; j++) C[row + j] += a * P[panel + l * 16 + j];
      }
    }
  }
};
