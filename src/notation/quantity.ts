/**
 * Numbers with an orientation: a scalar, a column, a row or a matrix, and the arithmetic between them.
 * The orientation is kept apart from the sizes, so a (1, 1) matrix, a vector of one and a scalar stay
 * three different things. There is no broadcasting except of scalars.
 */
import { NotationError } from './error.js';

/** data is row-major, rows × columns; a scalar has rows = columns = 1. */
export interface Quantity {
  readonly kind: 'scalar' | 'column' | 'row' | 'matrix';
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export const scalarOf = (value: number): Quantity => ({
  kind: 'scalar',
  rows: 1,
  columns: 1,
  data: Float64Array.of(value),
});

/** Sizes in brackets: `(3)` for a column, `(3, 5)` for a matrix; `size` names a number, e.g. 3 → H. */
export function sizesOf(q: Quantity, size: (n: number) => string = String): string {
  switch (q.kind) {
    case 'scalar':
      return 'a scalar';
    case 'column':
      return `a vector (${size(q.rows)})`;
    case 'row':
      return `a row (1, ${size(q.columns)})`;
    case 'matrix':
      return `a matrix (${size(q.rows)}, ${size(q.columns)})`;
  }
}

/** Do both have the same orientation and sizes? */
export const sameSizes = (a: Quantity, b: Quantity): boolean =>
  a.kind === b.kind && a.rows === b.rows && a.columns === b.columns;

const wrong = (says: string) => new NotationError('wrongShape', says);

export const map = (a: Quantity, f: (value: number) => number): Quantity => ({
  ...a,
  data: a.data.map(f),
});

/** Element by element; a scalar meets every element. `size` serves the error sentence. */
export function zip(
  a: Quantity,
  b: Quantity,
  sign: string,
  f: (a: number, b: number) => number,
  size?: (n: number) => string,
): Quantity {
  if (a.kind === 'scalar') return map(b, (value) => f(a.data[0]!, value));
  if (b.kind === 'scalar') return map(a, (value) => f(value, b.data[0]!));
  if (!sameSizes(a, b))
    throw wrong(`${sizesOf(a, size)} ${sign} ${sizesOf(b, size)}: the sizes do not fit.`);
  return { ...a, data: a.data.map((value, k) => f(value, b.data[k]!)) };
}

const kindOfProduct = {
  matrix: { matrix: 'matrix', column: 'column', row: undefined },
  row: { matrix: 'row', column: 'scalar', row: undefined },
  column: { matrix: undefined, column: undefined, row: 'matrix' },
} as const;

/** The matrix product. Two columns have none. */
export function times(a: Quantity, b: Quantity, size?: (n: number) => string): Quantity {
  if (a.kind === 'scalar' || b.kind === 'scalar') return zip(a, b, '*', (x, y) => x * y);
  const kind = kindOfProduct[a.kind][b.kind];
  if (kind === undefined || a.columns !== b.rows)
    throw wrong(`${sizesOf(a, size)} * ${sizesOf(b, size)}: there is no such matrix product.`);
  const data = new Float64Array(a.rows * b.columns);
  for (let r = 0; r < a.rows; r++)
    for (let c = 0; c < b.columns; c++)
      for (let k = 0; k < a.columns; k++)
        data[r * b.columns + c]! += a.data[r * a.columns + k]! * b.data[k * b.columns + c]!;
  return { kind, rows: a.rows, columns: b.columns, data };
}

export function transposed(a: Quantity): Quantity {
  const data = new Float64Array(a.data.length);
  for (let r = 0; r < a.rows; r++)
    for (let c = 0; c < a.columns; c++) data[c * a.rows + r] = a.data[r * a.columns + c]!;
  const kind = a.kind === 'column' ? 'row' : a.kind === 'row' ? 'column' : a.kind;
  return { kind, rows: a.columns, columns: a.rows, data };
}

/** Columns or matrices one above the other, or rows side by side. */
export function joined(parts: readonly Quantity[], size?: (n: number) => string): Quantity {
  const [first] = parts;
  const kind = first?.kind ?? 'scalar';
  const fits = ({ kind: other, columns }: Quantity): boolean =>
    other === kind && (kind !== 'matrix' || columns === first!.columns);
  if (kind === 'scalar' || !parts.every(fits))
    throw wrong(
      `[a; b] joins vectors, not ${parts.map((part) => sizesOf(part, size)).join(' and ')}.`,
    );
  const data = Float64Array.from(parts.flatMap((part) => [...part.data]));
  if (kind === 'row') return { kind, rows: 1, columns: data.length, data };
  const { columns } = first!;
  return { kind, rows: data.length / columns, columns, data };
}

/** The sum of a vector's entries. */
export function total(a: Quantity, size?: (n: number) => string): Quantity {
  if (a.kind === 'matrix') throw wrong(`sum takes a vector, not ${sizesOf(a, size)}.`);
  return scalarOf(a.data.reduce((sum, value) => sum + value, 0));
}

/** A vector's entries from `start` to before `end`. */
export function slice(a: Quantity, start: number, end: number): Quantity {
  if (a.kind !== 'column' || end > a.rows)
    throw wrong(`${sizesOf(a)} has no part of h and of x: an H+D vector has.`);
  return { kind: 'column', rows: end - start, columns: 1, data: a.data.slice(start, end) };
}

/** The square matrix with a vector on its diagonal. */
export function diagonal(a: Quantity, size?: (n: number) => string): Quantity {
  if (a.kind !== 'column') throw wrong(`diag takes a vector, not ${sizesOf(a, size)}.`);
  const n = a.rows;
  const data = new Float64Array(n * n);
  a.data.forEach((value, k) => (data[k * n + k] = value));
  return { kind: 'matrix', rows: n, columns: n, data };
}
