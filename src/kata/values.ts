/**
 * The values that katas speak: plain data, so that any language could host them. Their shapes are
 * written in the letters of the engine's alphabet; the TypeScript types follow from the shapes.
 */
import type { Axis } from '../engine/index.js';

/** A vector: (n). */
export type Vector = Float64Array;
/** A matrix by rows: (m, n), so `W[j][k]` reads like the equation. */
export type Matrix = Float64Array[];
/** A sequence of vectors, one per time step: (T, n). */
export type Sequence = Float64Array[];

/** The shape of one named input or output, e.g. `matrix('H', 'H+D')`. */
export type ValueShape =
  | { readonly kind: 'scalar' }
  | { readonly kind: 'vector'; readonly axes: readonly [Axis] }
  | { readonly kind: 'matrix'; readonly axes: readonly [Axis, Axis] }
  | { readonly kind: 'sequence'; readonly axes: readonly ['T', Axis] };

/** The shapes of all inputs, or of all outputs, by name. */
export type Shapes = Readonly<Record<string, ValueShape>>;

/** The TypeScript type of a value of one shape. */
export type ValueOf<S extends ValueShape> = S extends { kind: 'scalar' }
  ? number
  : S extends { kind: 'vector' }
    ? Vector
    : S extends { kind: 'matrix' }
      ? Matrix
      : Sequence;

/** The TypeScript type of the named values of some shapes. */
export type ValuesOf<S extends Shapes> = { [K in keyof S]: ValueOf<S[K]> };

/** Any named values: what crosses the process boundary. */
export type Values = Record<string, number | Float64Array | Float64Array[]>;

export const scalar = { kind: 'scalar' } as const;
export const vector = <A extends Axis>(axis: A) => ({ kind: 'vector', axes: [axis] }) as const;
export const matrix = <A extends Axis, C extends Axis>(rows: A, columns: C) =>
  ({ kind: 'matrix', axes: [rows, columns] }) as const;
export const sequence = <A extends Axis>(axis: A) =>
  ({ kind: 'sequence', axes: ['T', axis] }) as const;
