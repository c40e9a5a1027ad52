/** Which kernel set is used, and what is said about it. */
import { describe, expect, it } from 'vitest';
import { EngineError, kernelsInUse, loops, openSimd } from '../../../src/engine/index.js';
import { chooseKernels } from '../../../src/engine/kernels/choose.js';

describe('the choice of kernels', () => {
  const without = () => 'this runtime has no WebAssembly SIMD';

  it('is simd where the runtime has it, and loops where it has not', () => {
    expect(chooseKernels(undefined).kernels).toBe(openSimd());
    expect(chooseKernels('').kernels).toBe(openSimd());
    expect(chooseKernels(undefined, without)).toEqual({ kernels: loops, why: without() });
  });

  it('follows BPTT_KERNELS', () => {
    expect(chooseKernels('loops')).toEqual({ kernels: loops, why: 'BPTT_KERNELS=loops' });
    expect(chooseKernels('simd')).toEqual({ kernels: openSimd(), why: 'BPTT_KERNELS=simd' });
  });

  it.each(['Simd', 'wasm', ' loops', '1'])('refuses %j in one sentence', (wish) => {
    expect(() => chooseKernels(wish)).toThrow(EngineError);
    expect(() => chooseKernels(wish)).toThrow(
      `Expected BPTT_KERNELS to be loops or simd, got ${JSON.stringify(wish)}.`,
    );
  });

  it('refuses simd where it cannot run, and says why', () => {
    expect(() => chooseKernels('simd', without)).toThrow(
      'BPTT_KERNELS=simd, but this runtime has no WebAssembly SIMD.',
    );
  });

  it('is told to whoever asks', () => {
    expect(kernelsInUse()).toEqual({
      name: process.env.BPTT_KERNELS === 'loops' ? 'loops' : 'simd',
      why: expect.any(String) as string,
      refusal: null,
    });
  });
});
