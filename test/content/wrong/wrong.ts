/** A wrong solution as someone would hand it in: not one of the katas' known mistakes, written here from scratch. */

export interface Wrong {
  readonly kata: string;
  /** What was done wrong, in a few words. */
  readonly what: string;
  readonly solve: (given: never) => unknown;
  /** What the report must say, or null where the honest answer is that it does not know. */
  readonly says: RegExp | null;
}
