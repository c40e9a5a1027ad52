/**
 * Shapes in letters, and what they are in numbers: deduced from given values, or chosen for a random
 * point. An axis is a sum of letters, e.g. `H+D`.
 */
import { NotationError } from './error.js';
import type { Quantity } from './quantity.js';

/** e.g. ['H', 'H+D']; [] is a scalar. */
export type Shape = readonly string[];

/** A plain value: a scalar, a vector (n), or a matrix (m, n) by rows. */
export type Value = number | Float64Array | Float64Array[];

/** `a vector (H)`, `a matrix (H, H+D)`, `a number`. */
export function shapeInWords(shape: Shape): string {
  if (shape.length === 0) return 'a number';
  return `${shape.length === 1 ? 'a vector' : 'a matrix'} (${shape.join(', ')})`;
}

const split = new Map<string, readonly string[]>();

/** The letters of an axis: `H+D` → H, D. Remembered: every evaluation of an equation asks for all of its axes. */
export function lettersOf(axis: string): readonly string[] {
  let letters = split.get(axis);
  if (!letters) split.set(axis, (letters = axis.split('+').map((letter) => letter.trim())));
  return letters;
}

/** Is it a shape of at most two axes whose letters are letters? */
export const isShape = (shape: unknown): shape is Shape =>
  Array.isArray(shape) &&
  shape.length <= 2 &&
  shape.every(
    (axis) => typeof axis === 'string' && lettersOf(axis).every((one) => /^[A-Z]$/.test(one)),
  );

/** The length of an axis, or undefined while one of its letters is unknown. */
export function extent(axis: string, dims: ReadonlyMap<string, number>): number | undefined {
  let sum = 0;
  for (const letter of lettersOf(axis)) {
    const size = dims.get(letter);
    if (size === undefined) return undefined;
    sum += size;
  }
  return sum;
}

/**
 * A plain value as a quantity (a copy).
 * @throws NotationError `wrongShape` when it is not a value, is empty, or has rows of unequal length.
 */
export function quantityOf(name: string, value: unknown, shape: Shape): Quantity {
  const wanted = () =>
    new NotationError(
      'wrongShape',
      `${name} must be ${shapeInWords(shape)}, got ${inWords(value)}.`,
    );
  if (shape.length === 0) {
    if (typeof value !== 'number') throw wanted();
    return { kind: 'scalar', rows: 1, columns: 1, data: Float64Array.of(value) };
  }
  if (shape.length === 1) {
    if (!(value instanceof Float64Array) || value.length === 0) throw wanted();
    return { kind: 'column', rows: value.length, columns: 1, data: value.slice() };
  }
  if (!Array.isArray(value) || value.length === 0) throw wanted();
  const rows: unknown[] = value;
  const columns = rows[0] instanceof Float64Array ? rows[0].length : 0;
  const data = new Float64Array(rows.length * columns);
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r];
    if (!(row instanceof Float64Array) || row.length !== columns || columns === 0) throw wanted();
    data.set(row, r * columns);
  }
  return { kind: 'matrix', rows: rows.length, columns, data };
}

function inWords(value: unknown): string {
  if (value instanceof Float64Array) return `a Float64Array of ${value.length}`;
  if (!Array.isArray(value)) return value === null ? 'null' : `a ${typeof value}`;
  const lengths = value.map((row: unknown) => (row instanceof Float64Array ? row.length : '?'));
  const uneven = lengths.some((length) => length !== lengths[0]);
  return `${value.length} rows of ${uneven ? 'unequal length' : (lengths[0] ?? 'nothing')}`;
}

/** A quantity as a plain value, in memory of its own. A row comes back as a matrix of one row. */
export function valueOf({ kind, rows, columns, data }: Quantity): Value {
  if (kind === 'scalar') return data[0]!;
  if (kind === 'column') return data.slice();
  return Array.from({ length: rows }, (_, r) => data.slice(r * columns, (r + 1) * columns));
}

/**
 * The sizes by letter that make every quantity fit its shape: H from a vector (H), D from a matrix
 * (H, H+D) once H is known.
 * @throws NotationError `wrongShape` naming the first value that does not fit the others.
 */
export function deduceDims(
  given: ReadonlyMap<string, Quantity>,
  shapes: Readonly<Record<string, Shape>>,
): Map<string, number> {
  const axes = [...given].flatMap(([name, quantity]) =>
    shapes[name]!.map((axis, k) => ({
      name,
      axis,
      size: k === 0 ? quantity.rows : quantity.columns,
    })),
  );
  const dims = new Map<string, number>();
  for (let before = -1; before < dims.size;) {
    before = dims.size;
    for (const { name, axis, size } of axes) {
      const letters = lettersOf(axis);
      const unknown = letters.filter((letter) => !dims.has(letter));
      if (unknown.length !== 1) continue;
      const known = letters.filter((letter) => dims.has(letter));
      const left = size - (extent(known.join('+'), dims) ?? 0);
      if (left < 1)
        throw new NotationError(
          'wrongShape',
          `${name} has ${size} on the axis ${axis}, which leaves nothing for ${unknown[0]!}.`,
        );
      dims.set(unknown[0]!, left);
    }
  }
  for (const { name, axis, size } of axes) {
    const expected = extent(axis, dims);
    if (expected !== undefined && expected !== size)
      throw new NotationError(
        'wrongShape',
        `${name} has ${size} on the axis ${axis}, but the other values make it ${expected}.`,
      );
  }
  return dims;
}
