/**
 * The learner's console in the child: written to fd 1 and fd 2 at once. Node's own streams would keep what
 * a full pipe refuses in memory until the event loop turns, which in this process it never does.
 */
import { Console } from 'node:console';
import { Writable } from 'node:stream';

/** Replaces console, process.stdout and process.stderr. `write` blocks until all bytes are out. */
export function installConsole(write: (fd: number, bytes: Uint8Array) => void): void {
  const stdout = streamOf(1, write);
  const stderr = streamOf(2, write);
  const fixed = { writable: false, configurable: false };
  Object.defineProperty(process, 'stdout', { value: stdout, ...fixed });
  Object.defineProperty(process, 'stderr', { value: stderr, ...fixed });
  const value = new Console({ stdout, stderr, colorMode: false });
  Object.defineProperty(globalThis, 'console', { value, writable: true, configurable: true });
}

const streamOf = (fd: number, write: (fd: number, bytes: Uint8Array) => void): Writable =>
  new Writable({
    decodeStrings: true,
    write(chunk: Uint8Array, _encoding, done) {
      write(fd, chunk);
      done();
    },
  });
