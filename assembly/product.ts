// Matrix products by panels: blocking, edges, and the four forms that src/engine/kernels/kernels.ts
// defines. Every element of C is one accumulator; splitting k only puts it down and takes it up again.
import { fourRows, oneRow } from './panel';
import { packAB, packABt, packReversed, transposeReversed } from './pack';

/** The most of k in one block: a panel of 16 columns is then 16 kB, half a level-1 cache. */
// @ts-ignore: decorator
@inline const depth: i32 = 128;
/** The rows of A in one block: 64 kB. */
// @ts-ignore: decorator
@inline const height: i32 = 64;

// Room for the edge of C: (4,16).
const edge: usize = memory.data(512, 16);

/** C (m,n) += A (m,k) P for the rows of one block. */
function addPanels(c: usize, ldc: i32, a: usize, lda: i32, p: usize, m: i32, n: i32, k: i32): void {
  const rowC = ldc << 3, rowA = lda << 3;
  if (m == 1) { // all whole panels in one call
    const whole = n & ~15;
    oneRow(c, a, p, whole, k);
    c += whole << 3;
    p += (whole * k) << 3;
    n -= whole;
  }
  for (let j = 0; j < n; j += 16) {
    const width = min(16, n - j);
    let ci = c + (j << 3), ai = a;
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      if (width == 16) {
        fourRows(ci, rowC, ai, rowA, p, 16, k);
      } else {
        for (let r = 0; r < 4; r++) memory.copy(edge + (r << 7), ci + r * rowC, width << 3);
        fourRows(edge, 128, ai, rowA, p, width, k);
        for (let r = 0; r < 4; r++) memory.copy(ci + r * rowC, edge + (r << 7), width << 3);
      }
      ci += rowC << 2;
      ai += rowA << 2;
    }
    for (; i < m; i++) {
      if (width == 16) oneRow(ci, ai, p, 16, k);
      else {
        memory.copy(edge, ci, width << 3);
        oneRow(edge, ai, p, 16, k);
        memory.copy(ci, edge, width << 3);
      }
      ci += rowC;
      ai += rowA;
    }
    p += k << 7;
  }
}

/**
 * C (m,n) += A (m,k) P with P (n/16 panels). Strides in elements. In blocks of rows, so that a block of A
 * stays in the cache while all panels pass over it.
 */
export function addPacked(c: usize, ldc: i32, a: usize, lda: i32, p: usize, m: i32, n: i32, k: i32): void {
  if (k == 0) return;
  for (let i = 0; i < m; i += height)
    addPanels(c + ((i * ldc) << 3), ldc, a + ((i * lda) << 3), lda, p, min(height, m - i), n, k);
}

/** C (1,n) += A (1,k) P, `times` times: how a row is multiplied within a time loop, for the bench. */
export function rowProduct(times: i32, c: usize, a: usize, p: usize, n: i32, k: i32): void {
  for (let t = 0; t < times; t++) addPacked(c, n, a, k, p, 1, n, k);
}

/** C (m,n) += A (m,k) B (k,n). `scratch` holds ⌈n/16⌉·16·min(k,128) numbers. */
export function addAB(c: usize, ldc: i32, a: usize, lda: i32, b: usize, ldb: i32, m: i32, n: i32, k: i32, scratch: usize): void {
  for (let l = 0; l < k; l += depth) {
    const some = min(depth, k - l);
    packAB(scratch, b + ((l * ldb) << 3), ldb, n, some);
    addPacked(c, ldc, a + (l << 3), lda, scratch, m, n, some);
  }
}

/** C (m,n) += A (m,k) Bᵀ with B (n,k). Scratch as for addAB. */
export function addABt(c: usize, ldc: i32, a: usize, lda: i32, b: usize, ldb: i32, m: i32, n: i32, k: i32, scratch: usize): void {
  for (let l = 0; l < k; l += depth) {
    const some = min(depth, k - l);
    packABt(scratch, b + (l << 3), ldb, n, some);
    addPacked(c, ldc, a + (l << 3), lda, scratch, m, n, some);
  }
}

/** C (m,n) += Aᵀ B with A (k,m), B (k,n), k descending. Scratch as for addAB and 64·128 numbers more. */
export function addAtB(c: usize, ldc: i32, a: usize, lda: i32, b: usize, ldb: i32, m: i32, n: i32, k: i32, scratch: usize): void {
  const panels = scratch + ((height * depth) << 3);
  for (let l = k; l > 0; l -= depth) {
    const some = min(depth, l);
    const from = l - some;
    packReversed(panels, b + ((from * ldb) << 3), ldb, n, some);
    for (let i = 0; i < m; i += height) {
      const rows = min(height, m - i);
      transposeReversed(scratch, a + ((from * lda + i) << 3), lda, rows, some);
      addPacked(c + ((i * ldc) << 3), ldc, scratch, some, panels, rows, n, some);
    }
  }
}

/** s (n) += the rows of A (k,n), k descending. */
export function addRows(s: usize, a: usize, n: i32, k: i32): void {
  for (let l = k - 1; l >= 0; l--) {
    const row = a + ((l * n) << 3);
    let j = 0;
    for (; j + 2 <= n; j += 2)
      v128.store(s + (j << 3), f64x2.add(v128.load(s + (j << 3)), v128.load(row + (j << 3))));
    if (j < n) store<f64>(s + (j << 3), load<f64>(s + (j << 3)) + load<f64>(row + (j << 3)));
  }
}
