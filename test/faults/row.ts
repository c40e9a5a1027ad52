/**
 * One row of the fault matrix: a threat, the control that meets it, how the threat is brought about, and
 * what must come out. Rows are data; by-kata.ts and by-command.ts bring them about.
 */
import type { Outcome } from '../../src/kata/index.js';
import type { Place } from './place.js';

/** The rows of one heading of docs/assurance.md. */
export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

export interface Row {
  /** Lower-case words joined by hyphens; unique over the matrix. */
  readonly id: string;
  /** What goes wrong, as it stands in docs/assurance.md. */
  readonly threat: string;
  /** What meets it, as it stands in docs/assurance.md. */
  readonly control: string;
  readonly provoke: KataFault | CommandFault | Scene;
}

/** A learner's file for the kata rnn-step, bundled, run in a child and judged. */
export interface KataFault {
  readonly by: 'kata';
  /** The text of the file; undefined where `setUp` makes it. */
  readonly source?: string;
  /** What else there is, made before the check. */
  readonly setUp?: (place: Place) => void;
  readonly memoryMb?: number;
  /** Instead of the matrix's deadline, in milliseconds: for what takes its time to fill memory. */
  readonly deadlineMs?: number;
  /** What all calls together may take, in deadlines. */
  readonly deadlines?: number;
  /** How the report must end. */
  readonly outcome: Outcome | readonly Outcome[];
  /** The report's sentence, or that of a failing check. */
  readonly says?: RegExp;
  /** What the report shows as printed, lines joined by `|`. */
  readonly printed?: RegExp;
}

/** One run of the built binary in a workspace. */
export interface CommandFault {
  readonly by: 'command';
  readonly args: readonly string[];
  readonly setUp?: (place: Place) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The file of rnn-step. */
  readonly source?: string;
  /** A shell's command line; `"$@"` in it is the binary with its arguments. */
  readonly shell?: string;
  /** Run without root's power to write everywhere; a number is the user's. */
  readonly nobody?: true | number;
  /** Sends a signal to the process group as a terminal does, so long after `when`. */
  readonly signal?: {
    readonly name: NodeJS.Signals;
    readonly when: 'start' | 'child';
    readonly afterMs: number;
  };
  /** 128 + n for a process that signal n ended. */
  readonly status: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
  /** Escape sequences are expected, as colour was asked for. */
  readonly coloured?: true;
  /** `same`, unless told: byte for byte. `grown`: what stood in it stands, and whole events follow. */
  readonly log?: 'same' | 'grown';
  readonly after?: (place: Place, ran: { stdout: string; stderr: string }) => void;
}

/** Anything else: throws when the control does not hold. */
export interface Scene {
  readonly by: 'scene';
  readonly play: (place: Place) => void | Promise<void>;
}
