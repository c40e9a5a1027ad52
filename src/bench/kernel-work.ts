/** The kernels as work to be timed: the products that the cells are made of, at one hidden size. */
import { fillUniform, packedSize, rng } from '../engine/index.js';
import type { SimdKernels } from '../engine/index.js';

/** One kernel at one size, how many multiply-adds a call does, and the call. */
export interface KernelWork {
  readonly kernel: string;
  readonly multiplyAdds: number;
  readonly call: () => void;
}

/** Products at H = D: `steps` rows at once, and as many single ones, as a recurrence has them. Arrays lie in the pool until done(). */
export function kernelWork(
  simd: SimdKernels,
  H: number,
  steps: number,
): { readonly works: readonly KernelWork[]; readonly done: () => void } {
  const random = rng(H);
  const taken: Float64Array[] = [];
  const take = (length: number): Float64Array => {
    const array = simd.memory.take(length);
    if (!array) throw new RangeError(`There is no room for ${length} numbers.`);
    fillUniform(array, random, -1, 1);
    taken.push(array);
    return array;
  };
  const n = 4 * H;
  const W = take(n * H);
  const P = take(packedSize(n, H));
  const Q = take(packedSize(H, n));
  const [h, a, dW] = [take(steps * H), take(steps * n), take(n * H)];
  simd.packABt(P, W, H, n, H);
  simd.packAB(Q, W, H, H, n);
  const row = n * H;
  const all = steps * row;
  const sizes = `(${steps}×${H})(${H}×${n})`;
  const works: KernelWork[] = [
    {
      kernel: `packed row × matrix, H = ${H}`,
      multiplyAdds: all,
      call: () => simd.rowProduct(steps, a, h, P, n, H),
    },
    {
      kernel: `packed row × transposed matrix, H = ${H}`,
      multiplyAdds: all,
      call: () => simd.rowProduct(steps, h, a, Q, H, n),
    },
    {
      kernel: `packed product ${sizes}`,
      multiplyAdds: all,
      call: () => simd.addPacked(a, n, h, H, P, steps, n, H),
    },
    {
      kernel: `product A Bᵀ ${sizes}`,
      multiplyAdds: all,
      call: () => simd.addABt(a, n, h, H, W, H, steps, n, H),
    },
    {
      kernel: `product A B (${steps}×${n})(${n}×${H})`,
      multiplyAdds: all,
      call: () => simd.addAB(h, H, a, n, W, H, steps, H, n),
    },
    {
      kernel: `product Aᵀ B (${n}×${steps})(${steps}×${H})`,
      multiplyAdds: all,
      call: () => simd.addAtB(dW, H, a, n, h, H, n, H, steps),
    },
  ];
  return {
    works,
    done: () => {
      for (const array of taken) simd.memory.give(array);
    },
  };
}
