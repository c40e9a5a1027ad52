/** What a gradient check needs to know of anything: a loss, the gradient under test, and, if it can be had, the loss over any algebra. */
import type { Algebra } from './algebra.js';

/** One array that the loss depends on. */
export interface Tensor {
  readonly name: string;
  /** The shape in numbers, e.g. [4, 7]. */
  readonly shape: readonly number[];
  /** What each axis counts, e.g. ['H', 'H+D'] or ['T', 'B', 'D']; used to say where. */
  readonly axes: readonly string[];
  readonly values: Float64Array;
}

export interface Differentiable {
  readonly tensors: readonly Tensor[];
  /** The loss at these values, one array per tensor. Must not change them. */
  loss(values: readonly Float64Array[]): number;
  /** The gradient under test at these values, one array per tensor. Must not change them. */
  gradient(values: readonly Float64Array[]): readonly Float64Array[];
  /** The same loss over any algebra, by an implementation that shares no code with `loss`. */
  lossOver?<S>(ops: Algebra<S>, values: readonly (readonly S[])[]): S;
}
