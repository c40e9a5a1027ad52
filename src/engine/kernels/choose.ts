/** Which kernel set to use: simd where the runtime has it, unless BPTT_KERNELS says otherwise. */
import { EngineError } from '../errors.js';
import { loops } from './loops.js';
import { openSimd } from './simd.js';
import type { Kernels } from './kernels.js';

export interface KernelChoice {
  readonly kernels: Kernels;
  readonly why: string;
}

/**
 * @param wish the value of BPTT_KERNELS; undefined or empty means the fastest.
 * @throws {EngineError} if the wish is neither loops nor simd, or is simd where that cannot run.
 */
export function chooseKernels(wish: string | undefined, open = openSimd): KernelChoice {
  if (wish === 'loops') return { kernels: loops, why: 'BPTT_KERNELS=loops' };
  if (wish !== undefined && wish !== '' && wish !== 'simd')
    throw new EngineError(
      `Expected BPTT_KERNELS to be loops or simd, got ${JSON.stringify(wish)}.`,
    );
  const opened = open();
  if (typeof opened !== 'string')
    return {
      kernels: opened,
      why: wish === 'simd' ? 'BPTT_KERNELS=simd' : 'the default: this runtime has WebAssembly SIMD',
    };
  if (wish === 'simd') throw new EngineError(`BPTT_KERNELS=simd, but ${opened}.`);
  return { kernels: loops, why: opened };
}
