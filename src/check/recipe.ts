/**
 * From a function of named arrays, computed twice (by the engine and by the textbook), to something whose
 * gradient can be checked.
 */
import { dot } from './textbook/vectors.js';
import { fillUniform, rng } from '../engine/index.js';
import type { Algebra } from './algebra.js';
import type { Arrays } from '../engine/index.js';
import type { Differentiable, Tensor } from './differentiable.js';
import type { Mat, Vec } from './textbook/vectors.js';

/** Values by name. */
export type Named<S> = Readonly<Record<string, readonly S[]>>;

/** What a problem is made of: shapes in numbers, the engine's way, and the textbook's. */
export interface Recipe {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly outLength: number;
  readonly output: (values: Arrays) => Float64Array;
  readonly gradient: (values: Arrays, upstream: Float64Array) => Arrays;
  /** The output again, flat in the same order, over any algebra. */
  readonly textbook: <S>(ops: Algebra<S>, values: Named<S>) => readonly S[];
}

/**
 * The loss L = Σ upstream ⊙ output of a recipe, at values and upstream gradients from a seed.
 * @param lossScale multiplies the upstream gradients, and so the loss and all its gradients
 */
export function problemOf(recipe: Recipe, seed: number, lossScale = 1): Differentiable {
  const random = rng(seed);
  const draw = (length: number, size = 1): Float64Array => {
    const array = new Float64Array(length);
    fillUniform(array, random, -size, size);
    return array;
  };
  const tensors = Object.entries(recipe.shapes).map(([name, shape]): Tensor => ({
    name,
    shape,
    axes: recipe.axes[name] ?? shape.map(() => ''),
    values: draw(shape.reduce((a, b) => a * b, 1)),
  }));
  const upstream = draw(recipe.outLength, lossScale);
  const named = <V>(values: readonly V[]): Record<string, V> =>
    Object.fromEntries(tensors.map(({ name }, k) => [name, values[k]!]));
  return {
    tensors,
    loss: (values) => recipe.output(named(values)).reduce((sum, v, j) => sum + upstream[j]! * v, 0),
    gradient: (values) => {
      const gradients = recipe.gradient(named(values), upstream);
      return tensors.map(({ name }) => gradients[name]!);
    },
    lossOver: (ops, values) =>
      dot(ops, Array.from(upstream, ops.constant), recipe.textbook(ops, named(values))),
  };
}

/** Every step's slice of one sequence's head: rows t of columns start … start + width - 1. */
export const column = <S>(
  flat: Vec<S>,
  steps: number,
  stride: number,
  start: number,
  width: number,
): Mat<S> =>
  Array.from({ length: steps }, (_, t) =>
    flat.slice(t * stride + start, t * stride + start + width),
  );
