// The two inner loops of every product, on one panel: 16 columns of B, packed as [k][16]. One
// accumulator per element of C, k ascending, multiply then add: the same bits as the plain loop.
// Not: blocking, edges or packing, which are in product.ts and pack.ts.

/**
 * C (1,n) += A (1,k) P with n a multiple of 16 and k > 0: panel after panel. The runtime's compiler moves all loads
 * of a straight piece of code to its front; with more than some six of them there the sums no longer fit the fifteen
 * registers, and the rate halves. So no piece has more than six: each ends where the loop could be left, with the
 * sums alive on both ways. After half a row that is never so (x, an address, is not 0). Four rows of P a round,
 * for the round costs ten instructions of its own.
 */
export function oneRow(c: usize, a: usize, p: usize, n: i32, k: i32): void {
  for (const end = c + (n << 3); c < end; c += 128) {
    let c0 = v128.load(c), c1 = v128.load(c, 16), c2 = v128.load(c, 32), c3 = v128.load(c, 48);
    let c4 = v128.load(c, 64), c5 = v128.load(c, 80), c6 = v128.load(c, 96), c7 = v128.load(c, 112);
    const last = p + ((k - 1) << 7);
    let row = p - 128, x = a - 8;
    while (true) {
      const p0 = row + 128, x0 = x + 8;
      let s = v128.load64_splat(x0);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p0)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p0, 16)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p0, 32)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p0, 48)));
      if (!x0) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p0, 64)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p0, 80)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p0, 96)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p0, 112)));
      if (p0 == last) break;
      const p1 = p0 + 128, x1 = x0 + 8;
      s = v128.load64_splat(x1);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p1)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p1, 16)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p1, 32)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p1, 48)));
      if (!x1) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p1, 64)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p1, 80)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p1, 96)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p1, 112)));
      if (p1 == last) break;
      const p2 = p1 + 128, x2 = x1 + 8;
      s = v128.load64_splat(x2);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p2)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p2, 16)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p2, 32)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p2, 48)));
      if (!x2) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p2, 64)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p2, 80)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p2, 96)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p2, 112)));
      if (p2 == last) break;
      const p3 = p2 + 128, x3 = x2 + 8;
      s = v128.load64_splat(x3);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p3)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p3, 16)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p3, 32)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p3, 48)));
      if (!x3) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p3, 64)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p3, 80)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p3, 96)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p3, 112)));
      if (p3 == last) break;
      row = p3;
      x = x3;
    }
    v128.store(c, c0); v128.store(c, c1, 16); v128.store(c, c2, 32); v128.store(c, c3, 48);
    v128.store(c, c4, 64); v128.store(c, c5, 80); v128.store(c, c6, 96); v128.store(c, c7, 112);
    p = last + 128;
  }
}

