/**
 * Cases: concrete inputs for a kata, from sizes and a seed. Cases for judging have T, D and H pairwise
 * different, T >= 3, and no zero anywhere, so that a swapped gate or a transposed matrix cannot hide.
 * Cases for explaining shrink to the smallest sizes and to whole numbers.
 */
import fc from 'fast-check';
import { extent, rng } from '../engine/index.js';
import type { Dims } from '../engine/index.js';
import type { Kata } from './define.js';
import type { Shapes, Values } from './values.js';

export interface Case {
  readonly dims: Dims;
  readonly seed: number;
  readonly given: Values;
}

/** How values are rounded: 0 to whole numbers, 1 to tenths, 2 not at all. */
type Roughness = 0 | 1 | 2;

/** Uniform in ±1 (whole numbers and tenths: in ±2), never zero unless whole. */
function draw(random: () => number, roughness: Roughness): number {
  const u = 2 * random() - 1;
  if (roughness === 0) return Math.round(2 * u) + 0;
  if (roughness === 1) return (Math.round(19 * Math.abs(u)) / 10 + 0.1) * Math.sign(u || 1);
  return Math.abs(u) < 0.05 ? u + 0.1 : u;
}

/** The values of the shapes at these sizes. */
export function drawValues(
  shapes: Shapes,
  dims: Dims,
  seed: number,
  roughness: Roughness = 2,
): Values {
  const random = rng(seed);
  const vector = (n: number): Float64Array =>
    Float64Array.from({ length: n }, () => draw(random, roughness));
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]): [string, Values[string]] => {
      if (shape.kind === 'scalar') return [name, draw(random, roughness)];
      if (shape.kind === 'vector') return [name, vector(extent(shape.axes[0], dims))];
      const [rows, columns] = shape.axes;
      return [
        name,
        Array.from({ length: extent(rows, dims) }, () => vector(extent(columns, dims))),
      ];
    }),
  );
}

const caseOf = (kata: Kata, dims: Omit<Dims, 'B'>, seed: number, roughness: Roughness): Case => ({
  dims: { ...dims, B: 1 },
  seed,
  given: kata.prepare(drawValues(kata.inputs, { ...dims, B: 1 }, seed, roughness)),
});

const anySeed = fc.integer({ min: 1, max: 2 ** 31 - 1 });

/** Cases that discriminate; the same seed gives the same cases. */
export function judgingCases(kata: Kata, seed: number, count: number): Case[] {
  const arbitrary = fc
    .record({
      T: fc.integer({ min: 3, max: 6 }),
      D: fc.integer({ min: 2, max: 6 }),
      H: fc.integer({ min: 2, max: 6 }),
    })
    .filter(({ T, D, H }) => T !== D && D !== H && H !== T)
    .chain((dims) => anySeed.map((caseSeed) => caseOf(kata, dims, caseSeed, 2)));
  return fc.sample(arbitrary, { seed, numRuns: count });
}

/** Cases of any size; fast-check shrinks them to the smallest sizes and the roundest numbers that still fail. */
export function explainingCases(kata: Kata): fc.Arbitrary<Case> {
  const size = fc.integer({ min: 1, max: 4 });
  const roughness = fc.constantFrom<Roughness[]>(0, 1, 2);
  return fc
    .tuple(size, size, size, roughness, anySeed)
    .map(([H, D, T, rough, seed]) => caseOf(kata, { T, D, H }, seed, rough));
}

/** A deep copy of named values. */
export const copyValues = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? value
        : value instanceof Float64Array
          ? value.slice()
          : value.map((row) => row.slice()),
    ]),
  );

/** Those sizes of a case that the kata's inputs have: an lstm-step knows no T. */
export function usedDims(kata: Kata, { dims }: Case): Record<string, number> {
  const axes = Object.values(kata.inputs).flatMap((shape) =>
    shape.kind === 'scalar' ? [] : shape.axes.flatMap((axis) => axis.split('+')),
  );
  return Object.fromEntries(
    (['T', 'D', 'H'] as const).filter((axis) => axes.includes(axis)).map((axis) => [axis, dims[axis]]),
  );
}
