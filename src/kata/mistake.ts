/**
 * A known mistake: a runnable wrong variant, and the sentence that the learner reads when their numbers are
 * its numbers. Most are said as a small change to the kata's `attempt`, in what it reads, on the way, or in
 * what it returns. Those can be made together, two at a time; one that is a function of its own cannot.
 */
import type { Shapes, Values, ValuesOf } from './values.js';

/** How a definition says a mistake. `C` is what the kata's attempt takes as changes. */
export interface Mistake<I extends Shapes = Shapes, O extends Shapes = Shapes, C = unknown> {
  /** A few words joined by hyphens, its own within the kata: `gate-derivative-missing`. */
  readonly id: string;
  /** What the learner did, addressed to them. */
  readonly says: string;
  /** The inputs that it works on instead of the given ones. */
  readonly reads?: (given: ValuesOf<I>) => ValuesOf<I>;
  /** The places of `attempt` that it changes. */
  readonly change?: C | ((given: ValuesOf<I>) => C);
  /** What it returns instead of what the attempt got. */
  readonly returns?: (got: ValuesOf<O>, given: ValuesOf<I>) => ValuesOf<O>;
  /** The whole wrong function, where it is no change to the attempt. */
  readonly variant?: (given: ValuesOf<I>) => ValuesOf<O>;
  /** The quiz card that this mistake schedules. */
  readonly card?: string;
}

/** A mistake as the rest of the house sees it: every one can be run. */
export type KnownMistake = Omit<Mistake, 'variant'> & {
  /** The outputs that it gives for a case. */
  readonly variant: (given: Values) => Values;
};

/** The implementation that mistakes change, as a learner would write it. Its first argument is the given values. */
export type Attempt = (given: Values, change: Readonly<Record<string, unknown>>) => Values;

const changeOf = ({ change = {} }: Mistake, given: Values) =>
  (typeof change === 'function'
    ? (change as (given: Values) => unknown)(given)
    : change) as Readonly<Record<string, unknown>>;

/** The attempt with some mistakes made in it, the first one's inputs read first. */
const made =
  (attempt: Attempt, mistakes: readonly Mistake[]) =>
  (given: Values): Values => {
    const read = mistakes.reduce((values, { reads }) => reads?.(values) ?? values, given);
    const change = Object.assign({}, ...mistakes.map((one) => changeOf(one, given))) as Readonly<
      Record<string, unknown>
    >;
    return mistakes.reduce(
      (got, { returns }) => returns?.(got, given) ?? got,
      attempt(read, change),
    );
  };

/** A mistake that can be run. @throws {TypeError} if it is neither a change nor a variant of its own. */
export function runnable(mistake: Mistake, attempt: Attempt | undefined): KnownMistake {
  if (mistake.variant) return mistake as KnownMistake;
  if (!attempt)
    throw new TypeError(`The mistake ${mistake.id} changes an attempt that is not there.`);
  return { ...mistake, variant: made(attempt, [mistake]) };
}

/**
 * Both mistakes at once, as one function of the given values; undefined where one is a function of its own,
 * or where both change the same place, as nobody can.
 */
export function together(
  attempt: Attempt | undefined,
  one: KnownMistake,
  other: KnownMistake,
  given: Values,
): ((given: Values) => Values) | undefined {
  const isChange = ({ reads, change, returns }: KnownMistake): boolean =>
    [reads, change, returns].some((part) => part !== undefined);
  if (!attempt || !isChange(one) || !isChange(other)) return undefined;
  const places = Object.keys(changeOf(one, given));
  if (Object.keys(changeOf(other, given)).some((place) => places.includes(place))) return undefined;
  return made(attempt, [one, other]);
}
