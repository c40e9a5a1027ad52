/** The kernel set in use: `loops` until a loader hands in another one. All sets give the same bits. */
import { loops } from './loops.js';
import type { Kernels } from './kernels.js';

/** What every cell calls. */
export let kernels: Kernels = loops;

/** Puts another kernel set to use, for the whole process. */
export function useKernels(set: Kernels): void {
  kernels = set;
}
