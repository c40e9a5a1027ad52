/**
 * The definition format of a kata, as `bptt/define`. A definition is data and pure functions: what goes
 * in and comes out, the reference, laws, known mistakes, hints, follow-ups. The types of `given` and `got`
 * follow from the shapes, so a name misspelt anywhere does not compile.
 */
import { linearIn } from './linear.js';
import { runnable } from './mistake.js';
import type { EquationId } from '../notation/index.js';
import type { Backward, Forward, Through } from './backward.js';
import type { Attempt, KnownMistake, Mistake } from './mistake.js';
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
export type { CellName, EquationId, Subject } from '../notation/index.js';
export type { Attended } from './attended.js';
export type { Backward, Forward, Through } from './backward.js';
export type { Kept } from './kept.js';
export type { Attempt, KnownMistake, Mistake } from './mistake.js';
export type { EngineInput } from './reference.js';
export type { KataAxis, Letter } from './sizes.js';
export type {
  Bound,
  Matrix,
  Sequence,
  Shapes,
  ValueOf,
  ValueShape,
  Values,
  ValuesOf,
  Vector,
} from './values.js';

/** A statement that holds for every right implementation. */
export interface Law<I extends Shapes = Shapes, O extends Shapes = Shapes> {
  /** The statement, in the learner's words: `f = 1 and i = 0 copy the cell`. */
  readonly name: string;
  /** Turns a generated case into the special one that the law is about. */
  readonly change: (given: ValuesOf<I>) => ValuesOf<I>;
  /** Whether the outputs of the changed case are as they must be; `before` are those of the case as it was generated. */
  readonly holds: (given: ValuesOf<I>, got: ValuesOf<O>, before: ValuesOf<O>) => boolean;
  /** What it is, as a rule, when it does not hold, in a sentence. */
  readonly usual?: string;
}

/**
 * What one writes to define a kata with inputs of the shapes I and outputs of the shapes O. C is what `attempt` can be
 * asked to change, which is what the known mistakes are made of.
 */
export interface KataBody<I extends Shapes, O extends Shapes, C> {
  /** The folder under katas/, e.g. `30-lstm`. */
  readonly topic: string;
  /** A few words, as they stand in `bptt list`. */
  readonly title: string;
  /** 1 warm-up · 2 asked everywhere · 3 asked at the end of a good interview. */
  readonly level: 1 | 2 | 3;
  /** How long it takes someone who has done it before. */
  readonly minutes: number;
  /** Those that it exercises, by id; they are worked by hand under a failing case. */
  readonly equations: readonly EquationId[];
  /** The names and shapes of what the learner's function is given. */
  readonly inputs: I;
  /** The names and shapes of what it returns. */
  readonly outputs: O;
  /** Completes a generated case where inputs depend on each other, e.g. `hs` on `xs` and the weights. */
  readonly prepare?: (given: ValuesOf<I>) => ValuesOf<I>;
  /**
   * Inputs that the stub allows and no generated case has, by what is special about them: `'k = 1'`. Sizes of 1, and
   * sizes that are all the same, are tried for every kata.
   */
  readonly edges?: Readonly<Record<string, (given: ValuesOf<I>) => ValuesOf<I>>>;
  /** The right outputs of a case; it may use the engine. */
  readonly reference: (given: ValuesOf<I>) => ValuesOf<O>;
  /**
   * What the symbols of `equations` stand for, where they are not the inputs' names: they are worked by hand
   * under a failing case. Absent: the inputs as they are.
   */
  readonly symbols?: (given: ValuesOf<I>) => Values;
  /** What those symbols are in a learner's outputs, where they are not the outputs' names: shown beside the worked lines. */
  readonly answers?: (got: ValuesOf<O>, given: ValuesOf<I>) => Values;
  /** For a forward pass of more than one step: its steps, in the symbols of the equations that give its outputs. */
  readonly forward?: Omit<Forward, 'steps'> & {
    /** The symbols that each step is given, by their names in the equations; the first step in time first. */
    readonly steps: (given: ValuesOf<I>, through: Through) => Values[];
  };
  /** For a kata that goes backward: its steps, in the symbols of the equations that give its outputs. */
  readonly backward?: Omit<Backward, 'steps' | 'cut' | 'upstream'> & {
    /** The symbols that each step is given, by their names in the equations; the first step in time first. */
    readonly steps: (given: ValuesOf<I>) => Values[];
    /** Whether what comes back to step t from the one after it is cut off. */
    readonly cut?: (given: ValuesOf<I>, t: number) => boolean;
    /**
     * The inputs that are gradients from outside: `['dhs']`. What comes out is linear in them: that becomes one more law,
     * and they are large in one judging case of four.
     */
    readonly upstream?: readonly (keyof I & string)[];
  };
  /** What must hold beside being equal to the reference. */
  readonly laws: readonly Law<I, O>[];
  /** The implementation that the mistakes change, as a learner would write it. */
  readonly attempt?: (given: ValuesOf<I>, change: C) => ValuesOf<O>;
  /** Wrong variants that are named when a learner's numbers are theirs. */
  readonly mistakes: readonly Mistake<I, O, NoInfer<NonNullable<C>>>[];
  /** A ladder: the idea, the equation, the line. */
  readonly hints: readonly [string, string, string, ...string[]];
  /** What an interviewer asks next. */
  readonly followUps: readonly string[];
}

