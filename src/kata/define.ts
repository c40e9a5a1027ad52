/**
 * The definition format of a kata, as `bptt/define`. A definition is data and pure functions: what goes
 * in and comes out, the reference, laws, known mistakes, hints, follow-ups. The types of `given` and `got`
 * follow from the shapes, so a name misspelt anywhere does not compile.
 */
import type { EquationId } from '../notation/index.js';
import type { Shapes, Values, ValuesOf } from './values.js';

export { attentionByEngine, backThroughAttention } from './attended.js';
export { throughEngine, backThroughEngine } from './reference.js';
export { backThroughKept, keptByEngine } from './kept.js';
export { concat, sigmoid, zeroMatrix, zeros } from './learner.js';
export {
  close,
  filledLike,
  map,
  matrixProduct,
  outer,
  plus,
  plusMatrix,
  product,
  scaleMatrix,
  softmax,
  times,
  transposed,
  transposedProduct,
  zip,
} from './vectors.js';
export { index, integer, matrix, scalar, sequence, size, vector, vectors } from './values.js';
export type { Matrix, Sequence, Shapes, ValueShape, Values, ValuesOf, Vector } from './values.js';

/** A statement that holds for every right implementation. */
export interface Law<I extends Shapes = Shapes, O extends Shapes = Shapes> {
  readonly name: string;
  /** Turns a generated case into the special one that the law is about. */
  readonly change: (given: ValuesOf<I>) => ValuesOf<I>;
  /** Whether the outputs of the changed case are as they must be. */
  readonly holds: (given: ValuesOf<I>, got: ValuesOf<O>) => boolean;
}

/** A runnable wrong variant, with the sentence that the learner reads when their numbers are its numbers. */
export interface Mistake<I extends Shapes = Shapes, O extends Shapes = Shapes> {
  readonly id: string;
  /** What the learner did, addressed to them. */
  readonly says: string;
  readonly variant: (given: ValuesOf<I>) => ValuesOf<O>;
  /** The quiz card that this mistake schedules. */
  readonly card?: string;
}

export interface KataBody<I extends Shapes, O extends Shapes> {
  /** The folder under katas/, e.g. `30-lstm`. */
  readonly topic: string;
  readonly title: string;
  /** 1 warm-up · 2 asked everywhere · 3 asked at the end of a good interview. */
  readonly level: 1 | 2 | 3;
  /** How long it takes someone who has done it before. */
  readonly minutes: number;
  readonly equations: readonly EquationId[];
  readonly inputs: I;
  readonly outputs: O;
  /** Completes a generated case where inputs depend on each other, e.g. `hs` on `xs` and the weights. */
  readonly prepare?: (given: ValuesOf<I>) => ValuesOf<I>;
  readonly reference: (given: ValuesOf<I>) => ValuesOf<O>;
  /**
   * What the symbols of `equations` stand for, where they are not the inputs' names: they are worked by hand
   * under a failing case. Absent: the inputs as they are.
   */
  readonly symbols?: (given: ValuesOf<I>) => Values;
  readonly laws: readonly Law<I, O>[];
  readonly mistakes: readonly Mistake<I, O>[];
  /** A ladder: the idea, the equation, the line. */
  readonly hints: readonly [string, string, string, ...string[]];
  readonly followUps: readonly string[];
}

/** A kata as the rest of the house sees it: the same thing with the names no longer in the types. */
export interface Kata extends Omit<
  KataBody<Shapes, Shapes>,
  'prepare' | 'reference' | 'symbols' | 'laws' | 'mistakes'
> {
  readonly id: string;
  /** The id in camelCase: what a learner's file exports. */
  readonly functionName: string;
  readonly prepare: (given: Values) => Values;
  readonly reference: (given: Values) => Values;
  readonly symbols?: (given: Values) => Values;
  readonly laws: readonly {
    readonly name: string;
    readonly change: (given: Values) => Values;
    readonly holds: (given: Values, got: Values) => boolean;
  }[];
  readonly mistakes: readonly {
    readonly id: string;
    readonly says: string;
    readonly variant: (given: Values) => Values;
    readonly card?: string;
  }[];
}

/** Declares a kata. @throws {TypeError} if the id is not lower-case words joined by hyphens. */
export function kata<const I extends Shapes, const O extends Shapes>(
  id: string,
  body: KataBody<I, O>,
): Kata {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new TypeError(`Expected a kata id like lstm-step, got ${id}.`);
  const functionName = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const { prepare = (given: ValuesOf<I>) => given } = body;
  return { ...body, prepare, id, functionName } as unknown as Kata;
}