/** C (4,4) += A (4,k) P with P four columns of a panel and k > 0. `lda` and `ldc` in bytes. Pieces as in oneRow. */
export function fourRows(c: usize, ldc: usize, a: usize, lda: usize, p: usize, k: i32): void {
  const d1 = c + ldc, d2 = d1 + ldc, d3 = d2 + ldc;
  let c0 = v128.load(c), c1 = v128.load(c, 16);
  let c2 = v128.load(d1), c3 = v128.load(d1, 16);
  let c4 = v128.load(d2), c5 = v128.load(d2, 16);
  let c6 = v128.load(d3), c7 = v128.load(d3, 16);
  const last = p + ((k - 1) << 7);
  let row = p - 128, x = a - 8, y = x + lda, z = y + lda, w = z + lda;
  while (true) {
    const p0 = row + 128, x0 = x + 8, y0 = y + 8, z0 = z + 8, w0 = w + 8;
    let b0 = v128.load(p0), b1 = v128.load(p0, 16);
    let s = v128.load64_splat(x0);
    c0 = f64x2.add(c0, f64x2.mul(s, b0)); c1 = f64x2.add(c1, f64x2.mul(s, b1));
    s = v128.load64_splat(y0);
    c2 = f64x2.add(c2, f64x2.mul(s, b0)); c3 = f64x2.add(c3, f64x2.mul(s, b1));
    if (!x0) break;
    s = v128.load64_splat(z0);
    c4 = f64x2.add(c4, f64x2.mul(s, b0)); c5 = f64x2.add(c5, f64x2.mul(s, b1));
    s = v128.load64_splat(w0);
    c6 = f64x2.add(c6, f64x2.mul(s, b0)); c7 = f64x2.add(c7, f64x2.mul(s, b1));
    if (p0 == last) break;
    const p1 = p0 + 128, x1 = x0 + 8, y1 = y0 + 8, z1 = z0 + 8, w1 = w0 + 8;
    b0 = v128.load(p1); b1 = v128.load(p1, 16);
    s = v128.load64_splat(x1);
    c0 = f64x2.add(c0, f64x2.mul(s, b0)); c1 = f64x2.add(c1, f64x2.mul(s, b1));
    s = v128.load64_splat(y1);
    c2 = f64x2.add(c2, f64x2.mul(s, b0)); c3 = f64x2.add(c3, f64x2.mul(s, b1));
    if (!x1) break;
    s = v128.load64_splat(z1);
    c4 = f64x2.add(c4, f64x2.mul(s, b0)); c5 = f64x2.add(c5, f64x2.mul(s, b1));
    s = v128.load64_splat(w1);
    c6 = f64x2.add(c6, f64x2.mul(s, b0)); c7 = f64x2.add(c7, f64x2.mul(s, b1));
    if (p1 == last) break;
    const p2 = p1 + 128, x2 = x1 + 8, y2 = y1 + 8, z2 = z1 + 8, w2 = w1 + 8;
    b0 = v128.load(p2); b1 = v128.load(p2, 16);
    s = v128.load64_splat(x2);
    c0 = f64x2.add(c0, f64x2.mul(s, b0)); c1 = f64x2.add(c1, f64x2.mul(s, b1));
    s = v128.load64_splat(y2);
    c2 = f64x2.add(c2, f64x2.mul(s, b0)); c3 = f64x2.add(c3, f64x2.mul(s, b1));
    if (!x2) break;
    s = v128.load64_splat(z2);
    c4 = f64x2.add(c4, f64x2.mul(s, b0)); c5 = f64x2.add(c5, f64x2.mul(s, b1));
    s = v128.load64_splat(w2);
    c6 = f64x2.add(c6, f64x2.mul(s, b0)); c7 = f64x2.add(c7, f64x2.mul(s, b1));
    if (p2 == last) break;
    const p3 = p2 + 128, x3 = x2 + 8, y3 = y2 + 8, z3 = z2 + 8, w3 = w2 + 8;
    b0 = v128.load(p3); b1 = v128.load(p3, 16);
    s = v128.load64_splat(x3);
    c0 = f64x2.add(c0, f64x2.mul(s, b0)); c1 = f64x2.add(c1, f64x2.mul(s, b1));
    s = v128.load64_splat(y3);
    c2 = f64x2.add(c2, f64x2.mul(s, b0)); c3 = f64x2.add(c3, f64x2.mul(s, b1));
    if (!x3) break;
    s = v128.load64_splat(z3);
    c4 = f64x2.add(c4, f64x2.mul(s, b0)); c5 = f64x2.add(c5, f64x2.mul(s, b1));
    s = v128.load64_splat(w3);
    c6 = f64x2.add(c6, f64x2.mul(s, b0)); c7 = f64x2.add(c7, f64x2.mul(s, b1));
    if (p3 == last) break;
    row = p3; x = x3; y = y3; z = z3; w = w3;
  }
  v128.store(c, c0); v128.store(c, c1, 16);
  v128.store(d1, c2); v128.store(d1, c3, 16);
  v128.store(d2, c4); v128.store(d2, c5, 16);
  v128.store(d3, c6); v128.store(d3, c7, 16);
}
