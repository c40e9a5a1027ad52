/** Memory reports without a process: counted here, or said to be what was predicted. */
import { countBytes } from '../../../src/bench/memory/run.js';
import { memoryModes, measureMemory, predictedBytes } from '../../../src/bench/index.js';
import type { Measured, MemoryReport, MemoryRequest } from '../../../src/bench/index.js';

type Measure = NonNullable<MemoryRequest['measure']>;

const outside = { runtimeBytes: 1, peakRssBytes: 2 };

/** Counted in this process. */
export const counted: Measure = (mode, sizes) =>
  Promise.resolve({ ...countBytes(mode, sizes), ...outside });

/** Nothing is run: for reports of sizes that would take long. */
export const asPredicted: Measure = (mode, sizes) => {
  const { byClass, total } = predictedBytes(mode, sizes);
  const measured: Measured = {
    measured: byClass,
    measuredBytes: total,
    heldBytes: total,
    ...outside,
  };
  return Promise.resolve(measured);
};

export const reportOf = (request: Partial<MemoryRequest> = {}): Promise<MemoryReport> =>
  measureMemory({
    modes: memoryModes,
    steps: [64, 128, 256, 512, 1024, 2048, 4096, 8192],
    ...{ hidden: 64, heads: 1, k: 32, measure: asPredicted },
    ...request,
  });
