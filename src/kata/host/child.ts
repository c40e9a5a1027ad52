/**
 * The child's script (dist/host-child.cjs, one self-contained file): reads frames from fd 0, answers on
 * fd 3, one at a time and synchronously, so that nothing of the learner's runs between two calls. It
 * returns raw data: cases, expected values and verdicts are never here.
 */
import { readSync, writeSync } from 'node:fs';
import vm from 'node:vm';
import { described, describeThrown } from '../run-once.js';
import type { Values } from '../values.js';
import { inWords } from '../describe.js';
import { installConsole } from './console.js';
import { decodeBody, encodeFrame, PREFIX_BYTES, sizesOf, type Frame } from './frames.js';
import { rawOf, slotsOf, type Reply, type Request, type Slot } from './messages.js';
import { lockDown } from './preamble.js';
import { asValues, readSlots } from './slots.js';

// Captured: a learner's file may replace what hangs on globals and on process.
const readInto = readSync;
const writeFrom = writeSync;
const { compileFunction } = vm;
const { keys, hasOwn } = Object;
const Bytes = Uint8Array;
const { wait } = Atomics;
const never = new Int32Array(new SharedArrayBuffer(4));
const end = (process as unknown as { reallyExit(code: number): never }).reallyExit.bind(process);

/** Fills the bytes from fd 0; the end of the stream means that the parent is gone. */
function fill(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      const read = readInto(0, bytes, at, bytes.length - at, null);
      if (read === 0) end(0);
      at += read;
    } catch (error) {
      retryOrEnd(error);
    }
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeFrom(fd, bytes, at, bytes.length - at);
    } catch (error) {
      retryOrEnd(error);
    }
  }
}

/** A pipe that a learner's file made non-blocking says EAGAIN; anything else is the parent's end. */
function retryOrEnd(error: unknown): void {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EOF') end(0); // Windows
  if (code !== 'EAGAIN') end(1);
  wait(never, 0, 0, 1);
}

function nextFrame(): Frame {
  const prefix = new Bytes(PREFIX_BYTES);
  fill(prefix);
  const sizes = sizesOf(prefix);
  const header = new Bytes(sizes.header);
  const payload = new Bytes(sizes.payload);
  fill(header);
  fill(payload);
  return decodeBody(header, payload);
}

function send(nonce: string, reply: Reply): void {
  if (reply.kind !== 'returned') {
    writeAll(3, encodeFrame({ ...reply, nonce }, []));
    return;
  }
  const { kind, outputs, inputsAfter, aliases } = reply;
  const numbers: Float64Array[] = [];
  const named = outputs;
  const what: { notAnObject: string } | { outputs: Slot[] } =
    typeof named.notAnObject === 'string'
      ? { notAnObject: named.notAnObject }
      : { outputs: slotsOf(named as Parameters<typeof slotsOf>[0], numbers) };
  const after = slotsOf(rawOf(inputsAfter), numbers);
  writeAll(3, encodeFrame({ kind, nonce, ...what, inputsAfter: after, aliases }, numbers));
}

/** What a file exports; the first few, since their names are all that is told of them. */
function namesIn(exports: object): string[] {
  const names = keys(exports);
  const few: string[] = [];
  for (let k = 0; k < names.length && k < 20; k++) few[k] = names[k]!.slice(0, 200);
  return few;
}

let learner: ReturnType<typeof described> | undefined;

function load(request: Extract<Request, { kind: 'load' }>): Reply {
  const module = { exports: {} as Record<string, unknown> };
  try {
    const run = compileFunction(request.code, ['module', 'exports'], { filename: request.script });
    (run as (module: unknown, exports: unknown) => void)(module, module.exports);
    const { exports } = module;
    const found = namesIn(exports);
    const asked = hasOwn(exports, request.functionName) ? exports[request.functionName] : undefined;
    if (typeof asked === 'function') {
      learner = described(asked as (inputs: Values) => unknown);
      return { kind: 'loaded' };
    }
    if (asked === undefined) return { kind: 'missing', found };
    return { kind: 'missing', found, is: inWords(asked) };
  } catch (thrown) {
    return describeThrown(thrown);
  }
}

function answer(request: Request, payload: Float64Array): Reply {
  if (request.kind === 'load') return load(request);
  const inputs = asValues(readSlots(request.inputs, { payload, at: 0 }));
  if (learner === undefined) return describeThrown(new Error('Nothing is loaded.'));
  return learner(inputs);
}

function serve(): never {
  for (;;) {
    const { header, payload } = nextFrame();
    const request = header as Request; // from the parent: trusted
    const reply = answer(request, payload);
    try {
      send(request.nonce, reply);
    } catch (error) {
      send(request.nonce, describeThrown(error)); // too little memory for a copy, for one
    }
  }
}

installConsole(writeAll);
lockDown();
serve();
