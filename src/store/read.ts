/**
 * Opening a log: every line is an event or set aside with a sentence. Nothing is repaired, deleted or
 * written here, and no damage makes it start over.
 */
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { readLine, type Event } from './event.js';
import { forEachLine } from './lines.js';
import { codeOf, reasonOf } from './reason.js';

/** A log as it was when it was opened. */
export interface OpenLog {
  readonly path: string;
  /** In the order of the file, frozen. An id may occur twice, e.g. after git's union merge: see merge. */
  readonly events: readonly Event[];
  /** Lines that are not events of version 1; at most SET_ASIDE_KEPT, then one entry that counts the rest. */
  readonly setAside: readonly { line: number; says: string }[];
  /** An event with v > 1 is in it: it may be read, not written. */
  readonly newer: boolean;
}

export type OpenResult =
  | { kind: 'open'; log: OpenLog }
  /** `says` is one sentence with the path and the reason. */
  | { kind: 'unreadable'; says: string };

/** How many lines are set aside one by one: a damaged 50 MB file must not become 25 million objects. */
export const SET_ASIDE_KEPT = 1000;

/** Said of a last line without a newline. */
const UNENDED = 'It is the last line and has no end: it was cut off while it was written.';

/** Opens without waiting for the other end, should the path be a pipe. */
const READ = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** Reads a log. A missing file is an empty log. Never throws for anything that is on the disk. */
export function readLog(path: string): OpenResult {
  let fd: number;
  try {
    fd = openSync(path, READ);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'open', log: readOpen(path, undefined) };
    return unreadable(path, reasonOf(error));
  }
  try {
    const stat = fstatSync(fd);
    if (stat.isDirectory()) return unreadable(path, 'it is a folder');
    if (!stat.isFile()) return unreadable(path, 'it is not a regular file');
    return { kind: 'open', log: readOpen(path, { fd, size: stat.size }) };
  } catch (error) {
    return unreadable(path, reasonOf(error));
  } finally {
    closeSync(fd);
  }
}

const unreadable = (path: string, why: string): OpenResult => ({
  kind: 'unreadable',
  says: `The log ${path} cannot be read, because ${why}.`,
});

function readOpen(path: string, file: { fd: number; size: number } | undefined): OpenLog {
  const events: Event[] = [];
  const setAside: { line: number; says: string }[] = [];
  let newer = false;
  let rest: { from: number; lines: number } | undefined;
  if (file !== undefined) {
    forEachLine(file.fd, file.size, ({ number, bytes, ended }) => {
      const line = readLine(bytes);
      if (line.kind === 'blank') return;
      if (line.kind === 'event') return void events.push(line.event);
      if (line.kind === 'newer') newer = true;
      if (setAside.length < SET_ASIDE_KEPT) {
        const cutOff = !ended && line.kind === 'flawed';
        setAside.push({ line: number, says: cutOff ? `${line.says} ${UNENDED}` : line.says });
      } else {
        rest = { from: rest?.from ?? number, lines: (rest?.lines ?? 0) + 1 };
      }
    });
  }
  if (rest !== undefined)
    setAside.push({ line: rest.from, says: `From here on ${rest.lines} more.` });
  return { path, events, setAside, newer };
}
