/**
 * One event and its line: the envelope (v, id, at, type) and how a line of bytes becomes an event. It
 * knows no type of event: every further field belongs to the domain and is kept as it is.
 */
import { isUtf8 } from 'node:buffer';
import { notPlain } from './plain.js';

/** One thing that happened. `at` is ISO 8601 in UTC, e.g. `2026-11-22T10:00:00.000Z`. */
export interface Event {
  readonly v: 1;
  /** Unique over all logs: the same event in two logs is one event. */
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What a line holds. `says` is a sentence that does not quote the line, which may hold anything. */
export type Line =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'blank' }
  | { readonly kind: 'newer'; readonly says: string }
  | { readonly kind: 'flawed'; readonly says: string };

/** The longest line that is read or written, in bytes without its newline. */
export const LONGEST_LINE = 1_000_000;

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;
const CONFLICT = /^(<{7}|\|{7}|={7}|>{7})( |$)/;
const OPENING = 0x7b; // {
const CLOSING = 0x7d; // }
const CURRENT = Buffer.from('{"v":1,');

/**
 * A text that sorts as the instant does, whatever the number of decimals of its seconds.
 * @returns undefined when `at` is not an ISO 8601 instant in UTC or names a day that does not exist
 */
export function instantKey(at: string): string | undefined {
  const match = INSTANT.exec(at);
  if (match === null) return undefined;
  const [, seconds = '', decimals = ''] = match;
  const time = Date.parse(`${seconds}Z`); // 30 February would come back as 2 March
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== seconds) return undefined;
  return `${seconds}.${decimals.padEnd(9, '0')}`;
}

/** Why the envelope is wrong, in words that follow "because"; undefined when it is right. */
export function envelopeFlaw(event: Readonly<Record<string, unknown>>): string | undefined {
  if (event.v !== 1) return 'its v is not 1';
  if (typeof event.id !== 'string' || event.id === '') return 'it has no id';
  if (typeof event.type !== 'string' || event.type === '') return 'it has no type';
  if (typeof event.at !== 'string') return 'it has no time (at)';
  if (instantKey(event.at) === undefined) return 'its time (at) is not an ISO 8601 instant in UTC';
  return undefined;
}

/**
 * Reads one line, without its newline. Never throws.
 * @param raw the line, undefined when it is too long to be kept; a carriage return at its end and a byte
 *   order mark at its start are ignored
 */
export function readLine(raw: Buffer | undefined): Line {
  const line = raw === undefined ? undefined : trimmed(raw);
  if (line === undefined || line.length > LONGEST_LINE) {
    return flawed(`is longer than ${LONGEST_LINE} bytes`);
  }
  if (line.length === 0) return { kind: 'blank' };
  // These come before the parser because a damaged file has millions of them, and an exception is slow.
  if (!isUtf8(line)) return flawed('is not valid UTF-8');
  if (line.includes(0)) return flawed('holds NUL bytes, as a crash can leave them');
  if (line[0] !== OPENING || line.at(-1) !== CLOSING) {
    const conflict = line.length < 200 && CONFLICT.test(line.toString());
    return flawed(conflict ? 'is a merge-conflict marker' : 'is not a JSON object');
  }
  let value: unknown;
  try {
    value = JSON.parse(line.toString());
  } catch {
    return flawed('is not a JSON object');
  }
  return readObject(value as Record<string, unknown>); // what parses and begins with "{" is an object
}

/** Without white space at the ends and without a byte order mark. */
function trimmed(line: Buffer): Buffer {
  let from = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
  let to = line.length;
  while (from < to && isBlank(line[from])) from++;
  while (from < to && isBlank(line[to - 1])) to--;
  return line.subarray(from, to);
}

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0d;

/**
 * Whether a line can be left unread by who only asks for newer versions: it begins as `append` writes
 * lines of version 1, and nothing later in it can be a second "v".
 */
export function isSurelyCurrent(line: Buffer): boolean {
  return (
    line.length >= CURRENT.length &&
    CURRENT.compare(line, 0, CURRENT.length) === 0 &&
    !line.includes('"v"', CURRENT.length) &&
    !line.includes('\\u', CURRENT.length)
  );
}

function readObject(value: Record<string, unknown>): Line {
  const v = value.v;
  if (typeof v === 'number' && Number.isInteger(v) && v > 1) {
    return { kind: 'newer', says: `This line is of version ${v}; this program reads version 1.` };
  }
  const found: object[] = [];
  const why = envelopeFlaw(value) ?? notPlain(value, 'event', (inner) => found.push(inner));
  if (why !== undefined) return flawed(`is not an event, because ${why}`);
  found.forEach((inner) => Object.freeze(inner));
  return { kind: 'event', event: value as Event };
}

const flawed = (what: string): Line => ({ kind: 'flawed', says: `This line ${what}.` });
