// Matrix products by panels: blocking, edges, and the four forms that src/engine/kernels/kernels.ts
// defines. Every element of C is one accumulator; splitting k only puts it down and takes it up again.
// It starts from an element of F: C itself, or one row for all rows of C (ldf = 0).
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

/** C (m,n) := F + A (m,k) P for the rows of one block. */
function panels(c: usize, ldc: i32, f: usize, ldf: i32, a: usize, lda: i32, p: usize, m: i32, n: i32, k: i32): void {
  const rowC = ldc << 3, rowF = ldf << 3, rowA = lda << 3;
  if (m == 1) { // all whole panels in one call
    const whole = n & ~15;
    oneRow(c, f, a, p, whole, k);
    c += whole << 3;
    f += whole << 3;
    p += (whole * k) << 3;
    n -= whole;
  }
  for (let j = 0; j < n; j += 16) {
    const width = min(16, n - j);
    let ci = c + (j << 3), fi = f + (j << 3), ai = a;
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      if (width == 16) {
        fourRows(ci, rowC, fi, rowF, ai, rowA, p, 16, k);
      } else {
        for (let r = 0; r < 4; r++) memory.copy(edge + (r << 7), fi + r * rowF, width << 3);
        fourRows(edge, 128, edge, 128, ai, rowA, p, width, k);
        for (let r = 0; r < 4; r++) memory.copy(ci + r * rowC, edge + (r << 7), width << 3);
      }
      ci += rowC << 2;
      fi += rowF << 2;
      ai += rowA << 2;
    }
    for (; i < m; i++) {
      if (width == 16) oneRow(ci, fi, ai, p, 16, k);
      else {
        memory.copy(edge, fi, width << 3);
        oneRow(edge, edge, ai, p, 16, k);
        memory.copy(ci, edge, width << 3);
      }
      ci += rowC;
      fi += rowF;
      ai += rowA;
    }
    p += k << 7;
  }
}

/**
 * C (m,n) := F + A (m,k) P with P (n/16 panels). Strides in elements. In blocks of rows, so that a block of A
 * stays in the cache while all panels pass over it.
 */
export function packedOnto(c: usize, ldc: i32, f: usize, ldf: i32, a: usize, lda: i32, p: usize, m: i32, n: i32, k: i32): void {
  for (let i = 0; i < m; i += height)
    panels(c + ((i * ldc) << 3), ldc, f + ((i * ldf) << 3), ldf, a + ((i * lda) << 3), lda, p, min(height, m - i), n, k);
}

/** C (m,n) += A (m,k) P. */
export function addPacked(c: usize, ldc: i32, a: usize, lda: i32, p: usize, m: i32, n: i32, k: i32): void {
  packedOnto(c, ldc, c, ldc, a, lda, p, m, n, k);
}

/** C (1,n) += A (1,k) P, `times` times: how a row is multiplied within a time loop, for the bench. */
export function rowProduct(times: i32, c: usize, a: usize, p: usize, n: i32, k: i32): void {
  for (let t = 0; t < times; t++) addPacked(c, n, a, k, p, 1, n, k);
}

/** C (m,n) := F + A (m,k) B (k,n). `scratch` holds ⌈n/16⌉·16·min(k,128) numbers. */
export function addAB(c: usize, ldc: i32, f: usize, ldf: i32, a: usize, lda: i32, b: usize, ldb: i32, m: i32, n: i32, k: i32, scratch: usize): void {
  for (let l = 0; l < k; l += depth) {
    const some = min(depth, k - l);
    packAB(scratch, b + ((l * ldb) << 3), ldb, n, some);
    packedOnto(c, ldc, f, ldf, a + (l << 3), lda, scratch, m, n, some);
    f = c; ldf = ldc;
  }
}

/** C (m,n) := F + A (m,k) Bᵀ with B (n,k). Scratch as for addAB. */
export function addABt(c: usize, ldc: i32, f: usize, ldf: i32, a: usize, lda: i32, b: usize, ldb: i32, m: i32, n: i32, k: i32, scratch: usize): void {
  for (let l = 0; l < k; l += depth) {
    const some = min(depth, k - l);
    packABt(scratch, b + (l << 3), ldb, n, some);
    packedOnto(c, ldc, f, ldf, a + (l << 3), lda, scratch, m, n, some);
    f = c; ldf = ldc;
  }
}

/** C (m,n) := F + Aᵀ B with A (k,m), B (k,n), k descending. Scratch as for addAB and 64·128 numbers more. */
export function addAtB(c: usize, ldc: i32, f: usize, ldf: i32, a: usize, lda: i32, b: usize, ldb: i32, m: i32, n: i32, k: i32, scratch: usize): void {
  const packed = scratch + ((height * depth) << 3);
  for (let l = k; l > 0; l -= depth) {
    const some = min(depth, l);
    const from = l - some;
    packReversed(packed, b + ((from * ldb) << 3), ldb, n, some);
    for (let i = 0; i < m; i += height) {
      const rows = min(height, m - i);
      transposeReversed(scratch, a + ((from * lda + i) << 3), lda, rows, some);
      packedOnto(c + ((i * ldc) << 3), ldc, f + ((i * ldf) << 3), ldf, scratch, some, packed, rows, n, some);
    }
    f = c; ldf = ldc;
  }
}

/** s (n) += the rows of A (k,n), k descending: four rows at a time, then one. */
export function addRows(s: usize, a: usize, n: i32, k: i32): void {
  const step = n << 3, whole = s + (step & ~15), end = s + step;
  for (; k >= 4; k -= 4) {
    let r0 = a + (k - 4) * step, r1 = r0 + step, r2 = r1 + step, r3 = r2 + step;
    let to = s;
    for (; to < whole; to += 16, r0 += 16, r1 += 16, r2 += 16, r3 += 16) {
      const later = f64x2.add(f64x2.add(v128.load(to), v128.load(r3)), v128.load(r2));
      v128.store(to, f64x2.add(f64x2.add(later, v128.load(r1)), v128.load(r0)));
    }
    if (to < end) store<f64>(to, load<f64>(to) + load<f64>(r3) + load<f64>(r2) + load<f64>(r1) + load<f64>(r0));
  }
  for (; k > 0; k--) {
    let row = a + (k - 1) * step, to = s;
    for (; to < whole; to += 16, row += 16) v128.store(to, f64x2.add(v128.load(to), v128.load(row)));
    if (to < end) store<f64>(to, load<f64>(to) + load<f64>(row));
  }
}
