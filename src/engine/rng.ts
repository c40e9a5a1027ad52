/** Random numbers from a seed: the same bits on every machine, since only integers and exact products are used. */

/** A uniform number in [0, 1). */
export type Rng = () => number;

/**
 * A generator of uniform numbers in [0, 1), the same from the same seed on every machine.
 *
 * @example
 * ```ts
 * import { rng } from 'bptt';
 *
 * rng(7)() === rng(7)(); // → true
 * ```
 *
 * It is sfc32 (Doty-Humphrey's small fast counter, 128 bits of state), warmed up for 12 rounds.
 */
export function rng(seed: number): Rng {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const next32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next32();
  return () => ((next32() >>> 6) * 2 ** 27 + (next32() >>> 5)) / 2 ** 53;
}

/** Fills an array with uniform numbers in [low, high). */
export function fillUniform(array: Float64Array, random: Rng, low: number, high: number): void {
  for (let j = 0; j < array.length; j++) array[j] = low + (high - low) * random();
}
