/** Random recurrent problems from a seed, golden files, and comparisons, for the specs of cells, layers and tools. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect } from 'vitest';
import { Arena, cells, createParameters, fillUniform, rng } from '../../src/engine/index.js';
import type { Arrays, CellKind, Dims, Rng } from '../../src/engine/index.js';

export type Nested = number | Nested[];
export interface Tree {
  readonly [name: string]: Nested | Tree;
}

export const flat = (nested: Nested | Tree): Float64Array =>
  Float64Array.from([nested].flat(9) as number[]);

/** A golden file's tensors by path: `at('grads', 'params', 'fwd', 'Wf')`. */
export function golden(name: string) {
  const file = JSON.parse(
    readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'),
  ) as Tree;
  const node = (...path: string[]): Nested | Tree =>
    path.reduce<Nested | Tree>((tree, key) => {
      const next = (tree as Tree)[key];
      if (next === undefined) throw new Error(`${name} has no ${path.join('.')}.`);
      return next;
    }, file);
  return {
    dims: node('config') as unknown as Dims & { readonly k: number },
    at: (...path: string[]): Float64Array => flat(node(...path)),
    all: (...path: string[]): Arrays =>
      Object.fromEntries(
        Object.entries(node(...path) as Tree).map(([key, value]) => [key, flat(value)]),
      ),
  };
}

export const largest = (array: Float64Array): number =>
  array.reduce((m, v) => Math.max(m, Math.abs(v)), 0);

/** No entry of `a` further from `b` than `tolerance` × `scale` (the largest entry of b). */
export function expectNear(
  a: Float64Array,
  b: Float64Array,
  tolerance: number,
  what = '',
  scale = Math.max(largest(b), 1e-300),
): void {
  expect(a.length, what).toBe(b.length);
  const distance = a.reduce((m, v, j) => Math.max(m, Math.abs(v - b[j]!)), 0);
  expect(Number.isNaN(distance), what).toBe(false);
  expect(distance / scale, what).toBeLessThanOrEqual(tolerance);
}

/** All gradients of a golden file within 1e-12 of the largest entry over all of them. */
export function expectGradients(got: Arrays, wanted: Arrays): void {
  const scale = Math.max(...Object.values(wanted).map(largest));
  for (const [name, want] of Object.entries(wanted))
    expectNear(got[name]!, want, 1e-12, `gradient of ${name}`, scale);
}

export interface Sizes {
  readonly T: number;
  readonly B: number;
  readonly D: number;
  readonly H: number;
  readonly seed: number;
}

export const shapes = (maxT = 8): fc.Arbitrary<Sizes> =>
  fc.record({
    T: fc.integer({ min: 1, max: maxT }),
    B: fc.integer({ min: 1, max: 4 }),
    D: fc.integer({ min: 1, max: 5 }),
    H: fc.integer({ min: 1, max: 5 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  });

export const drawn = (length: number, random: Rng, size = 1): Float64Array => {
  const array = new Float64Array(length);
  fillUniform(array, random, -size, size);
  return array;
};

/** A cell with random parameters, x, initial states, and upstream gradients on all outputs and final states. */
export function recurrentCase(kind: CellKind, { T, B, D, H, seed }: Sizes) {
  const dims: Dims = { T, B, D, H, ...(kind === 'rnn' ? { O: 3 } : {}) };
  const random = rng(seed);
  const cell = cells[kind];
  const arena = new Arena();
  const parameters = createParameters(arena, cell, dims, { random });
  const given: Arrays & { readonly x: Float64Array } = {
    x: drawn(T * B * D, random),
    ...Object.fromEntries(Object.keys(cell.initial).map((name) => [name, drawn(B * H, random)])),
  };
  const upstream: Arrays = {
    ...Object.fromEntries(
      Object.entries(cell.outputs).map(([name, shape]) => [
        name,
        drawn(T * B * (shape.includes('O') ? 3 : H), random),
      ]),
    ),
    ...Object.fromEntries(Object.keys(cell.finals).map((name) => [name, drawn(B * H, random)])),
  };
  return { cell, dims, arena, parameters, given, upstream, random };
}

/** Sequence n of a batch of time-major rows, its first `steps` steps. */
export function sequenceOf(
  array: Float64Array,
  n: number,
  B: number,
  width: number,
  steps = array.length / B / width,
): Float64Array {
  return Float64Array.from(
    { length: steps * width },
    (_, j) => array[(Math.floor(j / width) * B + n) * width + (j % width)]!,
  );
}

const lengthsOf = (B: number, T: number, random: Rng): number[] =>
  Array.from({ length: B }, () => 1 + Math.floor(random() * T));

/** A problem over lengths of which the longest is T. */
export function lengthsCase(kind: CellKind, sizes: Sizes) {
  const one = recurrentCase(kind, sizes);
  const lengths = lengthsOf(sizes.B, sizes.T, one.random);
  lengths[0] = sizes.T;
  return { ...one, lengths };
}
