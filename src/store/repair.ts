/**
 * Takes the lines that are no events out of a log, on request. The whole log is copied first, the lines go
 * to a file beside it, and their bytes become blank lines in place: nothing moves, so another process may
 * append meanwhile. A line that can be read, of this version or a newer one, is never touched.
 */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { readLine } from './event.js';
import { forEachLine } from './lines.js';
import { reasonOf } from './reason.js';

export type RepairResult =
  /** Every line is an event, or of a newer version, or blank. */
  | { readonly kind: 'sound' }
  | {
      readonly kind: 'repaired';
      readonly lines: number;
      /** The log as it was. */
      readonly backup: string;
      /** Where the lines are now, one after the other, as they were. */
      readonly side: string;
    }
  /** One sentence with the path and the reason. The log is as it was, or some of the lines are blank. */
  | { readonly kind: 'failed'; readonly says: string };

interface Span {
  readonly from: number;
  readonly length: number;
}

const PRIVATE = 0o600;
const PIECE = 1 << 16;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/** Repairs one log. Never throws for anything that is on the disk. */
export function repair(path: string): RepairResult {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isFile()) return failed(path, 'it is not a regular file');
    if (stat === undefined || flawedIn(path).length === 0) return { kind: 'sound' };
    const backup = freeName(path, 'backup');
    copyFileSync(path, backup, constants.COPYFILE_EXCL);
    syncFile(backup);
    endLastLine(path);
    const flawed = flawedIn(path);
    const side = freeName(path, 'set-aside');
    setAside(path, side, flawed);
    return { kind: 'repaired', lines: flawed.length, backup, side };
  } catch (error) {
    return failed(path, reasonOf(error));
  }
}

const failed = (path: string, why: string): RepairResult => ({
  kind: 'failed',
  says: `The log ${path} was not repaired, because ${why}.`,
});

/** The lines that can be neither read nor are of a newer version. */
function flawedIn(path: string): Span[] {
  const spans: Span[] = [];
  withFile(path, constants.O_RDONLY, (fd) => {
    forEachLine(fd, fstatSync(fd).size, ({ bytes, from, length }) => {
      if (readLine(bytes).kind === 'flawed') spans.push({ from, length });
    });
  });
  return spans;
}

/** Ends a last line that was cut off, so that what another process appends stays clear of it. */
function endLastLine(path: string): void {
  withFile(path, constants.O_RDWR | constants.O_APPEND, (fd) => {
    const { size } = fstatSync(fd);
    const last = Buffer.alloc(1);
    readSync(fd, last, 0, 1, size - 1);
    if (last[0] !== NEWLINE) writeSync(fd, Buffer.of(NEWLINE));
  });
}

/** Copies the spans to the side file, makes that last, and only then blanks them. */
function setAside(path: string, side: string, spans: readonly Span[]): void {
  withFile(path, constants.O_RDWR, (fd) => {
    withFile(side, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, (out) => {
      for (const span of spans) {
        forEachPiece(span, (at, length) => {
          const piece = Buffer.alloc(length);
          readSync(fd, piece, 0, length, at);
          writeSync(out, piece);
        });
        writeSync(out, Buffer.of(NEWLINE));
      }
      fsyncSync(out);
    });
    for (const span of spans) {
      forEachPiece(span, (at, length) => {
        // Pieces end with a newline, since a line of a million spaces is too long again.
        const blank = Buffer.alloc(length, SPACE);
        if (length === PIECE) blank[length - 1] = NEWLINE;
        writeSync(fd, blank, 0, length, at);
      });
    }
    fsyncSync(fd);
  });
}

function forEachPiece({ from, length }: Span, visit: (at: number, length: number) => void): void {
  for (let done = 0; done < length; done += PIECE)
    visit(from + done, Math.min(PIECE, length - done));
}

/** `history.jsonl.backup-1`: the first number that is free. */
function freeName(path: string, what: string): string {
  for (let number = 1; ; number++) {
    const name = `${path}.${what}-${number}`;
    if (!existsSync(name)) return name;
  }
}

const syncFile = (path: string): void => withFile(path, constants.O_RDONLY, fsyncSync);

function withFile(path: string, flags: number, use: (fd: number) => void): void {
  const fd = openSync(path, flags, PRIVATE);
  try {
    use(fd);
  } finally {
    closeSync(fd);
  }
}
