/**
 * The alphabet: what every letter means, once. All arrays are Float64Array, row-major; sequences are
 * time-major. [h, x] is concatenation with h first, so a gate's matrix W (H, H+D) has the columns of
 * h at 0 … H-1 and those of x at H … H+D-1.
 *
 * Attention has letters of its own, in numbers and not in tables: Tq queries, Tk keys, `heads` heads with
 * dk columns of query and key and dv of value, E model size; in additive attention J queries of S columns
 * and the attention size A. In the encoder–decoder J counts decoder steps, and E is the decoder's input.
 */

/** Sizes of one problem. All are integers of at least 1. */
export interface Dims {
  /** Time steps. */
  readonly T: number;
  /** Sequences in the batch. */
  readonly B: number;
  /** Input size. */
  readonly D: number;
  /** Hidden size. */
  readonly H: number;
  /** Output size of the Elman network; absent or 0 means that nothing reads y. */
  readonly O?: number;
}

/** One axis of an array, by the letter of its size. */
export type Axis = 'T' | 'B' | 'D' | 'H' | 'O' | 'H+D';

/** An array's shape in letters, e.g. `['H', 'H+D']`. A scalar is `[]`. */
export type Shape = readonly Axis[];

/** The order of the LSTM's four blocks wherever they stand together. */
export const lstmGates = ['f', 'i', 'c', 'o'] as const;

/** The order of the GRU's three blocks wherever they stand together. */
export const gruGates = ['z', 'r', 'h'] as const;

/** The length of one axis; O is 0 where the sizes have none. */
export const extent = (axis: Axis, dims: Dims): number =>
  axis === 'H+D' ? dims.H + dims.D : (dims[axis] ?? 0);

/**
 * A shape in numbers.
 *
 * @example
 * ```ts
 * import { resolve } from 'bptt';
 *
 * resolve(['H', 'H+D'], { T: 1, B: 1, D: 3, H: 4 }); // → [4, 7]
 * ```
 */
export const resolve = (shape: Shape, dims: Dims): number[] =>
  shape.map((axis) => extent(axis, dims));

/** The number of elements of a shape; 1 for a scalar. */
export const sizeOf = (shape: Shape, dims: Dims): number =>
  shape.reduce((product, axis) => product * extent(axis, dims), 1);

/** Arrays by name, each with a shape that stands in a table beside it. */
export type Arrays<Name extends string = string> = { readonly [K in Name]: Float64Array };

/** Shapes by name, in the order in which the arrays stand in memory. */
export type ShapeTable<Name extends string = string> = { readonly [K in Name]: Shape };

/** The output that an initial or a final state is a step of: h0 and hT → h. */
export const outputOf = (state: string): string => state.replace(/[0T]$/, '');

/** The final state of an initial one: h0 → hT. */
export const finalOf = (initial: string): string => initial.replace(/0$/, 'T');

/** The number of elements of all arrays of a table together. */
export const slabSize = (shapes: ShapeTable, dims: Dims): number =>
  Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape, dims), 0);
