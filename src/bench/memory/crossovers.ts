/** From which T on one mode needs more than another: looked up in the formulas, step by step. */
import { predictedBytes } from './formulas.js';
import { aboutModes } from './modes.js';
import type { Crossover, MemoryMode, MemorySizes } from './report.js';

/** The comparisons that an interview asks for. */
const pairs: readonly (readonly [mode: MemoryMode, over: MemoryMode])[] = [
  ['attention-naive-training', 'lstm-bptt'],
  ['attention-naive-inference', 'attention-kv-cache'],
  ['attention-kv-cache', 'lstm-streaming'],
  ['lstm-bptt', 'lstm-checkpointed'],
];

/** Beyond this nobody looks. A power of two. */
const upTo = 2 ** 14;

/**
 * The first T from which on, and up to `upTo`, the one needs more than the other; null if it does not there.
 * Looked for among the powers of two from above, then step by step: between two powers at which the one
 * needs more, it needs more throughout.
 */
export function firstOver(one: (T: number) => number, other: (T: number) => number): number | null {
  const isOver = (T: number): boolean => one(T) > other(T);
  if (!isOver(upTo)) return null;
  let T = upTo;
  while (T > 1 && isOver(T / 2)) T /= 2;
  while (T > 1 && isOver(T - 1)) T--;
  return T;
}

export function crossovers(
  modes: readonly MemoryMode[],
  sizes: Omit<MemorySizes, 'T'>,
): Crossover[] {
  return pairs
    .filter((pair) => pair.every((mode) => modes.includes(mode)))
    .flatMap(([mode, over]) =>
      (['kept', 'total'] as const).map((of) => {
        const bytes =
          (which: MemoryMode) =>
          (T: number): number => {
            const { byClass, total } = predictedBytes(which, { ...sizes, T });
            return of === 'total' ? total : byClass[aboutModes[which].kept.class];
          };
        return { mode, over, of, from: firstOver(bytes(mode), bytes(over)), upTo };
      }),
    );
}
