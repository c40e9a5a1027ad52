/** Least squares without a matrix library: which multiples of some columns add up to a vector, exactly or not at all. */

/** Columns that depend on those before them get 0. A share of the vector below this is rounding. */
const negligible = 1e-9;

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, v, k) => sum + v * b[k]!, 0);
const less = (a: Float64Array, by: number, b: Float64Array): Float64Array =>
  a.map((v, k) => v - by * b[k]!);

/**
 * The coefficients with which the columns add up to the vector, by Gram-Schmidt; undefined where they do not,
 * to 1e-9 of `scale`. Columns that add nothing to those before them get 0.
 */
export function combination(
  vector: Float64Array,
  columns: readonly Float64Array[],
  scale: number,
): number[] | undefined {
  const basis: { readonly column: number; readonly q: Float64Array; readonly norm: number }[] = [];
  /** r[k][j]: how much of basis vector j is in column k. */
  const within: number[][] = [];
  for (const [k, column] of columns.entries()) {
    const norm = Math.sqrt(dot(column, column));
    let rest = column;
    const shares: number[] = [];
    for (const { q } of basis) {
      shares.push(dot(rest, q));
      rest = less(rest, shares.at(-1)!, q);
    }
    within[k] = shares;
    const left = Math.sqrt(dot(rest, rest));
    if (!(left > negligible * norm)) continue;
    basis.push({ column: k, q: rest.map((v) => v / left), norm: left });
  }
  let rest = vector;
  const along = basis.map(({ q }) => {
    const share = dot(rest, q);
    rest = less(rest, share, q);
    return share;
  });
  if (!rest.every((v) => Math.abs(v) <= negligible * scale)) return undefined;
  const coefficients = columns.map(() => 0);
  for (let j = basis.length - 1; j >= 0; j--) {
    const { column, norm } = basis[j]!;
    const later = basis
      .slice(j + 1)
      .reduce((sum, other) => sum + coefficients[other.column]! * within[other.column]![j]!, 0);
    coefficients[column] = (along[j]! - later) / norm;
  }
  return coefficients;
}
