/**
 * Named arrays in one block of memory, by their sizes in numbers: for models whose letters (heads, model
 * size, queries) are not those of the recurrent cells, which have `Arena.slab` and its table of letters.
 */
import { EngineError } from './errors.js';
import type { Arena, MemoryClass, Slab } from './arena.js';
import type { Arrays } from './alphabet.js';

/** Sizes in numbers by name, in the order in which the arrays stand in memory: { Wq: [8, 8], bq: [8] }. */
export type NumberShapes<Name extends string = string> = {
  readonly [K in Name]: readonly number[];
};

/** The number of elements of a shape in numbers: [4, 7] is 28. */
export const elements = (shape: readonly number[]): number =>
  shape.reduce((product, n) => product * n, 1);

/** The number of elements of a whole table. */
export const tableSize = (shapes: NumberShapes): number =>
  Object.values(shapes).reduce((sum, shape) => sum + elements(shape), 0);

/** All arrays of a table, zero, as views of one block in the table's order. */
export function slabOf<Name extends string>(
  arena: Arena,
  memoryClass: MemoryClass,
  shapes: NumberShapes<Name>,
): Slab<Name> {
  const slab = arena.alloc(memoryClass, tableSize(shapes));
  let start = 0;
  const views = Object.entries<readonly number[]>(shapes).map(([name, shape]) => {
    const view = slab.subarray(start, start + elements(shape));
    start += view.length;
    return [name, view] as const;
  });
  return { ...Object.fromEntries(views), slab } as Slab<Name>;
}

/** @throws {EngineError} unless every size is an integer of at least 1. */
export function expectSizes(sizes: Readonly<Record<string, number>>): void {
  for (const [name, n] of Object.entries(sizes))
    if (!Number.isSafeInteger(n) || n < 1)
      throw new EngineError(`Expected ${name} to be a positive integer, got ${n}.`);
}

/** @throws {EngineError} unless every array of the table is there with as many elements as its shape says. */
export function expectArrays(shapes: NumberShapes, arrays: Arrays): void {
  for (const [name, shape] of Object.entries(shapes)) {
    const array = (arrays as Partial<Arrays>)[name];
    if (array?.length === elements(shape)) continue;
    throw new EngineError(
      `Expected ${name} to be (${shape.join(',')}), ${elements(shape)} numbers, got ${array?.length ?? 'nothing'}.`,
    );
  }
}
