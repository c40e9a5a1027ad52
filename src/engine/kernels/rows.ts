/** Rows of arrays, and how many steps of a sequence are done at once. */

/** Steps t … t+steps-1 of a time-major array whose steps have `size` elements: a view. */
export const at = (array: Float64Array, t: number, size: number, steps = 1): Float64Array =>
  array.subarray(t * size, (t + steps) * size);

/** Every row of C (m,n) := the row `from` (n), if there is one. */
export function startFrom(
  from: Float64Array | undefined,
  C: Float64Array,
  ldc: number,
  m: number,
  n: number,
): void {
  if (from) for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) C[i * ldc + j] = from[j];
}

/**
 * A sequence is done in pieces of this many steps, so that what one step leaves (`size` numbers) is still in
 * the cache when the products over the piece need it: 256 kB. Pieces change no sum's order, so no bit.
 */
export const pieceOf = (size: number): number => Math.max(1, Math.floor(32_768 / size));
