/**
 * Brings a command row about: the built binary in a process group of its own. Expected is its exit code, what it
 * says, no process left, no folder left, no control character on the screen, and the logs as they were.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { changes, type Went } from './by-kata.js';
import { below, survivors } from './census.js';
import { kataFile, type Place } from './place.js';
import type { CommandFault } from './row.js';

const binary = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** Every command is to end within five seconds; one that hangs is killed after thirty. */
const DEADLINE_MS = 5000;
const HUNG_MS = 30_000;

/** How often to look who is there: a signal waits for a child to kill; else it is enough to meet whoever stays. */
const LOOK_MS = { forChild: 15, forStrays: 60 };

export interface Ran {
  /** 128 + n for an end by signal n. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly left: readonly number[];
}

/** Runs the binary and waits for its end and that of all it started. */
export async function run(fault: Omit<CommandFault, 'by' | 'status'>, place: Place): Promise<Ran> {
  const node = [process.execPath, binary, ...fault.args];
  const [program, ...args] = fault.shell ? ['/bin/sh', '-c', fault.shell, 'sh', ...node] : node;
  const child = spawn(program!, args, {
    cwd: place.workspace,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: path.join(place.base, 'home'),
      BPTT_HOME: place.home,
      TMPDIR: place.temporary,
      ...fault.env,
    },
    ...(fault.nobody && process.getuid?.() === 0
      ? { uid: fault.nobody === true ? 65534 : fault.nobody, gid: 65534 }
      : {}),
  });
  const group = child.pid!;
  const kill = (name: NodeJS.Signals): void => {
    try {
      process.kill(-group, name);
    } catch {
      // All of it has ended.
    }
  };
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  const hung = setTimeout(() => kill('SIGKILL'), HUNG_MS);

  const seen = new Set([group]);
  let signalled = fault.signal === undefined;
  const every = fault.signal?.when === 'child' ? LOOK_MS.forChild : LOOK_MS.forStrays;
  const look = setInterval(() => {
    const found = below(new Set([group]));
    for (const { pid } of found) seen.add(pid);
    const { signal } = fault;
    if (signal === undefined || signalled) return;
    // The host's child is the leader of another group.
    if (signal.when === 'child' && !found.some((one) => one.group !== group)) return;
    signalled = true;
    setTimeout(() => kill(signal.name), signal.afterMs);
  }, every);
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
  clearTimeout(hung);
  clearInterval(look);
  const left = await survivors(seen);
  for (const pid of left) endNow(pid); // a complaint; not to be left on the machine all the same
  return { status, ...texts, left };
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

export async function byCommand(fault: CommandFault, place: Place): Promise<Went> {
  if (fault.source !== undefined) place.write(kataFile, fault.source);
  fault.setUp?.(place);
  const before = place.snapshot();
  const began = performance.now();
  const ran = await run(fault, place);
  const ms = performance.now() - began;
  const after = place.snapshot();

  const complaints: string[] = [];
  const complain = (wrong: boolean, says: string): void => {
    if (wrong) complaints.push(says);
  };
  const said = `stdout «${cut(ran.stdout)}», stderr «${cut(ran.stderr)}»`;
  complain(ran.status !== fault.status, `expected ${fault.status}, ended ${ran.status}: ${said}`);
  complain(fault.stdout?.test(ran.stdout) === false, `stdout is «${cut(ran.stdout)}»`);
  complain(!(fault.stderr ?? /^$/).test(ran.stderr), `stderr is «${cut(ran.stderr)}»`);
  if (!fault.coloured)
    complain(
      /[\p{Cc}\p{Bidi_Control}]/u.test(`${ran.stdout}${ran.stderr}`.replaceAll('\n', '')),
      `control characters: ${JSON.stringify(cut(ran.stdout + ran.stderr))}`,
    );
  complain(ran.left.length > 0, `left alive: ${ran.left.join(', ')}`);
  const log = path.relative(place.base, place.log);
  for (const change of changes(before, after))
    complain(
      !(fault.log === 'grown' && change === `${log} changed` && hasGrown(before[log], after[log])),
      change,
    );
  try {
    fault.after?.(place, ran);
  } catch (error) {
    complaints.push((error as Error).message);
  }
  return { complaints, ms, deadlineMs: DEADLINE_MS };
}

/** What stood in the log stands; what follows is whole events. Both in base 64. */
function hasGrown(before = '', after = ''): boolean {
  const [was, is] = [Buffer.from(before, 'base64'), Buffer.from(after, 'base64')];
  if (!is.subarray(0, was.length).equals(was)) return false;
  const more = is.subarray(was.length).toString();
  if (!more.endsWith('\n')) return false;
  return more
    .trim()
    .split('\n')
    .every((line) => (JSON.parse(line) as { v: unknown }).v === 1);
}

const cut = (text: string): string => (text.length > 600 ? `${text.slice(0, 600)}…` : text);

/** Reads a log's events as the shell would: one JSON object a line. For rows whose log is whole. */
export const eventsIn = (file: string): Record<string, unknown>[] =>
  fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
