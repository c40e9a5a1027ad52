/**
 * Cases: concrete inputs for a kata, from sizes and a seed. Cases for judging have all sizes pairwise
 * different, T >= 3, and no zero anywhere, so that a swapped gate or a transposed matrix cannot hide.
 * Cases for explaining shrink to the smallest sizes and to whole numbers.
 */
import fc from 'fast-check';
import { rng } from '../engine/index.js';
import { axesOf } from './values.js';
import { strong } from './linear.js';
import { lengthOf, letters, lettersOf } from './sizes.js';
import type { Kata } from './define.js';
import type { KataDims } from './sizes.js';
import type { Bound, Shapes, ValueShape, Values } from './values.js';

export interface Case {
  readonly dims: KataDims;
  readonly seed: number;
  readonly given: Values;
}

/** How values are rounded: 0 to whole numbers, 1 to tenths, 2 not at all. */
type Roughness = 0 | 1 | 2;

/** Uniform in ±1 (whole numbers and tenths: in ±2), never zero unless whole. */
function draw(random: () => number, roughness: Roughness): number {
  const u = 2 * random() - 1;
  if (roughness === 0) return Math.round(2 * u) + 0;
  if (roughness === 1) return ((Math.round(19 * Math.abs(u)) + 1) / 10) * Math.sign(u || 1);
  return Math.abs(u) < 0.05 ? u + 0.1 : u;
}

const boundOf = (bound: Bound, dims: KataDims): number =>
  typeof bound === 'number' ? bound : dims[bound.letter] + bound.offset;

/** One value of a shape at these sizes. */
function drawValue(
  shape: ValueShape,
  dims: KataDims,
  random: () => number,
  roughness: Roughness,
): Values[string] {
  const vector = (n: number): Float64Array =>
    Float64Array.from({ length: n }, () => draw(random, roughness));
  switch (shape.kind) {
    case 'scalar':
      return draw(random, roughness);
    case 'integer': {
      const [from, to] = [boundOf(shape.from, dims), boundOf(shape.to, dims)];
      return from + Math.floor(random() * (to - from + 1));
    }
    case 'vector':
      return vector(lengthOf(shape.axes[0], dims));
    case 'vectors':
      return Array.from({ length: dims.T }, () => vector(1 + Math.floor(5 * random())));
    case 'matrix':
    case 'sequence': {
      const [rows, columns] = shape.axes;
      return Array.from({ length: lengthOf(rows, dims) }, () => vector(lengthOf(columns, dims)));
    }
  }
}

/** The values of the shapes at these sizes. */
export function drawValues(
  shapes: Shapes,
  dims: KataDims,
  seed: number,
  roughness: Roughness = 2,
): Values {
  const random = rng(seed);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      drawValue(shape, dims, random, roughness),
    ]),
  );
}

/** The case of these sizes and this seed, its inputs completed by the kata. */
export const caseOf = (
  kata: Kata,
  dims: KataDims,
  seed: number,
  roughness: Roughness = 2,
): Case => ({
  dims,
  seed,
  given: kata.prepare(drawValues(kata.inputs, dims, seed, roughness)),
});

const anySeed = fc.integer({ min: 1, max: 2 ** 31 - 1 });

/** Cases that discriminate, every fourth with large upstream gradients; the same seed gives the same cases. */
export function judgingCases(kata: Kata, seed: number, count: number): Case[] {
  const distinct = [2, 3, 4, 5, 6, 7, 8];
  const arbitrary = fc
    .tuple(fc.shuffledSubarray(distinct, { minLength: 7 }), fc.constantFrom(2, 3))
    .map(([[T, D, H, O, S, K, V], N]) => ({ T, D, H, O, S, K, V, N, B: 9 }) as KataDims)
    .filter(({ T, S }) => T >= 3 && S >= 3)
    .chain((dims) => anySeed.map((caseSeed) => caseOf(kata, dims, caseSeed, 2)));
  return fc
    .sample(arbitrary, { seed, numRuns: count })
    .map((one, k) => (k % 4 === 3 ? { ...one, given: strong(one.given, kata.backward) } : one));
}

/** Cases of any size; fast-check shrinks them to the smallest sizes and the roundest numbers that still fail. */
export function explainingCases(kata: Kata): fc.Arbitrary<Case> {
  const size = fc.integer({ min: 1, max: 4 });
  const dims = fc.record({
    H: size,
    D: size,
    T: size,
    O: size,
    S: size,
    K: size,
    V: size,
    B: size,
    N: fc.integer({ min: 1, max: 2 }),
  });
  return fc
    .tuple(dims, fc.constantFrom<Roughness[]>(0, 1, 2), anySeed)
    .map(([sizes, roughness, seed]) => caseOf(kata, sizes, seed, roughness));
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
  const used = Object.values(kata.inputs).flatMap((shape) => axesOf(shape).flatMap(lettersOf));
  return Object.fromEntries(
    letters.filter((letter) => used.includes(letter)).map((letter) => [letter, dims[letter]]),
  );
}
