/**
 * What a kernel set can do. The order of every sum is part of the definition, so that all sets agree
 * bit for bit: each element of C is one accumulator that starts from the value C already has, or, where a product
 * is given one, from that of the row `from` (n), the same for all rows of C: a bias, or zeros.
 * Matrices are row-major blocks: `lda` is the distance between two rows of A, so that a block of a
 * wider matrix (the h columns of W, say) needs no copy. Lengths are not checked here: the cells did.
 */
import type { GruLoop } from './gru.js';
import type { LstmLoop } from './lstm.js';
import type { OnlineSoftmax } from './online-softmax.js';
import type { RnnLoop } from './rnn.js';

/** C (m,n) += a product of A and B, each a block with its row distance, summed over k. */
export type Product = (
  C: Float64Array,
  ldc: number,
  A: Float64Array,
  lda: number,
  B: Float64Array,
  ldb: number,
  m: number,
  n: number,
  k: number,
  from?: Float64Array,
) => void;

/** C (m,n) += A (m,k) P, a packed matrix of k rows and n columns, summed over k ascending. */
export type PackedProduct = (
  C: Float64Array,
  ldc: number,
  A: Float64Array,
  lda: number,
  P: Float64Array,
  m: number,
  n: number,
  k: number,
  from?: Float64Array,
) => void;

/** P := B in panels of 16 columns, [⌈n/16⌉][k][16]; what is missing in the last panel is zero. */
export type Pack = (P: Float64Array, B: Float64Array, ldb: number, n: number, k: number) => void;

/** y (n) := f(x), element by element; y may be x. */
export type Elementwise = (y: Float64Array, x: Float64Array, n: number) => void;

/** The number of elements of a packed B with n columns and k rows. */
export const packedSize = (n: number, k: number): number => Math.ceil(n / 16) * 16 * k;

/** What a new array holds: zeros, or anything, for an array that is written before it is read. */
export type Contents = 'zeros' | 'anything';

/** Where the arrays of an arena's scope lie: memory that is given back by hand. */
export interface KernelMemory {
  /** An array of zeros, or of whatever lies there; undefined if there is no room. */
  take(length: number, holds?: Contents): Float64Array | undefined;
  /** Takes an array back that take gave; its numbers are somebody else's from then on. */
  give(array: Float64Array): void;
  /** Bytes given out and not yet given back, or undefined where the runtime's collector keeps account. */
  readonly bytes: number | undefined;
}

/**
 * The products and time loops that everything else is made of. There are two sets, `loops` and `simd`: every sum has
 * one order, so they agree bit for bit. Arrays are row-major float64; lengths are not checked.
 */
export interface Kernels {
  /** The set's name, as BPTT_KERNELS says it. */
  readonly name: 'loops' | 'simd';
  /** Where it reaches arrays without a copy. */
  readonly memory: KernelMemory;

  /** C (m,n) += A (m,k) B (k,n), summed over k ascending. */
  readonly addAB: Product;

  /** C (m,n) += A (m,k) Bᵀ with B (n,k), summed over k ascending. */
  readonly addABt: Product;

  /**
   * C (m,n) += Aᵀ B with A (k,m), B (k,n), summed over k *descending*: k runs over time here, and
   * backpropagation visits time from the end, so a backward pass in segments gives the same bits.
   */
  readonly addAtB: Product;

  /** s (n) += the sum of the k rows of A (k,n), summed over k descending. */
  addRows(s: Float64Array, A: Float64Array, n: number, k: number): void;

  /** P := B (k,n) in panels: for a product A B that is done again and again. */
  readonly packAB: Pack;

  /** P := Bᵀ in panels, with B (n,k): for a product A Bᵀ that is done again and again. */
  readonly packABt: Pack;

  /** C (m,n) += A (m,k) P, summed over k ascending: the same bits as addAB or addABt with what P packs. */
  readonly addPacked: PackedProduct;

  /** y (n) := eˣ. */
  readonly exp: Elementwise;
  /** y (n) := tanh(x). */
  readonly tanh: Elementwise;
  /** y (n) := σ(x) = 1 / (1 + e⁻ˣ). */
  readonly sigmoid: Elementwise;

  // The equations of the loops stand in the files of their names beside this one.
  /** The Elman network's time loop. */
  readonly rnn: RnnLoop;
  /** The LSTM's time loop. */
  readonly lstm: LstmLoop;
  /** The GRU's time loop. */
  readonly gru: GruLoop;

  /** Attention without the T×T matrix, all sequences and heads. */
  readonly onlineSoftmax: OnlineSoftmax;
}
