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
  /** What a sum over time starts from: a row of zeros, or (undefined) what it holds already. */
  readonly start: Float64Array | undefined;
}

const pieceAt = (t: number, steps: number, T: number, start?: Float64Array): Piece => ({
  t,
  steps,
  start,
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
  const bias = b ?? arena.alloc('workspace', width);
  const size = pieceOf(B * width);
  for (let t = 0; t < T; t += size) {
    const piece = pieceAt(t, Math.min(size, T - t), T);
    const [here, rows] = [piece.of(a), piece.steps * B];
    weights.forEach(({ first, n }, j) => {
      // prettier-ignore
      kernels.addPacked(here.subarray(first), width, piece.of(x), D, packed[j], rows, n, D, bias.subarray(first)); // a = b + Wx x
    });
    steps(piece);
  }
}

/**
 * The cell's steps write da (steps·B, width) of each piece; db is added to, and so are dx (T,B,D) and dWx, unless
 * they are `fresh`: then they hold nothing yet, as does what the cell itself sums over time.
 */
export function walkBackward(
  arena: Arena,
  { T, B, D, H }: Dims,
  width: number,
  {
    x,
    dx,
    fresh,
  }: { readonly x: Float64Array; readonly dx: Float64Array; readonly fresh: boolean },
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
  const zeros = fresh ? arena.alloc('workspace', Math.max(D, H)) : undefined;
  for (let end = T; end > 0; end -= size) {
    const t = Math.max(0, end - size);
    const piece = pieceAt(t, end - t, T, end === T ? zeros : undefined);
    const rows = piece.steps * B;
    const da = at(room, 0, B * width, piece.steps);
    steps(da, piece);
    weights.forEach(({ dWx, ld, first, n }, j) => {
      const own = da.subarray(first);
      const start = j === 0 ? zeros : undefined;
      kernels.addPacked(piece.of(dx), D, own, width, packed[j], rows, D, n, start); // dx = Wxᵀ da
      kernels.addAtB(dWx, ld, own, width, piece.of(x), D, n, D, rows, piece.start); // dWx = Σ_t da_t x_tᵀ
    });
    if (db) kernels.addRows(db, da, width, rows); // db = Σ_t da_t
  }
}

/** h_{t-1} of some steps, (steps·B,H): h (T,B,H) one step earlier, with h0 (B,H) before it. A view; where h0 is part of it, a copy. */
export function previousOf(
  arena: Arena,
  h: Float64Array,
  h0: Float64Array,
  { t, steps }: Pick<Piece, 't' | 'steps'>,
): Float64Array {
  if (t > 0) return at(h, t - 1, h0.length, steps);
  const rows = arena.alloc('workspace', steps * h0.length, 'anything');
  rows.set(h0);
  rows.set(at(h, 0, h0.length, steps - 1), h0.length);
  return rows;
}
