/** Golden tensors as the tests of the engine read them: nested lists to flat arrays, and how far apart. */
import { readFileSync } from 'node:fs';

export type Nested = number | Nested[];

/** A file of test/golden, by its name without `.json`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says what the file holds
export const golden = <Shape>(file: string): Shape =>
  JSON.parse(readFileSync(new URL(`../golden/${file}.json`, import.meta.url), 'utf8')) as Shape;

export const flat = (nested: Nested): Float64Array =>
  Float64Array.from([nested].flat(9) as number[]);

export const largest = (array: Float64Array): number =>
  array.reduce((m, v) => Math.max(m, Math.abs(v)), 0);

/** The largest difference of two entries; ∞ where the lengths differ, NaN counts as ∞. */
export const distance = (a: Float64Array, b: Float64Array): number =>
  a.length === b.length
    ? a.reduce(
        (m, v, j) => Math.max(m, Number.isNaN(v - b[j]!) ? Infinity : Math.abs(v - b[j]!)),
        0,
      )
    : Infinity;
