/** LSTM against attention in numbers: bytes by mode, and what one token costs. */
import { aboutModes, memoryModes, predictedBytes } from '../../bench/index.js';
import type { MemoryMode } from '../../bench/index.js';
import { cells, createMultiHeadParameters, parameterCount, Arena } from '../../engine/index.js';
import { aligned } from './show.js';

/** One layer, one sequence, one head; input size = model size = H. */
const sizes = { hidden: 64, heads: 1, k: 32 };

/** What a mode keeps, in bytes: the tape, the state or the scores. Tests of the bench hold it to what is allocated. */
export const keptBytes = (mode: MemoryMode, T: number): number =>
  predictedBytes(mode, { ...sizes, T }).byClass[aboutModes[mode].kept.class];

export const grouped = (count: number): string => count.toLocaleString('en-US');

/** Every mode at two lengths. */
export function memoryByMode(): string[] {
  const lengths = [256, 4096];
  const rows = memoryModes.map((mode) => [
    aboutModes[mode].name,
    aboutModes[mode].kept.formula,
    ...lengths.map((T) => grouped(keptBytes(mode, T))),
  ]);
  return aligned(['', 'numbers kept', ...lengths.map((T) => `T = ${grouped(T)}`)], rows);
}

/** Multiply-adds for one token of a layer of width d: an LSTM, and self-attention over T keys with its projections. */
export function workPerToken(): string[] {
  const d = 512;
  const lstm = parameterCount(cells.lstm, { D: d, H: d }, { bias: false });
  const { slab, bq } = createMultiHeadParameters(new Arena(), { E: d });
  const projections = slab.length - 4 * bq.length;
  return aligned(
    ['d = 512', 'LSTM', 'attention', 'of it for scores and mean'],
    [64, 512, 1024, 8192].map((T) => [
      `T = ${grouped(T)}`,
      grouped(lstm),
      grouped(projections + 2 * T * d),
      grouped(2 * T * d),
    ]),
  );
}
