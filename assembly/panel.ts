// The two inner loops of every product, on one panel: 16 columns of B, packed as [k][16]. One
// accumulator per element of C, k ascending, multiply then add: the same bits as the plain loop.
// Not: blocking, edges or packing, which are in product.ts and pack.ts.

/** C (1,16) += A (1,k) P. Unrolled by two, which doubles the rate: the loop's own check costs as much as its work. */
export function oneRow(c: usize, a: usize, p: usize, k: i32): void {
  let c0 = v128.load(c), c1 = v128.load(c, 16), c2 = v128.load(c, 32), c3 = v128.load(c, 48);
  let c4 = v128.load(c, 64), c5 = v128.load(c, 80), c6 = v128.load(c, 96), c7 = v128.load(c, 112);
  const end = p + ((k & ~1) << 7);
  while (p < end) {
    let s = v128.load64_splat(a);
    c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p)));
    c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p, 16)));
    c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p, 32)));
    c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p, 48)));
    c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p, 64)));
    c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p, 80)));
    c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p, 96)));
    c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p, 112)));
    s = v128.load64_splat(a, 8);
    c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p, 128)));
    c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p, 144)));
    c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p, 160)));
    c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p, 176)));
    c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p, 192)));
    c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p, 208)));
    c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p, 224)));
    c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p, 240)));
    a += 16;
    p += 256;
  }
  if (k & 1) {
    const s = v128.load64_splat(a);
    c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p)));
    c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p, 16)));
    c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p, 32)));
    c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p, 48)));
    c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p, 64)));
    c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p, 80)));
    c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p, 96)));
    c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p, 112)));
  }
  v128.store(c, c0); v128.store(c, c1, 16); v128.store(c, c2, 32); v128.store(c, c3, 48);
  v128.store(c, c4, 64); v128.store(c, c5, 80); v128.store(c, c6, 96); v128.store(c, c7, 112);
}

/**
 * C (4,4) += A (4,k) P with P four columns of a panel. `lda` and `ldc` in bytes. Not unrolled: the runtime's
 * compiler would hoist the loads of all copies, run out of registers, and lose a quarter of the rate.
 */
export function fourRows(c: usize, ldc: usize, a: usize, lda: usize, p: usize, k: i32): void {
  const d1 = c + ldc, d2 = d1 + ldc, d3 = d2 + ldc;
  let c0 = v128.load(c), c1 = v128.load(c, 16);
  let c2 = v128.load(d1), c3 = v128.load(d1, 16);
  let c4 = v128.load(d2), c5 = v128.load(d2, 16);
  let c6 = v128.load(d3), c7 = v128.load(d3, 16);
  let a1 = a + lda, a2 = a1 + lda, a3 = a2 + lda;
  const end = a + (k << 3);
  while (a < end) {
    const b0 = v128.load(p), b1 = v128.load(p, 16);
    let s = v128.load64_splat(a);
    c0 = f64x2.add(c0, f64x2.mul(s, b0)); c1 = f64x2.add(c1, f64x2.mul(s, b1));
    s = v128.load64_splat(a1);
    c2 = f64x2.add(c2, f64x2.mul(s, b0)); c3 = f64x2.add(c3, f64x2.mul(s, b1));
    s = v128.load64_splat(a2);
    c4 = f64x2.add(c4, f64x2.mul(s, b0)); c5 = f64x2.add(c5, f64x2.mul(s, b1));
    s = v128.load64_splat(a3);
    c6 = f64x2.add(c6, f64x2.mul(s, b0)); c7 = f64x2.add(c7, f64x2.mul(s, b1));
    a += 8; a1 += 8; a2 += 8; a3 += 8;
    p += 128;
  }
  v128.store(c, c0); v128.store(c, c1, 16);
  v128.store(d1, c2); v128.store(d1, c3, 16);
  v128.store(d2, c4); v128.store(d2, c5, 16);
  v128.store(d3, c6); v128.store(d3, c7, 16);
}
