/**
 * The walk over a sequence that every cell takes, in pieces of steps whose numbers stay in the cache. Here
 * stands what is one product for a whole piece, all that x and the biases give and get:
 *
 *   forward, the first piece first:   a = b + Wx x, and then the cell's own steps
 *   backward, the last piece first:   the cell's own steps give da, and then
 *                                     dx = Wxᵀ da      dWx = Σ_t da_t x_tᵀ      db = Σ_t da_t
 *
 * Not: what goes from step to step, which differs from cell to cell. Pieces change no sum's order, so no bit.
 */
import { at, pieceOf } from './kernels/rows.js';
import { fillRows } from './cell.js';
import { kernels } from './kernels/current.js';
import { packedSize } from './kernels/kernels.js';
import type { Arena } from './arena.js';
import type { Dims } from './alphabet.js';

/** Steps t … t + steps - 1 of a sequence. */
export interface Piece {
  readonly t: number;
  readonly steps: number;
  /** Their rows of an array (T,B,·): a view. */
  readonly of: (array: Float64Array) => Float64Array;
  /** The row (B,·) of the step before them; before the first step, the initial one. */
  readonly before: (array: Float64Array, initial: Float64Array) => Float64Array;
}

const pieceAt = (t: number, steps: number, T: number): Piece => ({
  t,
  steps,
  of: (array) => at(array, t, array.length / T, steps),
  before: (array, initial) => (t === 0 ? initial : at(array, t - 1, array.length / T)),
});

/** Weights on x: Wx (n,D), its rows `ld` apart, gives the columns first … first + n - 1 of a. */
export interface OnX {
  readonly Wx: Float64Array;
  readonly ld: number;
  readonly first: number;
  readonly n: number;
}

/** Weights on x with room for their gradient, which lies as they do. */
export interface OnXBackward extends OnX {
  readonly dWx: Float64Array;
}

/** a (T,B,width) := b + Wx x piece by piece, each followed by the cell's steps. x is (T,B,D). */
export function walkForward(
  arena: Arena,
  { T, B, D }: Dims,
  x: Float64Array,
  a: Float64Array,
  b: Float64Array | undefined,
  weights: readonly OnX[],
  steps: (piece: Piece) => void,
): void {
  const width = a.length / (T * B);
  const packed = weights.map(({ Wx, ld, n }) => {
    const P = arena.alloc('workspace', packedSize(n, D), 'anything');
    kernels.packABt(P, Wx, ld, n, D);
    return P;
  });
  const size = pieceOf(B * width);
  for (let t = 0; t < T; t += size) {
    const piece = pieceAt(t, Math.min(size, T - t), T);
    const rows = piece.steps * B;
    const here = piece.of(a);
    fillRows(here, b, rows);
    weights.forEach(({ first, n }, j) => {
      kernels.addPacked(here.subarray(first), width, piece.of(x), D, packed[j], rows, n, D); // a = b + Wx x
    });
    steps(piece);
  }
}

/** The cell's steps write da (steps·B, width) of each piece; dx (T,B,D), dWx and db are added to. */
export function walkBackward(
  arena: Arena,
  { T, B, D }: Dims,
  width: number,
  { x, dx }: { readonly x: Float64Array; readonly dx: Float64Array },
  weights: readonly OnXBackward[],
  db: Float64Array | undefined,
  steps: (da: Float64Array, piece: Piece) => void,
): void {
  const size = pieceOf(B * width);
  const room = arena.alloc('workspace', Math.min(size, T) * B * width, 'anything');
  const packed = weights.map(({ Wx, ld, n }) => {
    const P = arena.alloc('workspace', packedSize(D, n), 'anything');
    kernels.packAB(P, Wx, ld, D, n);
    return P;
  });
  for (let end = T; end > 0; end -= size) {
    const t = Math.max(0, end - size);
    const piece = pieceAt(t, end - t, T);
    const rows = piece.steps * B;
    const da = at(room, 0, B * width, piece.steps);
    steps(da, piece);
    weights.forEach(({ dWx, ld, first, n }, j) => {
      const own = da.subarray(first);
      kernels.addPacked(piece.of(dx), D, own, width, packed[j], rows, D, n); // dx = Wxᵀ da
      kernels.addAtB(dWx, ld, own, width, piece.of(x), D, n, D, rows); // dWx = Σ_t da_t x_tᵀ
    });
    if (db) kernels.addRows(db, da, width, rows); // db = Σ_t da_t
  }
}

/**
 * dW (n,H) += Σ_t da_t h_{t-1}ᵀ over a piece, the last step first: da (steps·B, lda), of which n columns;
 * h (T,B,H), and h0 (B,H) before it.
 */
export function addTimesPrevious(
  dW: Float64Array,
  ldw: number,
  da: Float64Array,
  lda: number,
  n: number,
  h: Float64Array,
  h0: Float64Array,
  { t, steps }: Piece,
  { B, H }: Dims,
): void {
  if (t > 0) {
    kernels.addAtB(dW, ldw, da, lda, at(h, t - 1, B * H, steps), H, n, H, steps * B);
    return;
  }
  kernels.addAtB(dW, ldw, da.subarray(B * lda), lda, h, H, n, H, (steps - 1) * B);
  kernels.addAtB(dW, ldw, da, lda, h0, H, n, H, B); // t = 1, the last term
}
