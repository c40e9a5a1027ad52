/**
 * A value changed as a whole, as a slip of the pen changes it: every number, the last row, the order of the rows.
 */
import type { Values } from './values.js';

type Value = Values[string];

/** f of every number. */
export const each = (value: Value, f: (v: number) => number): Value =>
  typeof value === 'number'
    ? f(value)
    : value instanceof Float64Array
      ? value.map((v) => f(v))
      : value.map((row) => row.map((v) => f(v)));

/** s a, entry by entry. */
export const scaled = (a: Value, s: number): Value => each(a, (v) => s * v);

/** a + b, entry by entry. */
export const plus = (a: Value, b: Value): Value => {
  if (typeof a === 'number') return a + (b as number);
  if (a instanceof Float64Array) return a.map((v, j) => v + (b as Float64Array)[j]!);
  return a.map((row, j) => row.map((v, k) => v + (b as Float64Array[])[j]![k]!));
};

/** The last row or entry is 0. */
export const withoutLast = (value: Value): Value => {
  if (value instanceof Float64Array) return value.map((v, j) => (j === value.length - 1 ? 0 : v));
  return (value as Float64Array[]).map((row, t, all) =>
    t === all.length - 1 ? row.map(() => 0) : row,
  );
};

type End = (rows: Float64Array[]) => Float64Array;
/** A row of zeros. */
export const zeroRow: End = (rows) => new Float64Array(rows[0]!.length);
/** Every row is the one after it; and the last one what is said. */
export const late = (rows: Float64Array[], last: End): Float64Array[] => [
  ...rows.slice(1),
  last(rows),
];
/** Every row is the one before it; and the first one what is said. */
export const early = (rows: Float64Array[], first: End): Float64Array[] => [
  first(rows),
  ...rows.slice(0, -1),
];

/** exp(v - max v), divided by its sum. */
export const softmax = (v: Float64Array): Float64Array => {
  const e = v.map((u) => Math.exp(u - Math.max(...v)));
  const sum = e.reduce((total, u) => total + u, 0);
  return e.map((u) => u / sum);
};

/** Rows and columns exchanged, of a square matrix. */
export const transposed = (rows: Float64Array[]): Float64Array[] =>
  rows.map((_, j) => Float64Array.from(rows, (row) => row[j]!));
