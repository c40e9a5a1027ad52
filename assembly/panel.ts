// The two inner loops of every product, on panels: 16 columns of B, packed as [k][16]. One accumulator per
// element of C, k ascending, multiply then add: the same bits as the plain loop.
// Not: blocking, edges or packing, which are in product.ts and pack.ts.
//
// Why they are written out: the runtime's compiler moves all loads of a straight piece of code to its front; with
// more than some six of them there the sums no longer fit the fifteen registers, and the rate halves. So no piece has
// more than six: each ends where the loop could be left, with the sums alive on both ways. It never is (x is an
// address, not 1), but every piece asks for another number, or the compiler would see that. Four rows of P a round,
// at fixed distances: what a round costs beside its multiply-adds is then a twentieth of it.

/** C (1,n) := F (1,n) + A (1,k) P with n a multiple of 16: panel after panel. F may be C. */
export function oneRow(c: usize, f: usize, a: usize, p: usize, n: i32, k: i32): void {
  for (const end = c + (n << 3); c < end; c += 128, f += 128) {
    let c0 = v128.load(f), c1 = v128.load(f, 16), c2 = v128.load(f, 32), c3 = v128.load(f, 48);
    let c4 = v128.load(f, 64), c5 = v128.load(f, 80), c6 = v128.load(f, 96), c7 = v128.load(f, 112);
    let x = a;
    const rounds = p + ((k & ~3) << 7), last = p + (k << 7);
    while (p < rounds) {
      let s = v128.load64_splat(x);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p, 16)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p, 32)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p, 48)));
      if (x == 1) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p, 64)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p, 80)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p, 96)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p, 112)));
      if (x == 2) break;
      s = v128.load64_splat(x, 8);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p, 128)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p, 144)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p, 160)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p, 176)));
      if (x == 3) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p, 192)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p, 208)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p, 224)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p, 240)));
      if (x == 4) break;
      s = v128.load64_splat(x, 16);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p, 256)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p, 272)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p, 288)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p, 304)));
      if (x == 5) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p, 320)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p, 336)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p, 352)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p, 368)));
      if (x == 6) break;
      s = v128.load64_splat(x, 24);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p, 384)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p, 400)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p, 416)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p, 432)));
      if (x == 7) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p, 448)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p, 464)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p, 480)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p, 496)));
      p += 512; x += 32;
    }
    while (p < last) {
      let s = v128.load64_splat(x);
      c0 = f64x2.add(c0, f64x2.mul(s, v128.load(p)));
      c1 = f64x2.add(c1, f64x2.mul(s, v128.load(p, 16)));
      c2 = f64x2.add(c2, f64x2.mul(s, v128.load(p, 32)));
      c3 = f64x2.add(c3, f64x2.mul(s, v128.load(p, 48)));
      if (x == 8) break;
      c4 = f64x2.add(c4, f64x2.mul(s, v128.load(p, 64)));
      c5 = f64x2.add(c5, f64x2.mul(s, v128.load(p, 80)));
      c6 = f64x2.add(c6, f64x2.mul(s, v128.load(p, 96)));
      c7 = f64x2.add(c7, f64x2.mul(s, v128.load(p, 112)));
      p += 128; x += 8;
    }
    v128.store(c, c0); v128.store(c, c1, 16); v128.store(c, c2, 32); v128.store(c, c3, 48);
    v128.store(c, c4, 64); v128.store(c, c5, 80); v128.store(c, c6, 96); v128.store(c, c7, 112);
  }
}

