// The machine's ceiling for products without fused multiply-add: sixteen multiply-adds a round in eight
// accumulators that never leave their registers, and two loads that keep the products from being constant.
// What a kernel reaches is told as a share of this. Not unrolled: two copies of the loop's body would need more
// registers than there are, and this would be no ceiling.

/** 16 × rounds multiply-adds over 1 kB at `from`; the sum is returned so that nothing is left out. */
export function ceiling(rounds: i32, from: usize): f64 {
  const b0 = v128.load(from), b1 = v128.load(from, 16), b2 = v128.load(from, 32), b3 = v128.load(from, 48);
  let c0 = b0, c1 = b1, c2 = b2, c3 = b3, c4 = b0, c5 = b1, c6 = b2, c7 = b3;
  for (let r = 0; r < rounds; r += 32) {
    for (let at = from, end = from + 1024; at < end; at += 32) {
      const u = v128.load(at), v = v128.load(at, 16);
      c0 = f64x2.add(c0, f64x2.mul(u, b0)); c1 = f64x2.add(c1, f64x2.mul(u, b1));
      c2 = f64x2.add(c2, f64x2.mul(u, b2)); c3 = f64x2.add(c3, f64x2.mul(u, b3));
      c4 = f64x2.add(c4, f64x2.mul(v, b0)); c5 = f64x2.add(c5, f64x2.mul(v, b1));
      c6 = f64x2.add(c6, f64x2.mul(v, b2)); c7 = f64x2.add(c7, f64x2.mul(v, b3));
    }
  }
  const sum = f64x2.add(f64x2.add(f64x2.add(c0, c1), f64x2.add(c2, c3)), f64x2.add(f64x2.add(c4, c5), f64x2.add(c6, c7)));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
