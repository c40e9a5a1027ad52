// Copies of a matrix in the order in which the inner loops read it: panels of 16 columns, [n/16][k][16].
// The last panel's missing columns are zero; what they give is never stored. Strides in elements.

/** P := panels of B (k,n). */
export function packAB(p: usize, b: usize, ldb: i32, n: i32, k: i32): void {
  for (let j = 0; j < n; j += 16) {
    const width = min(16, n - j);
    let row = b + (j << 3);
    for (let l = 0; l < k; l++) {
      if (width == 16) {
        v128.store(p, v128.load(row)); v128.store(p, v128.load(row, 16), 16);
        v128.store(p, v128.load(row, 32), 32); v128.store(p, v128.load(row, 48), 48);
        v128.store(p, v128.load(row, 64), 64); v128.store(p, v128.load(row, 80), 80);
        v128.store(p, v128.load(row, 96), 96); v128.store(p, v128.load(row, 112), 112);
      } else {
        for (let c = 0; c < 16; c++)
          store<f64>(p + (c << 3), c < width ? load<f64>(row + (c << 3)) : 0.0);
      }
      p += 128;
      row += ldb << 3;
    }
  }
}

/** P := panels of B (k,n) with the rows in reverse order, so that k runs from the end. */
export function packReversed(p: usize, b: usize, ldb: i32, n: i32, k: i32): void {
  packAB(p, b + (((k - 1) * ldb) << 3), -ldb, n, k);
}

/** P := panels of Bᵀ with B (n,k). */
export function packABt(p: usize, b: usize, ldb: i32, n: i32, k: i32): void {
  const step = ldb << 3;
  for (let j = 0; j < n; j += 16) {
    for (let c = 0; c < 16; c += 2) {
      const to = p + (c << 3);
      const row = b + (j + c) * step;
      if (j + c + 1 < n) transposeTwo(to, row, row + step, k);
      else for (let l = 0; l < k; l++) {
        store<f64>(to + (l << 7), j + c < n ? load<f64>(row + (l << 3)) : 0.0);
        store<f64>(to + (l << 7), 0.0, 8);
      }
    }
    p += k << 7;
  }
}

/** Two rows become two neighbouring columns of a panel. */
// @ts-ignore: decorator
@inline function transposeTwo(to: usize, row0: usize, row1: usize, k: i32): void {
  const end = to + ((k & ~1) << 7);
  for (; to < end; to += 256, row0 += 16, row1 += 16) {
    const u = v128.load(row0), v = v128.load(row1);
    v128.store(to, v128.shuffle<f64>(u, v, 0, 2));
    v128.store(to, v128.shuffle<f64>(u, v, 1, 3), 128);
  }
  if (k & 1) {
    store<f64>(to, load<f64>(row0));
    store<f64>(to, load<f64>(row1), 8);
  }
}

/** Q (m,k) := Aᵀ with A (k,m), its rows in reverse order. */
export function transposeReversed(q: usize, a: usize, lda: i32, m: i32, k: i32): void {
  const step = lda << 3;
  for (let l = 0; l + 2 <= k; l += 2) {
    const row0 = a + (k - 1 - l) * step, row1 = row0 - step;
    let to = q + (l << 3);
    let i = 0;
    for (; i + 2 <= m; i += 2) {
      const u = v128.load(row0 + (i << 3)), v = v128.load(row1 + (i << 3));
      v128.store(to, v128.shuffle<f64>(u, v, 0, 2));
      v128.store(to + (k << 3), v128.shuffle<f64>(u, v, 1, 3));
      to += k << 4;
    }
    if (i < m) {
      store<f64>(to, load<f64>(row0 + (i << 3)));
      store<f64>(to, load<f64>(row1 + (i << 3)), 8);
    }
  }
  if (k & 1) for (let i = 0; i < m; i++) store<f64>(q + ((i * k + k - 1) << 3), load<f64>(a + (i << 3)));
}
