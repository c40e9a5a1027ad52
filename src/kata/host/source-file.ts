/**
 * Reads a learner's file by the rules for files that are run: regular, of one name, not huge, text. It is looked at and
 * read through one descriptor, so that nothing can take its place in between, and never waits for a writer.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';

/**
 * The largest file that is bundled, in bytes. It also bounds esbuild's recursion: 500 kB of brackets
 * overflow its stack and end its service.
 */
export const MOST_FILE_BYTES = 128 * 1024;

/** To open a pipe would wait for someone who writes to it. Windows has neither of the two flags, which or takes for 0. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/**
 * The bytes of a file, or the sentence why it is none to run.
 * @param real its real path
 * @param name what it is called in the sentence
 * @throws Error as the system gives it, where the file is gone or may not be read
 */
export function readSource(real: string, name: string): Buffer | string {
  const seen = faultOf(statSync(real), name); // to open a device may do something
  if (seen !== undefined) return seen;
  const file = openSync(real, flags);
  try {
    const stats = fstatSync(file);
    const fault = faultOf(stats, name);
    if (fault !== undefined) return fault;
    const bytes = Buffer.alloc(stats.size);
    let at = 0;
    for (let read = -1; read !== 0 && at < bytes.length; at += read) {
      read = readSync(file, bytes, at, bytes.length - at, at);
    }
    const all = bytes.subarray(0, at); // fewer where it has been cut off meanwhile
    return isUtf8(all) ? all : `${name} is not text in UTF-8.`;
  } finally {
    closeSync(file);
  }
}

function faultOf(stats: Stats, name: string): string | undefined {
  if (!stats.isFile()) return `${name} is not a regular file.`;
  // A second name may lie anywhere, so that the real path says nothing about where the content is from.
  if (stats.nlink > 1) {
    return `${name} is a hard link (it has ${stats.nlink} names): make a copy of it, and use that.`;
  }
  if (stats.size > MOST_FILE_BYTES) {
    return `${name} has ${stats.size} bytes; a file of at most ${MOST_FILE_BYTES} is read.`;
  }
  return undefined;
}
