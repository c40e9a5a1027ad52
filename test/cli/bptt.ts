/**
 * The built binary as a black box: `node bin/run.js …` without a shell, each learner in folders of their
 * own. It builds nothing: `npm test` does (pretest).
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { afterAll, expect } from 'vitest';

/** The package under test. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = path.join(root, 'bin', 'run.js');

/** How a run ended. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. Throws where it is anything else, or more. */
  readonly json: () => unknown;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Variables that differ from a bare environment; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The program; the binary unless given. */
  readonly script?: string;
  /** Runs without root's power to write everywhere. */
  readonly nobody?: boolean;
  /** Closes our end of its stdout at once. */
  readonly deaf?: boolean;
  /** When a run that hangs is killed; after half a minute unless told. */
  readonly timeoutMs?: number;
  /**
   * Runs in the process that this spec file keeps (shared.js), after those before it: for rows that differ only in
   * what is typed. Not for terminals, signals, colour, answers on stdin, and how a process ends.
   */
  readonly shared?: boolean;
}

/** For rows that differ only in what is typed. */
export const shared = { shared: true } as const satisfies RunOptions;

/** Runs node on a script and waits for its end. */
export function node(
  args: readonly string[],
  {
    shared: inShared = false,
    cwd = os.tmpdir(),
    env = {},
    script = binary,
    deaf = false,
    nobody = false,
    timeoutMs = 30_000,
  }: RunOptions = {},
): Promise<Ran> {
  const bare = { PATH: process.env.PATH, BPTT_HOME: '/nonexistent/no-home-given' };
  if (inShared) return inTurn({ args, cwd, env: { ...bare, ...env } }, timeoutMs);
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { ...bare, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(nobody && process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  if (deaf) child.stdout.destroy();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({ status, ...texts, json: (): unknown => JSON.parse(texts.stdout) }),
    );
  });
}

/** The process that this spec file keeps, and the end of the line for it. */
let kept: ChildProcess | undefined;
let turn: Promise<unknown> = Promise.resolve();
afterAll(async () => {
  if (!kept) return;
  kept.kill();
  await once(kept, 'exit');
});

/** A command line's turn in the kept process. */
function inTurn(
  line: { args: readonly string[]; cwd: string; env: object },
  timeoutMs: number,
): Promise<Ran> {
  const ran = turn.then(
    () =>
      new Promise<Ran>((resolve, reject) => {
        kept ??= fork(path.join(root, 'test', 'cli', 'shared.js'), {
          env: { PATH: process.env.PATH },
          execArgv: [],
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        });
        const child = kept;
        const hung = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
        const settle = (): void => {
          clearTimeout(hung);
          child.removeAllListeners();
        };
        child.once('message', (told: Omit<Ran, 'json'>) => {
          settle();
          resolve({ ...told, json: (): unknown => JSON.parse(told.stdout) });
        });
        child.once('exit', (status) => {
          settle();
          kept = undefined;
          reject(new Error(`${line.args.join(' ')} ended the process that is kept: ${status}`));
        });
        child.send(line);
      }),
  );
  turn = ran.catch(() => undefined);
  return ran;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder (real path), removed after the file's tests. */
export function scratch(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'bptt-cli-')));
  folders.push(folder);
  return folder;
}

/** Someone at a shell: a folder to stand in and a data folder of their own. */
export class Learner {
  readonly home = scratch();

  /** @param options of all its runs, unless one says otherwise */
  constructor(
    readonly options: RunOptions = {},
    readonly folder = scratch(),
  ) {}

  bptt(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return node(args, {
      cwd: this.folder,
      ...this.options,
      ...options,
      env: { BPTT_HOME: this.home, ...options.env },
    });
  }

  path(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  write(name: string, content: string | Buffer): void {
    fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
    fs.writeFileSync(this.path(name), content);
  }

  read(name: string): Buffer {
    return fs.readFileSync(this.path(name));
  }

  /** Every regular file below the folder, by its path, with its content as text. */
  files(): Record<string, string> {
    const found = fs.readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      found
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [path.relative(this.folder, file), fs.readFileSync(file, 'utf8')]),
    );
  }
}

let pattern: Promise<string> | undefined;

/** A learner in a fresh workspace: `bptt init` runs once per spec file, the others get a copy. */
export async function inWorkspace(options: RunOptions = {}): Promise<Learner> {
  pattern ??= (async () => {
    const first = new Learner();
    expect(await first.bptt(['init'])).toMatchObject({ status: 0, stderr: '' });
    return first.folder;
  })();
  const folder = scratch();
  fs.cpSync(await pattern, folder, { recursive: true });
  return new Learner(options, folder);
}

export const lstm = 'katas/30-lstm/lstm-step.ts';

/** Our solution of the kata at a path such as `katas/30-lstm/lstm-step.ts`. */
export const solutionOf = (file: string): string =>
  fs.readFileSync(path.join(root, file.replace(/^katas/, 'solutions')), 'utf8');

/** Our LSTM step with the work of the gates f and i exchanged. */
export const swapped = (): string => edited('f * cPrev[j] + i * g;', 'i * cPrev[j] + f * g;');

/** Our LSTM step with one passage replaced; the passage must be there. */
export function edited(passage: string, by: string): string {
  const solution = solutionOf(lstm);
  expect(solution).toContain(passage);
  return solution.replace(passage, by);
}

/** A refusal as a learner should see it: one line on stderr that contains all of these, nothing on stdout. */
export function expectRefusal(ran: Ran, ...parts: readonly string[]): void {
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^bptt: \S.*[.?]\n$/); // `.` matches no line ending: one line
  for (const part of parts) expect(ran.stderr).toContain(part);
}

/** No line is wider than the page. */
export function expectToFit(text: string, columns: number): void {
  expect(text).not.toBe('');
  expect(text.split('\n').filter((line) => stringWidth(line) > columns)).toEqual([]);
}
