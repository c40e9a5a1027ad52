/**
 * Describes what a learner's function returned, as raw data: own data properties only, numbers copied,
 * no getter and no Proxy trap invoked. Shared by the child process (host/child.ts) and the in-process
 * subject (local-subject.ts). It describes and does not judge.
 *
 * Every primitive is captured when this module loads, so that a learner's file that patches globals
 * later changes nothing here.
 */
import { types } from 'node:util';
import type { RawValue } from './subject.js';
import type { Values } from './values.js';

const { isArray } = Array;
const { isProxy, isPromise } = types;
const { apply } = Reflect;
const { getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
const Floats = Float64Array;
const typedArray = getPrototypeOf(Float64Array.prototype) as object;
const getterOf = (name: string | symbol) => {
  const getter = getOwnPropertyDescriptor(typedArray, name)!;
  const get = Reflect.get(getter, 'get') as (this: unknown) => unknown;
  return (value: unknown): unknown => apply(get, value, []);
};
const tagOf = getterOf(Symbol.toStringTag) as (value: unknown) => string | undefined;
/** The length of a typed array, read from its internal slot: an own `length` cannot lie. */
export const lengthOf = getterOf('length') as (array: Float64Array) => number;
/** The start of a typed array in its buffer, in bytes, read from its internal slot. */
export const offsetOf = getterOf('byteOffset') as (array: Float64Array) => number;
/** The buffer of a typed array, read from its internal slot. */
export const bufferOf = getterOf('buffer') as (array: Float64Array) => ArrayBufferLike;

/** The most numbers that one description copies: 64 MB. A longer value is described in words. */
export const MOST_NUMBERS = 8 * 1024 * 1024;
const MOST_PROPERTIES = 1000;
const MOST_ROWS = 1_000_000;
/** Of a name; a longer one is none of ours, and is only told. */
const MOST_LETTERS = 200;

/** Counts down the numbers that may still be copied. */
export interface Budget {
  left: number;
}

/** True for a Float64Array and nothing else: not a Proxy of one, not an object that says it is one. */
export const isFloats = (value: unknown): value is Float64Array => tagOf(value) === 'Float64Array';

/** One value, copied when it is a scalar, a vector or rows; otherwise said in a few words. */
export function describeValue(value: unknown, budget: Budget): RawValue {
  if (typeof value === 'number') return { kind: 'scalar', value };
  if (isFloats(value)) {
    const length = lengthOf(value);
    if (length > budget.left) return { kind: 'other', says: `a Float64Array of ${length}` };
    budget.left -= length;
    return { kind: 'vector', data: new Floats(value) };
  }
  if (isArray(value) && !isProxy(value)) return describeRows(value, budget);
  return { kind: 'other', says: inWords(value) };
}

function describeRows(array: readonly unknown[], budget: Budget): RawValue {
  const { length } = array;
  if (length > MOST_ROWS) return { kind: 'other', says: `an array of ${length}` };
  const rows: Float64Array[] = [];
  let plain = true;
  let odd: string | undefined;
  for (let j = 0; j < length; j++) {
    const own = getOwnPropertyDescriptor(array, j);
    if (own === undefined) return { kind: 'other', says: `an array with a hole at [${j}]` };
    const row: unknown = 'value' in own ? own.value : own;
    if ('value' in own && isFloats(row)) {
      const size = lengthOf(row);
      if (size > budget.left) return { kind: 'other', says: `${length} rows of too many numbers` };
      budget.left -= size;
      rows[j] = new Floats(row);
    } else {
      odd ??= `an array whose [${j}] is ${'value' in own ? inWords(row) : 'a getter'}`;
    }
    if (typeof row !== 'number') plain = false;
  }
  if (odd === undefined) return { kind: 'rows', rows };
  return { kind: 'other', says: plain ? `a plain array of ${length}` : odd };
}

/** Any value in a few words, without running any code of its own: `a plain array of 4`, `a Promise`. */
export function inWords(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'bigint') return 'a BigInt';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (isProxy(value)) return 'a Proxy';
  const tag = tagOf(value);
  if (tag !== undefined) {
    return `${/^[AEIOU]/.test(tag) ? 'an' : 'a'} ${tag} of ${lengthOf(value as Float64Array)}`;
  }
  if (isArray(value)) return `a plain array of ${value.length}`;
  if (isPromise(value)) return 'a Promise';
  for (const [is, name] of kinds) if (is(value)) return name;
  return 'an object';
}

const kinds: readonly (readonly [(value: unknown) => boolean, string])[] = [
  [types.isMap, 'a Map'],
  [types.isSet, 'a Set'],
  [types.isDate, 'a Date'],
  [types.isRegExp, 'a RegExp'],
  [types.isAnyArrayBuffer, 'an ArrayBuffer'],
  [types.isDataView, 'a DataView'],
  [types.isNativeError, 'an Error'],
  [types.isGeneratorObject, 'a generator'],
  [types.isBoxedPrimitive, 'a boxed primitive'],
];

/** The own enumerable data properties of the returned object, or why there are none. */
export function describeOutputs(
  returned: unknown,
): Record<string, RawValue> | { readonly notAnObject: string } {
  const words = typeof returned === 'number' ? 'a number' : inWords(returned);
  if (words !== 'an object') return { notAnObject: words };
  const names = keys(returned as object);
  if (names.length > MOST_PROPERTIES) {
    return { notAnObject: `an object of ${names.length} properties` };
  }
  const budget = { left: MOST_NUMBERS };
  const outputs: Record<string, RawValue> = {};
  for (const name of names) {
    const own = getOwnPropertyDescriptor(returned, name);
    const value: RawValue =
      own !== undefined && 'value' in own
        ? describeValue(own.value, budget)
        : { kind: 'other', says: 'a getter' };
    define(outputs, told(name), value);
  }
  return outputs;
}

/** A name as it is told. */
export const told = (name: string): string =>
  name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS)}…` : name;

/** The inputs as they are now. A name that no longer holds a number, a vector or rows is left out. */
export function describeInputs(inputs: object): Values {
  const budget = { left: 2 * MOST_NUMBERS };
  const after: Values = {};
  for (const name of keys(inputs)) {
    const own = getOwnPropertyDescriptor(inputs, name);
    if (own === undefined || !('value' in own)) continue;
    const value = describeValue(own.value, budget);
    if (value.kind === 'scalar') define(after, told(name), value.value);
    else if (value.kind === 'vector') define(after, told(name), value.data);
    else if (value.kind === 'rows') define(after, told(name), value.rows);
  }
  return after;
}

/** Sets an own property even when the name is `__proto__`. */
function define(target: object, name: string, value: unknown): void {
  defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}
const { defineProperty } = Object;
