/**
 * Reads slots and their numbers back into values, strictly: lengths must be whole, every number of the
 * payload is used once. The parent reads the child's replies with it, and the child the parent's calls.
 */
import type { RawValue } from '../subject.js';
import type { Values } from '../values.js';
import { FrameError } from './frames.js';

const { isArray } = Array;
const { isInteger } = Number;
const { defineProperty } = Object;

/** Where the reader stands in a payload. */
export interface Cursor {
  readonly payload: Float64Array;
  at: number;
}

/**
 * The named values of a header's list of slots, in order.
 * @throws FrameError when the list is not slots, or the payload is too short for it.
 */
export function readSlots(list: unknown, cursor: Cursor): Record<string, RawValue> {
  if (!isArray(list)) throw new FrameError('slots that are no list');
  const values: Record<string, RawValue> = {};
  for (const slot of list as unknown[]) {
    if (!isRecord(slot)) throw new FrameError('a slot that is no object');
    define(values, textOf(slot.name), readSlot(slot, cursor));
  }
  return values;
}

function readSlot(slot: Record<string, unknown>, cursor: Cursor): RawValue {
  switch (slot.kind) {
    case 'scalar':
      return { kind: 'scalar', value: take(cursor, 1)[0]! };
    case 'vector':
      return { kind: 'vector', data: take(cursor, slot.length) };
    case 'rows': {
      const { lengths } = slot;
      if (!isArray(lengths)) throw new FrameError('rows without lengths');
      const rows: Float64Array[] = [];
      for (let j = 0; j < lengths.length; j++) rows[j] = take(cursor, lengths[j]);
      return { kind: 'rows', rows };
    }
    case 'other':
      return { kind: 'other', says: textOf(slot.says) };
    default:
      throw new FrameError('a slot of unknown kind');
  }
}

/** The next numbers, in memory of their own. */
function take(cursor: Cursor, length: unknown): Float64Array {
  if (!isInteger(length) || (length as number) < 0) throw new FrameError('a length that is none');
  const end = cursor.at + (length as number);
  if (end > cursor.payload.length) throw new FrameError('fewer numbers than its header says');
  const taken = cursor.payload.slice(cursor.at, end);
  cursor.at = end;
  return taken;
}

/**
 * Values as inputs: what is neither number, vector nor rows is not an input.
 * @throws FrameError on an `other`.
 */
export function asValues(raw: Record<string, RawValue>): Values {
  const values: Values = {};
  for (const name in raw) {
    const value = raw[name]!;
    if (value.kind === 'other') throw new FrameError('an input that is no value');
    define(
      values,
      name,
      value.kind === 'scalar' ? value.value : value.kind === 'vector' ? value.data : value.rows,
    );
  }
  return values;
}

/**
 * A string of at most 20,000 characters.
 * @throws FrameError when it is anything else.
 */
export function textOf(value: unknown): string {
  if (typeof value !== 'string' || value.length > 20_000) throw new FrameError('no short text');
  return value;
}

/** True for an object of JSON that is no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !isArray(value);

const define = (target: object, name: string, value: unknown): void => {
  defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
};
