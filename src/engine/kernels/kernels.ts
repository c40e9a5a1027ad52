/**
 * What a kernel set can do. The order of every sum is part of the definition, so that all sets agree
 * bit for bit: each element of C is one accumulator that starts from the value C already has.
 * Matrices are row-major blocks: `lda` is the distance between two rows of A, so that a block of a
 * wider matrix (the h columns of W, say) needs no copy.
 */
export interface Kernels {
  readonly name: 'loops' | 'simd';

  /** C (m,n) += A (m,k) B (k,n), summed over k ascending. */
  addAB(
    C: Float64Array,
    ldc: number,
    A: Float64Array,
    lda: number,
    B: Float64Array,
    ldb: number,
    m: number,
    n: number,
    k: number,
  ): void;

  /** C (m,n) += A (m,k) Bᵀ with B (n,k), summed over k ascending. */
  addABt(
    C: Float64Array,
    ldc: number,
    A: Float64Array,
    lda: number,
    B: Float64Array,
    ldb: number,
    m: number,
    n: number,
    k: number,
  ): void;

  /**
   * C (m,n) += Aᵀ B with A (k,m), B (k,n), summed over k *descending*: k runs over time here, and
   * backpropagation visits time from the end, so a backward pass in segments gives the same bits.
   */
  addAtB(
    C: Float64Array,
    ldc: number,
    A: Float64Array,
    lda: number,
    B: Float64Array,
    ldb: number,
    m: number,
    n: number,
    k: number,
  ): void;

  /** s (n) += the sum of the k rows of A (k,n), summed over k descending. */
  addRows(s: Float64Array, A: Float64Array, n: number, k: number): void;
}
