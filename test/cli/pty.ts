/**
 * A terminal for tests: `script` of util-linux runs a command on a pseudo-terminal, we write its keys and
 * read its screen. Nothing sleeps: a test waits for text, and only a hang is timed.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './bptt.js';

const hungMs = 30_000;

export interface TerminalOptions {
  readonly cwd: string;
  readonly home: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export class Terminal {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;
  #output = '';
  /** Where in the output the answer to the last key begins. */
  #from = 0;
  #told = (): void => undefined;

  /** Runs `bptt` with these arguments, none of which may hold a quote. */
  constructor(
    args: readonly string[],
    { cwd, home, columns = 80, rows = 60, env = {} }: TerminalOptions,
  ) {
    const bptt = [process.execPath, path.join(root, 'bin', 'run.js'), ...args];
    const command = `tty; stty cols ${columns} rows ${rows}; exec ${bptt.map((one) => `'${one}'`).join(' ')}`;
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd,
      env: {
        ...{ PATH: process.env.PATH, TERM: 'xterm-256color', BPTT_HOME: home, SHELL: '/bin/sh' },
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 4 * hungMs,
      killSignal: 'SIGKILL',
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      this.#told();
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (status) => resolve(status ?? -1));
    });
  }

  /** Keys; what comes from now on is their answer. */
  press(keys: string): void {
    this.#from = this.#output.length;
    this.#child.stdin!.write(keys);
  }

  /** Another width, as when a window is dragged. */
  resize(columns: number): void {
    const tty = /\/dev\/\S+/.exec(this.#output)![0];
    this.#from = this.#output.length;
    spawnSync('stty', ['-F', tty, 'cols', String(columns)]);
  }

  /** Waits until a text stands in what came since the last key, and gives all of that. */
  async see(text: string | RegExp): Promise<string> {
    const since = (): string =>
      stripVTControlCharacters(this.#output.slice(this.#from)).replaceAll('\r', '');
    const found = (): boolean =>
      typeof text === 'string' ? since().includes(text) : text.test(since());
    await new Promise<void>((resolve, reject) => {
      const hung = setTimeout(
        () => reject(new Error(`Waited for ${String(text)}; there is:\n${since()}`)),
        hungMs,
      );
      this.#told = () => {
        if (!found()) return;
        clearTimeout(hung);
        resolve();
      };
      this.#told();
    });
    return since();
  }

  /** Waits until a text stands there, or for the end. @returns whether the text came */
  async seeOrEnd(text: string | RegExp): Promise<boolean> {
    const seen = this.see(text).then(() => true);
    return Promise.race([seen, this.#ended.then(() => false)]);
  }

  /** Waits for the end: the exit code, and all that was shown, escapes included. */
  async end(): Promise<{ status: number; output: string }> {
    return { status: await this.#ended, output: this.#output };
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
