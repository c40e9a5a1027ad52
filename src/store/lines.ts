/**
 * The lines of a file as bytes, read in pieces, so that neither a huge file nor one endless line has to
 * fit in memory. It does not decode them.
 */
import { readSync } from 'node:fs';
import { LONGEST_LINE } from './event.js';

const NEWLINE = 0x0a;
const PIECE = 1 << 18;

/** One line without its newline. */
export interface RawLine {
  /** Counted from 1. */
  readonly number: number;
  /** Where it begins in the file, and its length without its newline, in bytes. */
  readonly from: number;
  readonly length: number;
  /** Valid only during the visit; undefined for a line longer than LONGEST_LINE. */
  readonly bytes: Buffer | undefined;
  /** False for a last line that has no newline. */
  readonly ended: boolean;
}

/**
 * Visits the lines of the first `size` bytes of an open file, in order.
 * @throws the system's error when a read fails
 */
export function forEachLine(fd: number, size: number, visit: (line: RawLine) => void): void {
  const piece = Buffer.allocUnsafe(PIECE);
  let number = 1;
  let start = 0;
  let held: Buffer[] = []; // the start of a line that began in an earlier piece
  let heldBytes = 0;

  const end = (rest: Buffer, ended: boolean): void => {
    const length = heldBytes + rest.length;
    const whole = heldBytes === 0 ? rest : Buffer.concat([...held, rest]);
    const kept = length > LONGEST_LINE + 1 ? undefined : whole; // + 1: a "\r"
    visit({ number, from: start, length, bytes: kept, ended });
    number += 1;
    start += length + 1;
    held = [];
    heldBytes = 0;
  };

  for (let position = 0; position < size;) {
    const got = readSync(fd, piece, 0, Math.min(PIECE, size - position), position);
    if (got === 0) break; // the file became shorter meanwhile
    position += got;
    const bytes = piece.subarray(0, got);
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      end(bytes.subarray(from, at), true);
      from = at + 1;
    }
    if (from === got) continue;
    heldBytes += got - from;
    // Of a line that is already too long only its length is kept.
    if (heldBytes > LONGEST_LINE + 1) held = [];
    else held.push(Buffer.from(bytes.subarray(from)));
  }
  if (heldBytes > 0) end(Buffer.alloc(0), false);
}
