/**
 * One child process: started, asked, and killed with its whole group when it passes a limit. It knows
 * frames but not what they mean; open-host.ts does.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { commandOf } from './command.js';
import type { Ending } from './endings.js';
import { encodeFrame, FrameError, FrameReader, type Frame } from './frames.js';
import { folderPrefix } from './folders.js';
import { guard } from './guard.js';
import type { HostLimits } from './limits.js';
import { childScript } from './places.js';
import type { Transcript } from './transcript.js';

const POLL_MS = 20;
/** After the exit, how long its pipes may take to end: only a process that outlived it keeps them open. */
const DRAIN_MS = 200;

/** A child that is alive or has ended. */
export class HostProcess {
  /** The child's process id and process group; undefined when it could not be started. */
  readonly pid: number | undefined;
  readonly #child: ChildProcess;
  readonly #limits: HostLimits;
  readonly #transcript: Transcript;
  readonly #folder: string;
  readonly #reader = new FrameReader();
  readonly #forget: () => void;
  readonly #gone: Promise<void>;
  #ending: Ending | undefined;
  #waiting: ((outcome: Frame | Ending) => void) | undefined;

  constructor(limits: HostLimits, transcript: Transcript, cpuSeconds: number) {
    this.#limits = limits;
    this.#transcript = transcript;
    this.#folder = mkdtempSync(join(tmpdir(), folderPrefix(process.pid)));
    const { program, args } = commandOf(childScript(), limits, cpuSeconds);
    this.#child = spawn(program, args, {
      cwd: this.#folder,
      env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    this.pid = this.#child.pid;
    this.#forget = guard(() => {
      this.#killNow();
      this.#removeFolder();
    });
    this.#gone = new Promise((done) => {
      this.#listen(done);
    });
    this.#hold(false);
  }

  /** Sends one frame and waits for one, no longer than told: a frame, or how the child ended. Never rejects. */
  async ask(
    header: unknown,
    arrays: readonly Float64Array[],
    deadlineMs = this.#limits.deadlineMs,
  ): Promise<Frame | Ending> {
    if (this.#ending !== undefined) return this.#ending;
    this.#hold(true);
    const deadline = setTimeout(() => void this.end({ because: 'deadline' }), deadlineMs);
    const poll = setInterval(() => this.#checkMemory(), POLL_MS);
    const outcome = await new Promise<Frame | Ending>((resolve) => {
      this.#waiting = resolve;
      this.#child.stdin?.write(encodeFrame(header, arrays));
    });
    clearTimeout(deadline);
    clearInterval(poll);
    // What it printed before the reply is in the pipe already: read that first.
    await new Promise((next) => setImmediate(next));
    const ending = this.#endedMeanwhile();
    // Held until it is gone: an event loop with nothing else to do would end before we could report.
    if (ending !== undefined) await this.#gone;
    this.#hold(false);
    return ending ?? outcome;
  }

  #endedMeanwhile(): Ending | undefined {
    return this.#ending;
  }

  /** Ends the child for this reason, if it has not ended already. Resolves when it is gone. */
  end(ending: Ending): Promise<void> {
    this.#settle(ending);
    this.#killNow();
    this.#hold(true);
    return this.#gone;
  }

  #listen(done: () => void): void {
    const child = this.#child;
    const results = child.stdio[3] as Duplex | null;
    for (const stream of [child.stdin, child.stdout, child.stderr, results]) {
      stream?.on('error', () => undefined); // EPIPE and the like: the exit says more
    }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (chunk: Buffer) => {
        if (!this.#transcript.take(name, chunk)) void this.end({ because: 'output' });
      });
    }
    results?.on('data', (chunk: Buffer) => this.#take(chunk));
    child.once('error', ({ message }) => {
      this.#settle({ because: 'spawn', message });
      if (this.pid === undefined) this.#finish(done);
    });
    const ended = (code: number | null, signal: NodeJS.Signals | null) => {
      const { saysOutOfMemory } = this.#transcript;
      this.#settle({ because: 'exit', code, signal, saysOutOfMemory });
      this.#finish(done);
    };
    child.once('close', ended);
    child.once('exit', (code, signal) => {
      setTimeout(() => ended(code, signal), DRAIN_MS).unref();
    });
  }

  #take(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) {
        if (this.#waiting === undefined) throw new FrameError('a reply that nobody asked for');
        this.#resolve(frame);
      }
    } catch (error) {
      void this.end({ because: 'notAFrame', got: (error as Error).message });
    }
  }

  #resolve(outcome: Frame | Ending): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(outcome);
  }

  #settle(ending: Ending): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#resolve(ending);
  }

  #finish(done: () => void): void {
    this.#killNow(); // whatever is left of the group
    this.#forget();
    this.#removeFolder();
    for (const stream of this.#child.stdio) stream?.destroy();
    done();
  }

  #removeFolder(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #killNow(): void {
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else if (this.pid !== undefined) process.kill(-this.pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }

  /** Resident memory from /proc, where there is one; elsewhere ulimit -d and V8's limit hold. */
  #checkMemory(): void {
    try {
      const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
      const kilobytes = Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0);
      if (kilobytes > this.#limits.memoryMb * 1024) void this.end({ because: 'memory' });
    } catch {
      // No /proc, or the child has just ended.
    }
  }

  /** Whether this child keeps the parent's event loop alive: only while someone waits for it. */
  #hold(on: boolean): void {
    const held = [this.#child, ...this.#child.stdio] as unknown as ({
      ref(): void;
      unref(): void;
    } | null)[];
    for (const handle of held) {
      if (on) handle?.ref();
      else handle?.unref();
    }
  }
}
