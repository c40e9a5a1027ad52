/**
 * A learner's file as a subject in a child process: bundled here, loaded there, called with plain data.
 * The judge's cases and expected values stay in this process.
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { MOST_NUMBERS } from '../describe.js';
import type { Answer, Fault, Subject } from '../subject.js';
import { thrownSentences } from '../thrown.js';
import type { Values } from '../values.js';
import { bundle, scriptName, type Bundle } from './bundle.js';
import { cpuSecondsOf } from './command.js';
import { faultOf, outOfMemory } from './endings.js';
import { FrameError } from './frames.js';
import { completeLimits, type HostLimits } from './limits.js';
import { rawOf, slotsOf, type Reply, type Request } from './messages.js';
import { HostProcess } from './process.js';
import { readReply } from './replies.js';
import { StackMapper } from './stack.js';
import { Transcript } from './transcript.js';

/** What to run, and within which limits. */
export interface HostOptions {
  /** The learner's file. */
  readonly file: string;
  /** The export to call, e.g. `lstmStep`. */
  readonly functionName: string;
  /** The folder that imports may not leave. */
  readonly workspace: string;
  /** The folder from which files are named to the learner; the workspace unless told. */
  readonly from?: string;
  /** Limits that differ from the default. */
  readonly limits?: Partial<HostLimits>;
}

/** A subject that also tells which process runs it, for tests and `bptt doctor`. */
export interface HostSubject extends Subject {
  /** Process id (and group) of the living child. */
  readonly pid: number | undefined;
}

/**
 * Bundles and loads a learner's file. A fault in doing so is given by every call.
 * @throws RangeError when a limit is not an integer in its range. Nothing else.
 */
export async function openHost(options: HostOptions): Promise<HostSubject> {
  const host = new Host(options, completeLimits(options.limits));
  await host.start();
  return host;
}

