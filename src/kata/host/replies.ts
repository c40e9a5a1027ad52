/**
 * Reads a child's reply. Nothing in it is trusted: fields are picked one by one, lengths and nonce must
 * agree, texts are made safe to display. It judges no numbers.
 */
import { printable, visible } from '../printable.js';
import type { RawValue } from '../subject.js';
import { FrameError, type Frame } from './frames.js';
import type { Reply } from './messages.js';
import { asValues, isRecord, readSlots, textOf, type Cursor } from './slots.js';

/**
 * The reply that a frame holds.
 * @throws FrameError when it is not a reply to the request with this nonce.
 */
export function readReply({ header, payload }: Frame, nonce: string): Reply {
  if (!isRecord(header) || header.nonce !== nonce) throw new FrameError('no reply to this call');
  const cursor: Cursor = { payload, at: 0 };
  const reply = readKind(header, cursor);
  if (cursor.at !== payload.length) throw new FrameError('more numbers than its header says');
  return reply;
}

function readKind(header: Record<string, unknown>, cursor: Cursor): Reply {
  switch (header.kind) {
    case 'loaded':
      return { kind: 'loaded' };
    case 'notImplemented':
      return { kind: 'notImplemented' };
    case 'missing': {
      const found = listOf(header.found).map((name) => visible(textOf(name)));
      return header.is === undefined
        ? { kind: 'missing', found }
        : { kind: 'missing', found, is: safe(header.is) };
    }
    case 'threw':
      return {
        kind: 'threw',
        name: safe(header.name),
        message: safe(header.message),
        stack: textOf(header.stack), // lines; stack.ts makes them safe
      };
    case 'returned': {
      const outputs =
        header.notAnObject === undefined
          ? readOutputs(header.outputs, cursor)
          : { notAnObject: safe(header.notAnObject) };
      const inputsAfter = asValues(readSlots(header.inputsAfter, cursor));
      return { kind: 'returned', outputs, inputsAfter, aliases: readAliases(header.aliases) };
    }
    default:
      throw new FrameError('a reply of unknown kind');
  }
}

function readOutputs(list: unknown, cursor: Cursor): Record<string, RawValue> {
  return Object.fromEntries(
    Object.entries(readSlots(list, cursor)).map(([name, value]) => [
      visible(name),
      value.kind === 'other' ? { kind: 'other', says: printable(value.says) } : value,
    ]),
  );
}

const readAliases = (list: unknown): [string, string][] =>
  listOf(list).map((pair) => {
    const [one, other] = listOf(pair);
    return [safe(one), safe(other)];
  });

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value) || value.length > 1000) throw new FrameError('no short list');
  return value;
}

const safe = (value: unknown): string => printable(textOf(value));
