/** The kernels as plain loops: exact, portable, the definition that every other set is compared with. */
import type { Kernels } from './kernels.js';

export const loops: Kernels = {
  name: 'loops',

  addAB(C, ldc, A, lda, B, ldb, m, n, k) {
    for (let i = 0; i < m; i++) {
      for (let l = 0; l < k; l++) {
        const a = A[i * lda + l];
        for (let j = 0; j < n; j++) C[i * ldc + j] += a * B[l * ldb + j];
      }
    }
  },

  addABt(C, ldc, A, lda, B, ldb, m, n, k) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = C[i * ldc + j];
        for (let l = 0; l < k; l++) sum += A[i * lda + l] * B[j * ldb + l];
        C[i * ldc + j] = sum;
      }
    }
  },

  addAtB(C, ldc, A, lda, B, ldb, m, n, k) {
    for (let l = k - 1; l >= 0; l--) {
      for (let i = 0; i < m; i++) {
        const a = A[l * lda + i];
        for (let j = 0; j < n; j++) C[i * ldc + j] += a * B[l * ldb + j];
      }
    }
  },

  addRows(s, A, n, k) {
    for (let l = k - 1; l >= 0; l--) for (let j = 0; j < n; j++) s[j] += A[l * n + j];
  },
};