/** C (4,n) := F (4,n) + A (4,k) P with P a panel and n a multiple of 4, at most 16: four columns at a time. Distances of rows in bytes. */
export function fourRows(c: usize, ldc: usize, f: usize, ldf: usize, a: usize, lda: usize, panel: usize, n: i32, k: i32): void {
  const a1 = a + lda, a2 = a1 + lda, a3 = a2 + lda;
  for (const end = c + (n << 3); c < end; c += 32, f += 32, panel += 32) {
    const f1 = f + ldf, f2 = f1 + ldf, f3 = f2 + ldf;
    let c0 = v128.load(f), c1 = v128.load(f, 16);
    let c2 = v128.load(f1), c3 = v128.load(f1, 16);
    let c4 = v128.load(f2), c5 = v128.load(f2, 16);
    let c6 = v128.load(f3), c7 = v128.load(f3, 16);
    let p = panel, x = a, y = a1, z = a2, w = a3;
    const rounds = p + ((k & ~3) << 7), last = p + (k << 7);
    while (p < rounds) {
      let p0 = v128.load(p), p1 = v128.load(p, 16), s = v128.load64_splat(x);
      c0 = f64x2.add(c0, f64x2.mul(s, p0)); c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(y);
      c2 = f64x2.add(c2, f64x2.mul(s, p0)); c3 = f64x2.add(c3, f64x2.mul(s, p1));
      if (x == 1) break;
      s = v128.load64_splat(z);
      c4 = f64x2.add(c4, f64x2.mul(s, p0)); c5 = f64x2.add(c5, f64x2.mul(s, p1));
      s = v128.load64_splat(w);
      c6 = f64x2.add(c6, f64x2.mul(s, p0)); c7 = f64x2.add(c7, f64x2.mul(s, p1));
      if (x == 2) break;
      p0 = v128.load(p, 128); p1 = v128.load(p, 144); s = v128.load64_splat(x, 8);
      c0 = f64x2.add(c0, f64x2.mul(s, p0)); c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(y, 8);
      c2 = f64x2.add(c2, f64x2.mul(s, p0)); c3 = f64x2.add(c3, f64x2.mul(s, p1));
      if (x == 3) break;
      s = v128.load64_splat(z, 8);
      c4 = f64x2.add(c4, f64x2.mul(s, p0)); c5 = f64x2.add(c5, f64x2.mul(s, p1));
      s = v128.load64_splat(w, 8);
      c6 = f64x2.add(c6, f64x2.mul(s, p0)); c7 = f64x2.add(c7, f64x2.mul(s, p1));
      if (x == 4) break;
      p0 = v128.load(p, 256); p1 = v128.load(p, 272); s = v128.load64_splat(x, 16);
      c0 = f64x2.add(c0, f64x2.mul(s, p0)); c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(y, 16);
      c2 = f64x2.add(c2, f64x2.mul(s, p0)); c3 = f64x2.add(c3, f64x2.mul(s, p1));
      if (x == 5) break;
      s = v128.load64_splat(z, 16);
      c4 = f64x2.add(c4, f64x2.mul(s, p0)); c5 = f64x2.add(c5, f64x2.mul(s, p1));
      s = v128.load64_splat(w, 16);
      c6 = f64x2.add(c6, f64x2.mul(s, p0)); c7 = f64x2.add(c7, f64x2.mul(s, p1));
      if (x == 6) break;
      p0 = v128.load(p, 384); p1 = v128.load(p, 400); s = v128.load64_splat(x, 24);
      c0 = f64x2.add(c0, f64x2.mul(s, p0)); c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(y, 24);
      c2 = f64x2.add(c2, f64x2.mul(s, p0)); c3 = f64x2.add(c3, f64x2.mul(s, p1));
      if (x == 7) break;
      s = v128.load64_splat(z, 24);
      c4 = f64x2.add(c4, f64x2.mul(s, p0)); c5 = f64x2.add(c5, f64x2.mul(s, p1));
      s = v128.load64_splat(w, 24);
      c6 = f64x2.add(c6, f64x2.mul(s, p0)); c7 = f64x2.add(c7, f64x2.mul(s, p1));
      p += 512; x += 32; y += 32; z += 32; w += 32;
    }
    while (p < last) {
      let p0 = v128.load(p), p1 = v128.load(p, 16), s = v128.load64_splat(x);
      c0 = f64x2.add(c0, f64x2.mul(s, p0)); c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(y);
      c2 = f64x2.add(c2, f64x2.mul(s, p0)); c3 = f64x2.add(c3, f64x2.mul(s, p1));
      if (x == 8) break;
      s = v128.load64_splat(z);
      c4 = f64x2.add(c4, f64x2.mul(s, p0)); c5 = f64x2.add(c5, f64x2.mul(s, p1));
      s = v128.load64_splat(w);
      c6 = f64x2.add(c6, f64x2.mul(s, p0)); c7 = f64x2.add(c7, f64x2.mul(s, p1));
      p += 128; x += 8; y += 8; z += 8; w += 8;
    }
    const d1 = c + ldc, d2 = d1 + ldc, d3 = d2 + ldc;
    v128.store(c, c0); v128.store(c, c1, 16);
    v128.store(d1, c2); v128.store(d1, c3, 16);
    v128.store(d2, c4); v128.store(d2, c5, 16);
    v128.store(d3, c6); v128.store(d3, c7, 16);
  }
}
