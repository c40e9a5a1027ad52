/** What we are connected to: decided once, here. */
import { printable } from '../kata/printable.js';
import { paintWith } from '../ui/paint.js';
import { Refusal, exitCodes } from './refusal.js';
import type { Page } from '../ui/layout.js';

/** What a page asks of what it is written to. */
export type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>;

/** The page that stdout shows. A pty may report 0 columns, and a pipe none at all. */
export function pageOf(stream: Stream, env: NodeJS.ProcessEnv): Page {
  const asked = Number(env.COLUMNS);
  const columns = stream.columns || (Number.isInteger(asked) ? asked : 0) || 80;
  const coloured = stream.isTTY
    ? env.TERM !== 'dumb'
    : env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  return {
    width: Math.min(120, Math.max(20, columns)),
    paint: paintWith(coloured && !env.NO_COLOR && env.FORCE_COLOR !== '0'),
    ...(isSpoken(env) && { spoken: true }),
  };
}

/** Whether a screen reader reads out what is printed. The variable is Ink's, which knows the word true only. */
export const isSpoken = ({ INK_SCREEN_READER = '' }: NodeJS.ProcessEnv): boolean =>
  ['true', '1', 'yes', 'on'].includes(INK_SCREEN_READER.toLowerCase());

/**
 * Whether a person sits there who presses keys and looks at a screen. A screen is drawn anew at every key, which
 * a screen reader would read out each time: it gets lines, each once.
 */
export const isInteractive = (env: NodeJS.ProcessEnv): boolean =>
  process.stdin.isTTY && process.stdout.isTTY && !env.CI && env.TERM !== 'dumb' && !isSpoken(env);

/** A pty may report a size of 0 by 0: Ink would wrap at one character and clear the screen at every frame. */
export function floorSize(stream: NodeJS.WriteStream): void {
  if (!stream.isTTY) return;
  stream.columns ||= 80;
  stream.rows ||= 24;
}

/** Ends quietly where the reader has gone away (`| head -1`), with a sentence where nothing can be written. */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    // Before oclif's own listener, which throws.
    stream.prependListener('error', ({ code = 'an error' }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') process.exit(0);
      if (stream === process.stdout)
        process.stderr.write(
          `bptt: the output could not be written, because the system answers ${code}.\n`,
        );
      process.exit(exitCodes.notSaved);
    });
}

/** The folder that one stands in. @throws {Refusal} when it has been removed. */
export function standing(): string {
  try {
    return process.cwd();
  } catch {
    throw new Refusal('The folder that you stand in no longer exists: cd into another one.');
  }
}

const ours = /(\u001b\[[\d;]*m)/;

/**
 * Lines, safe for a terminal: folders, files and answers may be called anything. Only sequences that set
 * colours stay, and those only where the page is coloured.
 */
export function shown(lines: readonly string[], paint: Page['paint']): string[] {
  const coloured = paint.strong('x') !== 'x';
  const safe = (line: string): string =>
    coloured
      ? line
          .split(ours)
          .map((part, k) => (k % 2 === 1 ? part : printable(part)))
          .join('')
      : printable(line);
  return lines.flatMap((line) => line.split('\n')).map(safe);
}

/** JSON, safe for a terminal: JSON itself escapes only the control characters below U+0020. On one line with indent 0. */
export const jsonText = (json: unknown, indent = 2): string =>
  JSON.stringify(json, null, indent).replace(
    /[\u007f-\u009f\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
