/**
 * Arrays as pointers for one call: an array in the pool is its own pointer, any other is copied in before
 * the call and, if the call writes it, back afterwards.
 */
import type { Pool } from './pool.js';

/** An array that a call uses, the number of elements that it uses from the start, and whether it writes them. */
export type Argument = readonly [array: Float64Array, count: number, use: 'reads' | 'writes'];

/** Calls `body` with pointers. Returns false, with nothing done, if the pool has no room for the copies. */
export function withPointers(
  pool: Pool,
  args: readonly Argument[],
  body: (pointers: readonly number[]) => void,
): boolean {
  const pointers: number[] = [];
  const copies: [copy: Float64Array, of: Argument][] = [];
  try {
    for (const argument of args) {
      const [array, count] = argument;
      if (pool.owns(array)) {
        pointers.push(array.byteOffset);
        continue;
      }
      const copy = pool.take(count, 'anything');
      if (!copy) return false;
      copies.push([copy, argument]);
      copy.set(array.length === count ? array : array.subarray(0, count));
      pointers.push(copy.byteOffset);
    }
    body(pointers);
    for (const [copy, [array, , use]] of copies) if (use === 'writes') array.set(copy);
    return true;
  } finally {
    for (const [copy] of copies) pool.give(copy);
  }
}

/** The numbers that would have to be copied, there and back. */
export function copied(pool: Pool, args: readonly Argument[]): number {
  let sum = 0;
  for (const [array, count, use] of args)
    if (!pool.owns(array)) sum += use === 'writes' ? 2 * count : count;
  return sum;
}
