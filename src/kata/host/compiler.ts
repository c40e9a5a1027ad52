/**
 * esbuild within limits. It is one process for all builds, has no limits of its own, and keeps this one alive while
 * it works: so builds take turns, and one that takes too long or grows too large ends it; the next starts it anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type Esbuild from 'esbuild';
import type { BuildFailure, Message } from 'esbuild';

/** Resident memory that esbuild may take, in megabytes; a kata needs about 40. Held where there is /proc. */
export const MOST_COMPILER_MB = 512;
const POLL_MS = 20;

/** How a build went. */
export type Compiled<T> =
  | { readonly kind: 'built'; readonly result: T }
  /** The text is wrong: at least one message. */
  | { readonly kind: 'refused'; readonly errors: readonly Message[] }
  | { readonly kind: 'late' }
  | { readonly kind: 'large' }
  /** esbuild itself ended, or could not be started. */
  | { readonly kind: 'crashed'; readonly message: string };

type Build<T> = (esbuild: typeof Esbuild) => Promise<T>;

let turn: Promise<unknown> = Promise.resolve();

/** Builds when its turn has come; its time is counted from then on. Never rejects. */
export function compile<T>(build: Build<T>, deadlineMs: number): Promise<Compiled<T>> {
  const mine = turn.then(() => contained(build, deadlineMs));
  turn = mine;
  return mine;
}

async function contained<T>(build: Build<T>, deadlineMs: number): Promise<Compiled<T>> {
  let timer: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;
  const over = new Promise<Compiled<T>>((end) => {
    timer = setTimeout(() => end({ kind: 'late' }), deadlineMs);
    poll = setInterval(() => {
      if (residentMb() > MOST_COMPILER_MB) end({ kind: 'large' });
    }, POLL_MS);
  });
  const outcome = await Promise.race([built(build), over]);
  clearTimeout(timer);
  clearInterval(poll);
  // What it has grown to would be blamed on the next file.
  const spent = !['built', 'refused'].includes(outcome.kind) || residentMb() > MOST_COMPILER_MB / 2;
  if (spent) await stop();
  return outcome;
}

async function built<T>(build: Build<T>): Promise<Compiled<T>> {
  try {
    return { kind: 'built', result: await build(await import('esbuild')) };
  } catch (error) {
    const { errors = [], message } = error as Partial<BuildFailure> & Error;
    return errors.length > 0 ? { kind: 'refused', errors } : { kind: 'crashed', message };
  }
}

/** Builds that wait for it reject. */
async function stop(): Promise<void> {
  try {
    await (await import('esbuild')).stop();
  } catch {
    // It was never started.
  }
}

/** The resident memory of esbuild, this process's child, in megabytes; 0 where there is no /proc. */
function residentMb(): number {
  try {
    const children = readdirSync('/proc/self/task').flatMap((thread) =>
      readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    );
    const sizes = children.map((pid) => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const kilobytes = /^Name:\tesbuild$[^]*^VmRSS:\s*(\d+) kB/m.exec(status)?.[1];
      return Number(kilobytes ?? 0) / 1024;
    });
    return Math.max(0, ...sizes);
  } catch {
    return 0;
  }
}
