/** What we are connected to: decided once, here. */
import { paintWith } from '../ui/paint.js';
import type { Page } from '../ui/layout.js';

/** The page that stdout shows. A pty may report 0 columns, and a pipe none at all. */
export function pageOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Page {
  const asked = Number(env.COLUMNS);
  const columns = stream.columns || (Number.isInteger(asked) ? asked : 0) || 80;
  const coloured = stream.isTTY
    ? env.TERM !== 'dumb'
    : env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  return {
    width: Math.min(120, Math.max(20, columns)),
    paint: paintWith(coloured && !env.NO_COLOR && env.FORCE_COLOR !== '0'),
  };
}

/** Whether a person sits there who can press keys. */
export const isInteractive = (env: NodeJS.ProcessEnv): boolean =>
  process.stdin.isTTY && process.stdout.isTTY && !env.CI && env.TERM !== 'dumb';

/** Ends quietly where the reader has gone away (`| head -1`). */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
}
