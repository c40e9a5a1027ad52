/**
 * The values that katas speak: plain data, so that any language could host them. Their shapes are
 * written in the letters of the engine's alphabet; the TypeScript types follow from the shapes.
 */
import type { KataAxis, Letter } from './sizes.js';

/** A vector: (n). */
export type Vector = Float64Array;
/** A matrix by rows: (m, n), so `W[j][k]` reads like the equation. */
export type Matrix = Float64Array[];
/** A sequence of vectors, one per time step: (T, n). */
export type Sequence = Float64Array[];

/** A whole number, or the size of a letter plus an offset. */
export type Bound =
  | number
  | {
      /** Whose size. */
      readonly letter: Letter;
      /** What is added to it. */
      readonly offset: number;
    };

/** The shape of one named input or output, e.g. `matrix('H', 'H+D')`. */
export type ValueShape =
  | { readonly kind: 'scalar' }
  /** A whole number from `from` to `to`, both included; a letter stands for its size plus `offset`. */
  | {
      readonly kind: 'integer';
      readonly from: Bound;
      readonly to: Bound;
    }
  | { readonly kind: 'vector'; readonly axes: readonly [KataAxis] }
  | { readonly kind: 'matrix'; readonly axes: readonly [KataAxis, KataAxis] }
  | { readonly kind: 'sequence'; readonly axes: readonly ['T' | 'S', KataAxis] }
  /** A list of T vectors, each of a length of its own. */
  | { readonly kind: 'vectors' };

/** The shapes of all inputs, or of all outputs, by name. */
export type Shapes = Readonly<Record<string, ValueShape>>;

/** The TypeScript type of a value of one shape. */
export type ValueOf<S extends ValueShape> = S extends { kind: 'scalar' | 'integer' }
  ? number
  : S extends { kind: 'vector' }
    ? Vector
    : S extends { kind: 'matrix' }
      ? Matrix
      : Sequence;

/** The TypeScript type of the named values of some shapes: what `given` and `got` are in a definition. */
export type ValuesOf<S extends Shapes> = { [K in keyof S]: ValueOf<S[K]> };

/** Any named values: what crosses the process boundary. */
export type Values = Record<string, number | Float64Array | Float64Array[]>;

/** The shape of one number. */
export const scalar = { kind: 'scalar' } as const;
/** A whole number between two bounds; the upper one may be a letter: `integer(1, 'T')`. */
export const integer = (from: number, to: number | Letter) =>
  ({ kind: 'integer', from, to: typeof to === 'number' ? to : { letter: to, offset: 0 } }) as const;
/** An index into an axis: 0 … size - 1. */
export const index = (letter: Letter) =>
  ({ kind: 'integer', from: 0, to: { letter, offset: -1 } }) as const;
/** The size of a letter itself, where no array's shape tells it: the number of heads. */
export const size = (letter: Letter) =>
  ({ kind: 'integer', from: { letter, offset: 0 }, to: { letter, offset: 0 } }) as const;
/** The shape of a vector along one axis: `vector('H')`. */
export const vector = <A extends KataAxis>(axis: A) => ({ kind: 'vector', axes: [axis] }) as const;
/** The shape of a matrix by rows: `matrix('H', 'H+D')`. */
export const matrix = <A extends KataAxis, C extends KataAxis>(rows: A, columns: C) =>
  ({ kind: 'matrix', axes: [rows, columns] }) as const;
/** Vectors over time: over T, or over the steps S of a second sequence. */
export const sequence = <A extends KataAxis, L extends 'T' | 'S' = 'T'>(
  axis: A,
  over: L = 'T' as L,
) => ({ kind: 'sequence', axes: [over, axis] }) as const;
/** A list of T vectors of any lengths. */
export const vectors = { kind: 'vectors' } as const;

/** The axes of a shape; a scalar has none. */
export const axesOf = (shape: ValueShape): readonly KataAxis[] =>
  'axes' in shape ? shape.axes : [];
