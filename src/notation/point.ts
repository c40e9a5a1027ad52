/**
 * Random points: sizes for the letters and values for the symbols, from a seed. All sizes differ, and
 * differ from one point to the next, so that a matrix and its transpose never fit the same place.
 */
import { NotationError } from './error.js';
import type { Quantity } from './quantity.js';
import { extent, lettersOf, type Shape } from './shape.js';

export interface Point {
  readonly dims: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, Quantity>;
  /** The value of a symbol. @throws NotationError `missingSymbol`. */
  readonly valueOf: (name: string) => Quantity;
  /** A size by its letters: 3 → `H`. A size without a letter is its number. */
  readonly size: (n: number) => string;
}

/** mulberry32: uniform in [0, 1), the same everywhere. */
export function uniformFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

// No size is the sum of two others in its row, and none is 1.
const sizes = [
  [3, 2, 4, 11, 17, 23],
  [2, 5, 4, 13, 23, 31],
  [4, 3, 6, 17, 29, 37],
] as const;
const lettersFirst = ['H', 'D'];

/** Means of squares: nothing else may stand under a root. */
const squares: ReadonlySet<string> = new Set(['v', 'vPrev', 'vHat']);

/** Can it have no negative entry? */
export const isPositive = (name: string): boolean => squares.has(name);

/**
 * The point number `index` of a seed. Vectors and matrices have entries in ±1.3 and not near 0,
 * scalars (counts, sizes) and means of squares lie in 0.6 … 2.6.
 */
export function pointFor(
  shapes: Readonly<Record<string, Shape>>,
  seed: number,
  index: number,
): Point {
  const uniform = uniformFrom((seed | 0) * 7919 + index * 104729 + 1);
  const all = Object.values(shapes).flat();
  const letters = new Set([...lettersFirst, ...all.flatMap(lettersOf)]);
  const row = sizes[index % sizes.length]!;
  const dims = new Map([...letters].map((letter, k) => [letter, row[k] ?? 41 + 2 * k] as const));
  const signed = () => (uniform() < 0.5 ? -1 : 1) * (0.1 + 1.2 * uniform());

  const values = new Map<string, Quantity>();
  for (const [name, shape] of Object.entries(shapes)) {
    const [rows = 1, columns = 1] = shape.map((axis) => extent(axis, dims)!);
    const kind = (['scalar', 'column', 'matrix'] as const)[shape.length]!;
    const draw = kind === 'scalar' || isPositive(name) ? () => 0.6 + 2 * uniform() : signed;
    values.set(name, {
      kind,
      rows,
      columns,
      data: Float64Array.from({ length: rows * columns }, draw),
    });
  }

  const names = new Map(
    [...new Set([...all, 'H+D', ...letters])].map((axis) => [extent(axis, dims), axis] as const),
  );
  return {
    dims,
    values,
    size: (n) => names.get(n) ?? String(n),
    valueOf: (name) => {
      const value = values.get(name);
      if (!value) throw new NotationError('missingSymbol', `${name} has no value.`);
      return value;
    },
  };
}

/** Has this quantity the shape that these letters name? */
export function hasShape(
  value: Quantity,
  shape: Shape,
  dims: ReadonlyMap<string, number>,
): boolean {
  const kind = (['scalar', 'column', 'matrix'] as const)[shape.length];
  const [rows = 1, columns = 1] = shape.map((axis) => extent(axis, dims));
  return value.kind === kind && value.rows === rows && value.columns === columns;
}
