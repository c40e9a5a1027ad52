/**
 * The kernels in WebAssembly SIMD (f64x2, no fused multiply-add), compiled from assembly/: bit for bit
 * the twins of `loops`. They reach arrays in their own memory; any other array is copied there and back,
 * once per call, or the loops do the work where the copy would cost more than the work.
 */
import { packedSize } from './kernels.js';
import { Loans } from './loans.js';
import { loops } from './loops.js';
import { maximumPages, Pool } from './pool.js';
import { simdBytes } from './simd-bytes.js';
import { gruLoop, lstmLoop, rnnLoop } from './simd-loops.js';
import { simdOnlineSoftmax } from './simd-online-softmax.js';
import { bytesOf, webAssembly } from './web-assembly.js';
import type { Elementwise, Kernels, Pack, Product } from './kernels.js';
import type { Exports } from './simd-loops.js';
import type { SharedMemory } from './web-assembly.js';

/** Rows of k that a product packs at once, and rows of A: as in assembly/product.ts. */
const depth = 128;
const height = 64;

/** The WebAssembly kernels, with their own memory and the loop that measures the machine's ceiling. */
export interface SimdKernels extends Kernels {
  /** Does 16 × rounds multiply-adds (rounds: a multiple of 32) on what lies in the memory: what bench times. */
  ceiling(rounds: number): void;
  /** c (1,n) += a (1,k) P, `times` times, as the time loops do it from within. Arrays of the pool only. */
  rowProduct(
    times: number,
    c: Float64Array,
    a: Float64Array,
    P: Float64Array,
    n: number,
    k: number,
  ): void;
}

let opened: SimdKernels | string | undefined;

/** The kernels, compiled and opened once; or, where they cannot run, why, as a sentence without its stop. */
export const openSimd = (): SimdKernels | string => (opened ??= open());

function open(): SimdKernels | string {
  const host = webAssembly();
  if (!host) return 'this runtime has no WebAssembly';
  const bytes = bytesOf(simdBytes);
  if (!host.validate(bytes)) return 'this runtime has no WebAssembly SIMD';
  try {
    const memory = new host.Memory({ initial: 16, maximum: maximumPages, shared: true });
    const { exports } = new host.Instance(new host.Module(bytes), { env: { memory } });
    return kernelsOf(exports as Exports, memory);
  } catch (error) {
    return `this runtime refused the WebAssembly kernels (${(error as Error).message})`;
  }
}

function kernelsOf(wasm: Exports, shared: SharedMemory): SimdKernels {
  const pool = new Pool(shared, wasm.zero);
  const loans = new Loans(pool);

  /** A product in wasm, given the extents of A and B; by the loops if copying would cost more than it. */
  const product =
    (
      name: 'addAB' | 'addABt' | 'addAtB',
      extentOfA: (lda: number, m: number, k: number) => number,
      extentOfB: (ldb: number, n: number, k: number) => number,
    ): Product =>
    (C, ldc, A, lda, B, ldb, m, n, k, from) => {
      if (m === 0 || n === 0) return;
      const scratch = pool.scratch(packedSize(n, Math.min(k, depth)) + height * depth);
      const instead = () => loops[name](C, ldc, A, lda, B, ldb, m, n, k, from);
      if (scratch === undefined || k === 0) instead();
      else
        // prettier-ignore
        loans.call(
          () => {
            const c = loans.writes(C, byRows(ldc, m, n));
            wasm[name](
              c, ldc, from ? loans.reads(from, n) : c, from ? 0 : ldc, loans.reads(A, extentOfA(lda, m, k)), lda,
              loans.reads(B, extentOfB(ldb, n, k)), ldb, m, n, k, scratch,
            );
          },
          instead,
          (m * n * k) / 4,
        );
    };

  const byRows = (ld: number, rows: number, k: number): number => (rows - 1) * ld + k;
  const byColumns = (ld: number, columns: number, k: number): number => (k - 1) * ld + columns;

  const pack =
    (name: 'packAB' | 'packABt', extent: (ldb: number, n: number, k: number) => number): Pack =>
    (P, B, ldb, n, k) => {
      if (n === 0 || k === 0) return;
      loans.call(
        () =>
          wasm[name](
            loans.writes(P, packedSize(n, k)),
            loans.reads(B, extent(ldb, n, k)),
            ldb,
            n,
            k,
          ),
        () => loops[name](P, B, ldb, n, k),
      );
    };

  const elementwise =
    (name: 'exp' | 'tanh' | 'sigmoid'): Elementwise =>
    (y, x, n) =>
      loans.call(
        () => wasm[name](loans.writes(y, n), loans.reads(x, n), n),
        () => loops[name](y, x, n),
      );

  return {
    name: 'simd',
    memory: pool,
    addAB: product('addAB', byRows, byColumns),
    addABt: product('addABt', byRows, byRows),
    addAtB: product('addAtB', byColumns, byColumns),
    addRows: (s, A, n, k) =>
      loans.call(
        () => wasm.addRows(loans.writes(s, n), loans.reads(A, n * k), n, k),
        () => loops.addRows(s, A, n, k),
        0,
      ),
    packAB: pack('packAB', byColumns),
    packABt: pack('packABt', byRows),
    addPacked(C, ldc, A, lda, P, m, n, k, from) {
      if (m === 0 || n === 0) return;
      const instead = () => loops.addPacked(C, ldc, A, lda, P, m, n, k, from);
      if (k === 0) instead();
      else
        // prettier-ignore
        loans.call(
          () => {
            const c = loans.writes(C, byRows(ldc, m, n));
            wasm.packedOnto(
              c, ldc, from ? loans.reads(from, n) : c, from ? 0 : ldc, loans.reads(A, byRows(lda, m, k)), lda,
              loans.reads(P, packedSize(n, k)), m, n, k,
            );
          },
          instead,
          (m * n * k) / 4,
        );
    },
    exp: elementwise('exp'),
    tanh: elementwise('tanh'),
    sigmoid: elementwise('sigmoid'),
    rnn: rnnLoop(wasm, loans),
    lstm: lstmLoop(wasm, loans),
    gru: gruLoop(wasm, loans),
    onlineSoftmax: simdOnlineSoftmax(wasm, loans),
    ceiling(rounds) {
      const from = pool.scratch(height * depth);
      if (from !== undefined) void wasm.ceiling(rounds, from);
    },
    rowProduct: (times, c, a, p, n, k) =>
      wasm.rowProduct(times, c.byteOffset, a.byteOffset, p.byteOffset, n, k),
  };
}
