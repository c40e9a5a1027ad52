/**
 * What the headers mean: load and call to the child, replies from it. Values travel as slots in the
 * header and numbers in the payload, in the same order. It writes them; replies.ts reads them.
 */
import type { Answer, RawValue } from '../subject.js';
import type { Values } from '../values.js';

/** One named value in a header; its numbers are in the payload. */
export type Slot =
  | { readonly name: string; readonly kind: 'scalar' }
  | { readonly name: string; readonly kind: 'vector'; readonly length: number }
  | { readonly name: string; readonly kind: 'rows'; readonly lengths: readonly number[] }
  | { readonly name: string; readonly kind: 'other'; readonly says: string };

/** From the parent. */
export type Request =
  | {
      readonly kind: 'load';
      readonly nonce: string;
      readonly code: string;
      readonly script: string;
      readonly functionName: string;
    }
  | { readonly kind: 'call'; readonly nonce: string; readonly inputs: readonly Slot[] };

/** From the child, as the parent reads it. */
export type Reply =
  | { readonly kind: 'loaded' }
  /** The export is not there, or is not a function; `found` are the exports that are. */
  | { readonly kind: 'missing'; readonly found: readonly string[]; readonly is?: string }
  | Answer;

const Floats = Float64Array;
const { keys } = Object;

const one = (value: number): Float64Array => new Floats([value]);

/** Raw values as slots; their numbers are pushed onto `numbers`. */
export function slotsOf(
  values: Readonly<Record<string, RawValue>>,
  numbers: Float64Array[],
): Slot[] {
  return keys(values).map((name): Slot => {
    const value = values[name]!;
    if (value.kind === 'other') return { name, ...value };
    if (value.kind === 'scalar') numbers.push(one(value.value));
    else if (value.kind === 'vector') numbers.push(value.data);
    else for (const row of value.rows) numbers.push(row);
    if (value.kind === 'scalar') return { name, kind: 'scalar' };
    if (value.kind === 'vector') return { name, kind: 'vector', length: value.data.length };
    return { name, kind: 'rows', lengths: value.rows.map(({ length }) => length) };
  });
}

/** Inputs as raw values. */
export function rawOf(inputs: Values): Record<string, RawValue> {
  const raw: Record<string, RawValue> = {};
  for (const name of keys(inputs)) {
    const value = inputs[name]!;
    raw[name] =
      typeof value === 'number'
        ? { kind: 'scalar', value }
        : 'BYTES_PER_ELEMENT' in value
          ? { kind: 'vector', data: value }
          : { kind: 'rows', rows: value };
  }
  return raw;
}
