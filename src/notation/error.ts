/**
 * The one error that this room throws at its callers. Wrong answers of learners are not errors:
 * `compare` returns them as verdicts.
 */

/**
 * - `unreadable`: the text is not an expression of the notation.
 * - `badEquation`: it reads, but a symbol is undeclared or unknown, or the shapes do not fit.
 * - `missingSymbol`: a value was not given.
 * - `wrongShape`: a value, or a product of values, has the wrong shape.
 */
export type NotationProblem = 'unreadable' | 'badEquation' | 'missingSymbol' | 'wrongShape';

/** Thrown by `checkedEquation`, `evaluate` and, for the author's side of a question, `compare`. */
export class NotationError extends Error {
  override readonly name = 'NotationError';
  constructor(
    readonly problem: NotationProblem,
    says: string,
  ) {
    super(says);
  }
}
