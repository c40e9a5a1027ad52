/** Named values, as functions of a file take and give them: numbers, vectors, and matrices by rows; flat and back. */

/** A number, a vector, or rows. */
export type NamedValue = number | Float64Array | Float64Array[];
export type NamedValues = Record<string, NamedValue>;

/** Of each value the lengths: [] a number, [n] a vector, [m, n] rows; rows of different lengths have none. */
export function shapeOf(value: NamedValue): number[] | undefined {
  if (typeof value === 'number') return [];
  if (!Array.isArray(value)) return [value.length];
  const columns = value[0]?.length ?? 0;
  return value.every((row) => row.length === columns) ? [value.length, columns] : undefined;
}

/** (3) or (2, 3), for a sentence. */
export const shapeText = (value: NamedValue): string => {
  if (typeof value === 'number') return 'a number';
  const shape = shapeOf(value);
  return shape ? `(${shape.join(', ')})` : 'rows of different lengths';
};

/** All numbers of a value, row by row, in memory of their own. */
export function flat(value: NamedValue): Float64Array {
  if (typeof value === 'number') return Float64Array.of(value);
  if (!Array.isArray(value)) return value.slice();
  const numbers = new Float64Array(value.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of value) {
    numbers.set(row, at);
    at += row.length;
  }
  return numbers;
}

/** A value like the pattern, with these numbers. */
export function shaped(numbers: Float64Array, pattern: NamedValue): NamedValue {
  if (typeof pattern === 'number') return numbers[0]!;
  if (!Array.isArray(pattern)) return numbers.slice();
  let at = 0;
  return pattern.map((row) => numbers.slice(at, (at += row.length)));
}
