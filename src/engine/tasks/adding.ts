/**
 * The adding problem (Hochreiter & Schmidhuber 1997): T numbers in [0, 1), two of them marked, one in
 * each half; the answer, asked for at the end, is their sum. Whoever always says 1 has a mean squared
 * error of 1/6, the variance of the sum of two uniform numbers.
 */
import { EngineError } from '../errors.js';
import type { Arena } from '../arena.js';
import type { Rng } from '../rng.js';
import type { ValueBatch } from '../sequence-model.js';

/** The mean squared error of the best constant answer. */
export const addingBaseline = 1 / 6;

/**
 * A batch: x (T,B,2) holds the number and the mark of each step, targets (B,1) the sums.
 * @throws {EngineError} unless T >= 2.
 */
export function addingBatch(
  arena: Arena,
  { T, B }: { readonly T: number; readonly B: number },
  random: Rng,
): ValueBatch {
  if (!(T >= 2))
    throw new EngineError(`The adding problem marks two steps: expected T >= 2, got ${T}.`);
  const x = arena.alloc('workspace', T * B * 2);
  const targets = arena.alloc('workspace', B);
  const half = Math.floor(T / 2);
  for (let row = 0; row < T * B; row++) x[row * 2] = random();
  for (let n = 0; n < B; n++) {
    const first = Math.floor(random() * half);
    const second = half + Math.floor(random() * (T - half));
    for (const t of [first, second]) {
      x[(t * B + n) * 2 + 1] = 1;
      targets[n] += x[(t * B + n) * 2];
    }
  }
  return { x, targets };
}
