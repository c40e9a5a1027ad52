/**
 * A subject is an implementation under judgement, wherever it runs: in a child process (host/), or in
 * this process (vitest in the learner's workspace, known mistakes, solutions in tests). The judge sees
 * only this interface, and only raw data comes back through it.
 */
import type { Values } from './values.js';

/** One named value as it came back, described but not trusted. */
export type RawValue =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'vector'; readonly data: Float64Array }
  | { readonly kind: 'rows'; readonly rows: readonly Float64Array[] }
  /** Anything else, in a few words: `a plain array of 4`, `undefined`, `a string`. */
  | { readonly kind: 'other'; readonly says: string };

/** What one call of the learner's function gave. */
export type Answer =
  | {
      readonly kind: 'returned';
      /** The own properties of the returned object; a returned non-object is `{ kind: 'other' }` under no name. */
      readonly outputs: Readonly<Record<string, RawValue>> | { readonly notAnObject: string };
      /** The inputs as they were after the call: the judge compares them bit by bit. */
      readonly inputsAfter: Values;
      /** Pairs of names whose memory overlaps, e.g. `['h', 'hPrev']` or `['hs[1]', 'hs[2]']`. */
      readonly aliases: readonly (readonly [string, string])[];
    }
  | {
      readonly kind: 'threw';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    }
  | { readonly kind: 'notImplemented' };

type FaultKind =
  'missing' | 'doesNotCompile' | 'threw' | 'timedOut' | 'outOfMemory' | 'tooMuchOutput' | 'exited';

/** How a subject can end instead of answering. */
export type Fault = {
  readonly [Kind in FaultKind]: {
    readonly kind: Kind;
    /** Sentences. */
    readonly says: string;
    /** Present where it came before any call; then `says` tells so where that matters. */
    readonly loading?: true;
  };
}[FaultKind];

/** An implementation that can be called. After a fault every further call gives the same fault. */
export interface Subject {
  /** Calls the function with a copy of the inputs. Never rejects. */
  call(inputs: Values): Promise<Answer | Fault>;
  /** Ends whatever runs it. Never rejects; safe to call twice. */
  close(): Promise<void>;
  /** What the implementation printed so far, made safe to display; at most the last 40 lines. */
  printed(): readonly string[];
}
