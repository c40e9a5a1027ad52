/** The report of a kata check: plain data, read by the terminal, --json, vitest and HTML alike. */

export const outcomes = [
  'passed',
  'failed',
  'threw',
  'timedOut',
  'outOfMemory',
  'tooMuchOutput',
  'exited',
  'notImplemented',
  'doesNotCompile',
  'missing',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface CheckReport {
  readonly name: string;
  readonly passed: boolean;
  /** Where a failing check fails, in one sentence. */
  readonly says: string | null;
}

export interface Diagnosis {
  /** The id of the known mistake. */
  readonly mistake: string;
  readonly says: string;
  /** The number of cases on which the learner's numbers are the mistake's numbers. */
  readonly cases: number;
  /** The quiz card that this mistake schedules. */
  readonly card: string | null;
  /** The second mistake, where two known ones made together give the learner's numbers; `says` names both. */
  readonly also?: { readonly mistake: string; readonly card: string | null };
  /** Present where no known mistake gives the learner's numbers: `says` is a guess and says so, or says where to look. */
  readonly guess?: true;
}

type Plain = number | readonly Plain[];

/** One line of the smallest case worked by hand: an equation and its value. */
export interface WorkedLine {
  readonly equation: string;
  /** The equation as one reads it, e.g. «f = σ(W_f [h₋, x] + b_f)». */
  readonly text: string;
  readonly name: string;
  readonly value: Plain;
  /** What the learner has there, where it is one of their outputs and not the same. */
  readonly yours?: Plain;
}

export interface Counterexample {
  readonly dims: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly given: Readonly<Record<string, Plain>>;
  readonly expected: Readonly<Record<string, Plain>>;
  readonly got: Readonly<Record<string, Plain>>;
  readonly firstDifference: {
    readonly output: string;
    readonly index: readonly number[];
    readonly expected: number;
    readonly got: number;
    /** In words, e.g. «t = 1, unit 0»; empty for a single number. */
    readonly where: string;
  };
  /** Which of several steps the worked lines are about; null where there is one. */
  readonly step: {
    /** In words: «t = 1», «row 0». */
    readonly where: string;
    /** The step whose results it is given: the one before it, or on the way back the one after it. */
    readonly from: number;
    /** Those results as the step has them, by symbol; on the way back what the step has of its own is part of them. */
    readonly received: Readonly<Record<string, Plain>>;
  } | null;
  readonly worked: readonly WorkedLine[];
}

export interface KataReport {
  readonly id: string;
  readonly title: string;
  /** The folder of katas that it is one of, as it was named; absent for those that come with bptt. */
  readonly katas?: string;
  /** Whose file this is about, where it is not the workspace's own. */
  readonly file?: string;
  readonly outcome: Outcome;
  readonly seed: number;
  readonly checks: readonly CheckReport[];
  readonly diagnosis: Diagnosis | null;
  readonly counterexample: Counterexample | null;
  /** What went wrong, in one sentence, where the outcome is neither passed nor failed. */
  readonly says: string | null;
  /** What the implementation printed, safe to display. */
  readonly printed: readonly string[];
  readonly ms: number;
}
