/**
 * Appending to a log: one write, then fsync, then reading back. Nothing that stands in the file is ever
 * changed. It takes no lock: O_APPEND keeps the writes of several processes apart.
 */
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { envelopeFlaw, isSurelyCurrent, LONGEST_LINE, readLine, type Event } from './event.js';
import { makeFolder, syncFolder } from './folder.js';
import { forEachLine } from './lines.js';
import { notPlain } from './plain.js';
import { reasonOf } from './reason.js';

export type AppendResult =
  | { kind: 'saved' }
  /** The log holds an event of a newer version; nothing was written. */
  | { kind: 'newer'; says: string }
  /**
   * One sentence with the path and the reason. Some events of the batch may stand in the log all the same
   * (a write can stop halfway): appending the same events again is safe, since merge keeps each id once.
   */
  | { kind: 'failed'; says: string };

const NEWLINE = 0x0a;
const CREATE_PRIVATE = 0o600;
const FLAGS =
  constants.O_RDWR |
  constants.O_APPEND |
  constants.O_CREAT |
  ((constants.O_NONBLOCK as number | undefined) ?? 0); // a pipe answers at once; not on Windows

/**
 * Appends a batch of events, all with one write. Creates the folder (0700) and the file (0600).
 * `saved` means that the events are on the disk and can be read, whoever else writes and however the
 * file ended before. An empty batch is saved without touching the disk.
 * @throws TypeError when an event is not plain data with v, id, at and type: that is the caller's bug
 */
export function append(path: string, events: readonly Event[]): AppendResult {
  const lines = events.map(toLine);
  const longest = lines.find((line) => line.length > LONGEST_LINE);
  if (longest !== undefined) {
    return failed(path, `an event has ${longest.length} bytes, and ${LONGEST_LINE} are allowed`);
  }
  if (lines.length === 0) return { kind: 'saved' };
  const batch = Buffer.concat(lines.flatMap((line) => [line, Buffer.of(NEWLINE)]));
  let fd: number | undefined;
  try {
    makeFolder(dirname(path));
    fd = openSync(path, FLAGS, CREATE_PRIVATE);
    const result = appendOpen(path, fd, batch);
    const open = fd;
    fd = undefined;
    closeSync(open); // a network disk may report only now that it is full
    return result;
  } catch (error) {
    return failed(path, reasonOf(error));
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function appendOpen(path: string, fd: number, batch: Buffer): AppendResult {
  const before = fstatSync(fd).size;
  if (hasNewer(fd, before)) {
    return {
      kind: 'newer',
      says: `The log ${path} was written by a newer version, so it is read-only.`,
    };
  }
  // A torn last line is ended first, so that it stays a line of its own.
  let own = before > 0 && byteAt(fd, before - 1) !== NEWLINE;
  for (let attempt = 1; attempt <= 2; attempt++) {
    const from = fstatSync(fd).size;
    const bytes = own ? Buffer.concat([Buffer.of(NEWLINE), batch]) : batch;
    const written = writeSync(fd, bytes);
    if (written < bytes.length) {
      return failed(path, `only ${written} of ${bytes.length} bytes fit; the disk may be full`);
    }
    fsyncSync(fd);
    if (before === 0) syncFolder(dirname(path));
    if (standsAlone(fd, from, batch)) return { kind: 'saved' };
    // Just before our write another process died halfway through its line, or just after it the file was
    // emptied. Write again, on a new line; should both copies be readable, merge keeps each event once.
    own = true;
  }
  return failed(path, 'what was written cannot be read back');
}

/** Whether the batch stands in the file, from byte `from` on, as lines of its own. */
function standsAlone(fd: number, from: number, batch: Buffer): boolean {
  const start = Math.max(0, from - 1);
  const tail = Buffer.alloc(Math.max(0, fstatSync(fd).size - start));
  const got = readSync(fd, tail, 0, tail.length, start);
  const seen = tail.subarray(0, got);
  for (let at = seen.indexOf(batch); at >= 0; at = seen.indexOf(batch, at + 1)) {
    if (start + at === 0 || seen[at - 1] === NEWLINE) return true;
  }
  return false;
}

function hasNewer(fd: number, size: number): boolean {
  let newer = false;
  forEachLine(fd, size, ({ bytes }) => {
    if (newer || (bytes !== undefined && isSurelyCurrent(bytes))) return;
    newer = readLine(bytes).kind === 'newer';
  });
  return newer;
}

function byteAt(fd: number, position: number): number | undefined {
  const byte = Buffer.alloc(1);
  return readSync(fd, byte, 0, 1, position) === 1 ? byte[0] : undefined;
}

function toLine(event: Event): Buffer {
  const why = notPlain(event, 'event') ?? envelopeFlaw(event);
  if (why !== undefined) throw new TypeError(`This event cannot be saved, because ${why}.`);
  const { v, id, at, type, ...fields } = event;
  return Buffer.from(JSON.stringify({ v, id, at, type, ...fields }), 'utf8');
}

const failed = (path: string, why: string): AppendResult => ({
  kind: 'failed',
  says: `The log ${path} was not saved, because ${why}.`,
});
