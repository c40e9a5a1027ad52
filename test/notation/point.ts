/** Random values for names, for tests of the room. */
import type { Shape, Value } from '../../src/notation/index.js';
import { isPositive, uniformFrom } from '../../src/notation/point.js';

export function valuesFor(
  shapes: Readonly<Record<string, Shape>>,
  dims: Readonly<Record<string, number>>,
  seed: number,
): Record<string, Value> {
  const uniform = uniformFrom(seed);
  const size = (axis: string) => axis.split('+').reduce((sum, letter) => sum + dims[letter]!, 0);
  const vector = (n: number) => Float64Array.from({ length: n }, () => 2 * uniform() - 1);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, [rows, columns]]): [string, Value] => {
      if (rows === undefined) return [name, 1 + Math.floor(9 * uniform())];
      if (isPositive(name)) return [name, vector(size(rows)).map((v) => v * v)];
      if (columns === undefined) return [name, vector(size(rows))];
      return [name, Array.from({ length: size(rows) }, () => vector(size(columns)))];
    }),
  );
}