/** A kata as the rest of the house sees it: the same thing with the names no longer in the types. */
export interface Kata extends Omit<
  KataBody<Shapes, Shapes, unknown>,
  | 'prepare'
  | 'edges'
  | 'reference'
  | 'symbols'
  | 'answers'
  | 'forward'
  | 'backward'
  | 'laws'
  | 'attempt'
  | 'mistakes'
> {
  /** E.g. `lstm-step`: also the name of its files. */
  readonly id: string;
  /** The id in camelCase: what a learner's file exports. */
  readonly functionName: string;
  /** The folder that holds its katas/ and solutions/; absent for those that come with the package. */
  readonly root?: string;
  /** That folder as it was named, for commands to be typed next. */
  readonly folder?: string;
  /** Completes a generated case; the identity where the definition has none. */
  readonly prepare: (given: Values) => Values;
  /** Inputs that the stub allows and no generated case has, by what is special about them. */
  readonly edges?: Readonly<Record<string, (given: Values) => Values>>;
  /** The right outputs of a case. */
  readonly reference: (given: Values) => Values;
  /** What the symbols of the equations stand for, where they are not the inputs' names. */
  readonly symbols?: (given: Values) => Values;
  /** What those symbols are in a learner's outputs, where they are not the outputs' names. */
  readonly answers?: (got: Values, given: Values) => Values;
  /** What must hold beside being equal to the reference. */
  readonly laws: readonly {
    /** The statement, in the learner's words. */
    readonly name: string;
    /** Turns a generated case into the special one that the law is about. */
    readonly change: (given: Values) => Values;
    /** Whether the outputs of the changed case are as they must be; `before` are those of the case as it was generated. */
    readonly holds: (given: Values, got: Values, before: Values) => boolean;
    /** What it is, as a rule, when it does not hold. */
    readonly usual?: string;
  }[];
  /** For a forward pass of more than one step: its steps. */
  readonly forward?: Forward;
  /** For a kata that goes backward: its steps. */
  readonly backward?: Backward;
  /** The implementation that the mistakes change. */
  readonly attempt?: Attempt;
  /** Wrong variants, each of which can be run. */
  readonly mistakes: readonly KnownMistake[];
}

/**
 * Declares a kata.
 *
 * @example
 * ```ts
 * import { close, kata, map, vector } from 'bptt/define';
 *
 * const relu = kata('relu', {
 *   topic: '90-ours',
 *   title: 'The rectifier',
 *   level: 1,
 *   minutes: 2,
 *   equations: [],
 *   inputs: { x: vector('H') },
 *   outputs: { y: vector('H') },
 *   reference: ({ x }) => ({ y: map(x, (v) => Math.max(0, v)) }),
 *   laws: [
 *     {
 *       name: 'what is positive passes',
 *       change: ({ x }) => ({ x: map(x, Math.abs) }),
 *       holds: ({ x }, { y }) => close(x, y),
 *     },
 *   ],
 *   mistakes: [],
 *   hints: ['Half of it is easy.', 'y = max(0, x)', 'x.map((v) => Math.max(0, v))'],
 *   followUps: ['What is its derivative at 0?'],
 * });
 * relu.functionName; // → 'relu'
 * relu.reference({ x: Float64Array.of(-1, 2) }); // → { y: [0, 2] }
 * ```
 *
 * @throws {TypeError} if the id is not lower-case words joined by hyphens.
 */
export function kata<const I extends Shapes, const O extends Shapes, C = never>(
  id: string,
  body: KataBody<I, O, C>,
): Kata {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new TypeError(`Expected a kata id like lstm-step, got ${id}.`);
  const functionName = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const { prepare = (given: ValuesOf<I>) => given } = body;
  const mistakes = body.mistakes.map((mistake) =>
    runnable(mistake as unknown as Mistake, body.attempt as unknown as Attempt),
  );
  const whole = { ...body, prepare, mistakes, id, functionName } as unknown as Kata;
  const upstream = whole.backward?.upstream;
  return upstream ? { ...whole, laws: [...whole.laws, linearIn(upstream)] } : whole;
}
