/** The kernel set in use. All sets give the same bits, so this is about speed only. */
import { EngineError } from '../errors.js';
import { chooseKernels } from './choose.js';
import { loops } from './loops.js';
import type { KernelChoice } from './choose.js';
import type { Kernels } from './kernels.js';

/** Which set of kernels runs in this process, and how that came about. */
export interface KernelsInUse {
  /** The set's name. */
  readonly name: Kernels['name'];
  /** Why this set. */
  readonly why: string;
  /** Why BPTT_KERNELS could not be obeyed, as a sentence; null if it was, or was not set. */
  readonly refusal: string | null;
}

/** Choosing happens on import, which must not fail: a wish that cannot be obeyed is kept, and told by expectKernels. */
function choose(wish: string | undefined): KernelChoice & { readonly refusal: string | null } {
  try {
    return { ...chooseKernels(wish), refusal: null };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { kernels: loops, why: error.message, refusal: error.message };
  }
}

const choice = choose(
  (globalThis as { process?: { env?: { BPTT_KERNELS?: string } } }).process?.env?.BPTT_KERNELS,
);

/** What every cell calls. */
export let kernels: Kernels = choice.kernels;
let { why, refusal } = choice;

/** Puts another kernel set to use, for the whole process. `because` is what kernelsInUse then says. */
export function useKernels(set: Kernels, because = 'useKernels() was called'): void {
  kernels = set;
  why = because;
  refusal = null;
}

/** Which set is in use, and why: for `bptt doctor`. */
export const kernelsInUse = (): KernelsInUse => ({ name: kernels.name, why, refusal });

/** @throws {EngineError} if BPTT_KERNELS asked for what there is not, and nobody has chosen since. */
export function expectKernels(): void {
  if (refusal !== null) throw new EngineError(refusal);
}
