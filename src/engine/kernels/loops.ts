/** The kernels as plain loops: exact, portable, the definition that every other set is compared with. */
import { exp, sigmoid, tanh } from '../elementary.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { onlineSoftmax } from './online-softmax.js';
import { addPacked, packAB, packABt } from './packed.js';
import { rnn } from './rnn.js';
import { startFrom } from './rows.js';
import type { Elementwise, Kernels } from './kernels.js';

const elementwise =
  (f: (x: number) => number): Elementwise =>
  (y, x, n) => {
    for (let j = 0; j < n; j++) y[j] = f(x[j]);
  };

/** The kernels as plain loops: they run everywhere, and are what the SIMD ones are compared with, bit by bit. */
export const loops: Kernels = {
  name: 'loops',
  memory: {
    take: (length) => new Float64Array(length), // the runtime's own: throws where there is no room
    give: () => undefined, // the collector takes it
    bytes: undefined,
  },

  addAB(C, ldc, A, lda, B, ldb, m, n, k, from) {
    startFrom(from, C, ldc, m, n);
    for (let i = 0; i < m; i++) {
      for (let l = 0; l < k; l++) {
        const a = A[i * lda + l];
        for (let j = 0; j < n; j++) C[i * ldc + j] += a * B[l * ldb + j];
      }
    }
  },

  addABt(C, ldc, A, lda, B, ldb, m, n, k, from) {
    startFrom(from, C, ldc, m, n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = C[i * ldc + j];
        for (let l = 0; l < k; l++) sum += A[i * lda + l] * B[j * ldb + l];
        C[i * ldc + j] = sum;
      }
    }
  },

  addAtB(C, ldc, A, lda, B, ldb, m, n, k, from) {
    startFrom(from, C, ldc, m, n);
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

  packAB,
  packABt,
  addPacked,

  exp: elementwise(exp),
  tanh: elementwise(tanh),
  sigmoid: elementwise(sigmoid),

  rnn,
  lstm,
  gru,
  onlineSoftmax,
};
