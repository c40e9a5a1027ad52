/**
 * Copy memory (Hochreiter & Schmidhuber 1997; Arjovsky, Shah & Bengio 2016): a few symbols, a silence, a
 * signal, and then the symbols again from memory. Only the recalled steps count in the loss; whoever
 * remembers nothing has ln(symbols) nats there.
 */
import { log } from '../logarithm.js';
import type { Arena } from '../arena.js';
import type { ClassBatch } from '../sequence-model.js';
import type { Rng } from '../rng.js';

/**
 * The sizes of the copy-memory task (Hochreiter & Schmidhuber 1997; as in Arjovsky et al. 2016): remember symbols,
 * wait, repeat them.
 */
export interface CopyMemory {
  /** How many different symbols there are. */
  readonly symbols: number;
  /** How many are to be remembered. */
  readonly length: number;
  /** Silent steps between the last symbol and the signal. */
  readonly silence: number;
}

/** Steps in all, and sizes: inputs are the symbols, silence and the signal, outputs the symbols. */
export const copyMemorySizes = ({ symbols, length, silence }: CopyMemory) => ({
  T: 2 * length + silence,
  D: symbols + 2,
  O: symbols,
});

/** The loss of whoever remembers nothing, in nats. */
export const copyMemoryBaseline = ({ symbols }: CopyMemory): number => log(symbols);

/**
 * A batch of B sequences: x (T,B,symbols + 2) one-hot; targets and mask (T,B), of which the last `length` steps
 * count. The signal comes with the first recalled step. copyMemorySizes gives T.
 */
export function copyMemoryBatch(
  arena: Arena,
  task: CopyMemory,
  B: number,
  random: Rng,
): ClassBatch {
  const { symbols, length, silence } = task;
  const { T, D } = copyMemorySizes(task);
  const x = arena.alloc('workspace', T * B * D);
  const targets = arena.alloc('workspace', T * B);
  const mask = new Uint8Array(T * B);
  const recall = length + silence;
  for (let n = 0; n < B; n++)
    for (let t = 0; t < T; t++) {
      const symbol =
        t < length ? Math.floor(random() * symbols) : t === recall ? symbols + 1 : symbols;
      x[(t * B + n) * D + symbol] = 1;
      if (t < length) {
        targets[(recall + t) * B + n] = symbol;
        mask[(recall + t) * B + n] = 1;
      }
    }
  return { x, targets, mask };
}
