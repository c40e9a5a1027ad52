// Products with Aᵀ, where A lies as it was computed and need not be turned: four neighbours of a row of A
// are four rows of Aᵀ. k ascending, in contrast to addAtB of product.ts. Not: any packing.

// Room for the edge of C: (4,16).
const edge: usize = memory.data(512, 16);

/** C (m,n) += Aᵀ P with A (k,m) and P packed by packAB, summed over k ascending. Strides in elements. */
export function addTransposed(c: usize, ldc: i32, a: usize, lda: i32, p: usize, m: i32, n: i32, k: i32): void {
  const rowC = ldc << 3, rowA = lda << 3;
  for (let j = 0; j < n; j += 16) {
    const width = min(16, n - j);
    const panel = p + ((j * k) << 3);
    for (let i = 0; i < m; i += 4) {
      const ai = a + (i << 3), ci = c + i * rowC + (j << 3);
      const rows = min(4, m - i);
      if (rows == 4 && width == 16) {
        fourColumns(ci, rowC, ai, rowA, panel, 16, k);
        continue;
      }
      for (let r = 0; r < rows; r++) memory.copy(edge + (r << 7), ci + r * rowC, width << 3);
      if (rows == 4) fourColumns(edge, 128, ai, rowA, panel, width, k);
      else for (let r = 0; r < rows; r++) oneColumn(edge + (r << 7), ai + (r << 3), rowA, panel, k);
      for (let r = 0; r < rows; r++) memory.copy(ci + r * rowC, edge + (r << 7), width << 3);
    }
  }
}

/** C (4,n) += Aᵀ P with A (k,4), P a panel and n a multiple of 4, at most 16. `lda` and `ldc` in bytes. Pieces as in panel.ts. */
function fourColumns(c: usize, ldc: usize, a: usize, lda: usize, panel: usize, n: i32, k: i32): void {
  for (const end = c + (n << 3); c < end; c += 32, panel += 32) {
    const d1 = c + ldc, d2 = d1 + ldc, d3 = d2 + ldc;
    let c0 = v128.load(c), c1 = v128.load(c, 16);
    let c2 = v128.load(d1), c3 = v128.load(d1, 16);
    let c4 = v128.load(d2), c5 = v128.load(d2, 16);
    let c6 = v128.load(d3), c7 = v128.load(d3, 16);
    let p = panel, x = a;
    const rounds = p + ((k & ~1) << 7), last = p + (k << 7);
    while (p < rounds) {
      let p0 = v128.load(p), p1 = v128.load(p, 16), s = v128.load64_splat(x);
      c0 = f64x2.add(c0, f64x2.mul(s, p0)); c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(x, 8);
      c2 = f64x2.add(c2, f64x2.mul(s, p0)); c3 = f64x2.add(c3, f64x2.mul(s, p1));
      if (x == 1) break;
      s = v128.load64_splat(x, 16);
      c4 = f64x2.add(c4, f64x2.mul(s, p0)); c5 = f64x2.add(c5, f64x2.mul(s, p1));
      s = v128.load64_splat(x, 24);
      c6 = f64x2.add(c6, f64x2.mul(s, p0)); c7 = f64x2.add(c7, f64x2.mul(s, p1));
      if (x == 2) break;
      const y = x + lda;
      p0 = v128.load(p, 128); p1 = v128.load(p, 144); s = v128.load64_splat(y);
      c0 = f64x2.add(c0, f64x2.mul(s, p0)); c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(y, 8);
      c2 = f64x2.add(c2, f64x2.mul(s, p0)); c3 = f64x2.add(c3, f64x2.mul(s, p1));
      if (x == 3) break;
      s = v128.load64_splat(y, 16);
      c4 = f64x2.add(c4, f64x2.mul(s, p0)); c5 = f64x2.add(c5, f64x2.mul(s, p1));
      s = v128.load64_splat(y, 24);
      c6 = f64x2.add(c6, f64x2.mul(s, p0)); c7 = f64x2.add(c7, f64x2.mul(s, p1));
      p += 256; x = y + lda;
    }
    if (p < last) {
      let p0 = v128.load(p), p1 = v128.load(p, 16), s = v128.load64_splat(x);
      c0 = f64x2.add(c0, f64x2.mul(s, p0)); c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(x, 8);
      c2 = f64x2.add(c2, f64x2.mul(s, p0)); c3 = f64x2.add(c3, f64x2.mul(s, p1));
      s = v128.load64_splat(x, 16);
      c4 = f64x2.add(c4, f64x2.mul(s, p0)); c5 = f64x2.add(c5, f64x2.mul(s, p1));
      s = v128.load64_splat(x, 24);
      c6 = f64x2.add(c6, f64x2.mul(s, p0)); c7 = f64x2.add(c7, f64x2.mul(s, p1));
    }
    v128.store(c, c0); v128.store(c, c1, 16);
    v128.store(d1, c2); v128.store(d1, c3, 16);
    v128.store(d2, c4); v128.store(d2, c5, 16);
    v128.store(d3, c6); v128.store(d3, c7, 16);
  }
}

/** C (1,16) += Aᵀ P with A (k,1): the rows that are left over. */
function oneColumn(c: usize, a: usize, lda: usize, p: usize, k: i32): void {
  for (let l = 0; l < k; l++) {
    const s = v128.load64_splat(a);
    for (let at = c, end = c + 128; at < end; at += 16, p += 16)
      v128.store(at, f64x2.add(v128.load(at), f64x2.mul(s, v128.load(p))));
    a += lda;
  }
}