class Host implements HostSubject {
  readonly #options: HostOptions;
  readonly #limits: HostLimits;
  readonly #transcript: Transcript;
  #child: HostProcess | undefined;
  #bundle: Bundle | undefined;
  #fault: Fault | undefined;
  /** Of the child that lives, and of all of them. */
  #busyMs = 0;
  #spentMs = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: HostOptions, limits: HostLimits) {
    this.#options = options;
    this.#limits = limits;
    this.#transcript = new Transcript(limits.outputBytes);
  }

  get pid(): number | undefined {
    return this.#fault === undefined ? this.#child?.pid : undefined;
  }

  /** Starts the child while esbuild works. */
  async start(): Promise<void> {
    const { deadlineMs } = this.#limits;
    const bundling = bundle({ ...this.#options, deadlineMs });
    this.#spawn();
    const bundled = await bundling;
    if (bundled.kind !== 'bundled') return this.#fail(bundled);
    this.#bundle = bundled;
    await this.#load(bundled);
  }

  call(inputs: Values): Promise<Answer | Fault> {
    const mine = this.#queue.then(() => this.#call(inputs));
    this.#queue = mine;
    return mine;
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#fault ??= faultOf({ because: 'closed' }, this.#limits);
    await child?.end({ because: 'closed' });
  }

  printed(): readonly string[] {
    const lines = this.#transcript.lines();
    return this.#bundle === undefined ? lines : new StackMapper(this.#bundle).lines(lines);
  }

  #spawn(): void {
    this.#busyMs = 0;
    try {
      this.#child = new HostProcess(this.#limits, this.#transcript, cpuSecondsOf(this.#limits));
    } catch (error) {
      this.#fault ??= faultOf(
        { because: 'spawn', message: (error as Error).message },
        this.#limits,
      );
    }
  }

  async #load({ code, name }: Bundle): Promise<void> {
    const { functionName } = this.#options;
    const reply = await this.#ask(
      { kind: 'load', nonce: randomUUID(), code, script: scriptName, functionName },
      [],
    );
    if (reply.kind === 'loaded') return;
    if (reply.kind === 'missing' && 'found' in reply) {
      return this.#fail({ kind: 'missing', says: missingExport(functionName, name, reply) });
    }
    if (reply.kind === 'threw' && 'stack' in reply) {
      return this.#fail({ kind: 'threw', says: thrownSentences(reply, loading) });
    }
    if (reply.kind === 'notImplemented') {
      const says = `It threw NotImplemented ${loading}: throw it inside ${functionName}.`;
      return this.#fail({ kind: 'threw', says });
    }
    const fault = isFault(reply) ? reply : unexpected(this.#limits);
    return this.#fail({ ...fault, says: `${fault.says} That was ${loading}.`, loading: true });
  }

  async #call(inputs: Values): Promise<Answer | Fault> {
    if (this.#fault !== undefined) return this.#fault;
    await this.#refresh();
    const numbers: Float64Array[] = [];
    const slots = slotsOf(rawOf(inputs), numbers);
    if (numbers.reduce((sum, { length }) => sum + length, 0) > 2 * MOST_NUMBERS) {
      return this.#give(outOfMemory(this.#limits));
    }
    const reply = await this.#ask({ kind: 'call', nonce: randomUUID(), inputs: slots }, numbers);
    if (reply.kind === 'loaded' || (reply.kind === 'missing' && 'found' in reply)) {
      return this.#give(unexpected(this.#limits));
    }
    return isFault(reply) ? this.#give(reply) : reply;
  }

  /**
   * A fresh child before this one could use up its CPU time. A call's wall-clock time counts twice, for
   * the threads that V8 runs beside it; what module variables held is lost.
   */
  async #refresh(): Promise<void> {
    const { deadlineMs } = this.#limits;
    if (2 * (this.#busyMs + deadlineMs) <= 1000 * cpuSecondsOf(this.#limits)) return;
    await this.#child?.end({ because: 'closed' });
    if (this.#fault !== undefined) return;
    this.#spawn();
    if (this.#bundle !== undefined) await this.#load(this.#bundle);
  }

  async #ask(request: Request, numbers: readonly Float64Array[]): Promise<Reply | Fault> {
    if (this.#fault !== undefined) return this.#fault;
    const child = this.#child!;
    const began = performance.now();
    const { deadlineMs, deadlines } = this.#limits;
    const leftMs = deadlines * deadlineMs - this.#spentMs;
    const outcome = await child.ask(request, numbers, Math.min(deadlineMs, leftMs));
    const ms = performance.now() - began;
    this.#busyMs += ms;
    this.#spentMs += ms;
    if ('because' in outcome) {
      const slow = outcome.because === 'deadline' && leftMs < deadlineMs;
      return faultOf(slow ? { because: 'slow' } : outcome, this.#limits);
    }
    try {
      return this.#told(readReply(outcome, request.nonce));
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      return faultOf({ because: 'notAFrame', got: error.message }, this.#limits);
    }
  }

  /** A thrown error in the learner's own lines; a failed allocation is the memory limit. */
  #told(reply: Reply): Reply | Fault {
    if (reply.kind !== 'threw' || this.#bundle === undefined) return reply;
    if (reply.name === 'RangeError' && reply.message === 'Array buffer allocation failed') {
      return outOfMemory(this.#limits);
    }
    const endless = reply.message === 'Maximum call stack size exceeded';
    const message = endless
      ? 'Maximum call stack size exceeded: does a function call itself without end?'
      : reply.message;
    const stack = new StackMapper(this.#bundle).stack(`${reply.name}: ${message}`, reply.stack);
    return { ...reply, message, stack };
  }

  async #fail(fault: Fault): Promise<void> {
    await this.#give(fault);
  }

  /** Keeps the first fault, ends the child, and gives the fault that stands. */
  async #give(fault: Fault): Promise<Fault> {
    const stands = (this.#fault ??= fault);
    await this.#child?.end({ because: 'closed' });
    return stands;
  }
}

/** When that was, as a sentence goes on about it. */
const loading = 'while the file was loaded';

const isFault = (reply: Reply | Fault): reply is Fault => 'says' in reply;

const unexpected = (limits: HostLimits): Fault =>
  faultOf({ because: 'notAFrame', got: 'a reply to another question' }, limits);

/** `lstm-step.ts exports lstm, lstmCell, but no lstmStep.` */
function missingExport(
  functionName: string,
  name: string,
  { found, is }: Extract<Reply, { kind: 'missing' }>,
): string {
  if (is !== undefined) return `${name} exports ${functionName}, but it is ${is}, not a function.`;
  const others = found.filter((other) => other !== '__esModule');
  const list = others.length === 0 ? 'nothing' : others.slice(0, 10).join(', ');
  return `${name} does not export ${functionName}; it exports ${list}.`;
}
