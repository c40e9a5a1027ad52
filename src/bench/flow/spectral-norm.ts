/** The spectral norm of a matrix: the largest factor by which it lengthens a vector. */
import { globalNorm } from '../../engine/index.js';

/** How far from orthogonal two columns may stay, as a cosine. */
const orthogonal = 1e-15;

/**
 * The largest singular value of A (n,n), row-major, by one-sided Jacobi rotations (Hestenes 1958): columns are
 * rotated in pairs until all are orthogonal; their lengths are then the singular values. Exact to rounding,
 * also for values near the ends of the number range: A is divided by its length first.
 * Infinite or not a number where an entry is.
 */
export function spectralNorm(A: Float64Array, n: number): number {
  const size = globalNorm([A]);
  if (size === 0 || !Number.isFinite(size)) return size;
  const columns = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: n }, (_, i) => A[i * n + j]! / size),
  );
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += a[i]! * b[i]!;
    return sum;
  };
  for (let sweep = 0, turned = true; turned && sweep < 60; sweep++) {
    turned = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const [u, v] = [columns[p]!, columns[q]!];
        const [uu, vv, uv] = [dot(u, u), dot(v, v), dot(u, v)];
        if (Math.abs(uv) <= orthogonal * Math.sqrt(uu * vv)) continue;
        turned = true;
        const zeta = (vv - uu) / (2 * uv);
        const tan = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cos = 1 / Math.hypot(1, tan);
        for (let i = 0; i < n; i++) {
          const [a, b] = [u[i]!, v[i]!];
          u[i] = cos * (a - tan * b);
          v[i] = cos * (tan * a + b);
        }
      }
  }
  return size * Math.max(...columns.map((column) => Math.sqrt(dot(column, column))));
}
