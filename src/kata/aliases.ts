/**
 * Finds overlapping memory between a function's outputs and its inputs, and among its outputs. Rows that
 * are disjoint views of one buffer do not overlap. It reports names and does not judge.
 */
import { types } from 'node:util';
import { bufferOf, isFloats, lengthOf, offsetOf, told } from './describe.js';

const { getOwnPropertyDescriptor, keys } = Object;
const { isArray } = Array;
const { isProxy } = types;
const BuffersMap = Map;

/** One vector, or one row, in memory. Bytes: [start, end) of buffer. */
export interface Region {
  readonly name: string;
  readonly buffer: ArrayBufferLike;
  readonly start: number;
  readonly end: number;
  readonly input: boolean;
}

/** The most pairs that are reported: enough to name the mistake. */
const MOST_PAIRS = 32;
/** A row beyond is not looked at: an array may have holes, and any length. */
const MOST_ROWS = 1_000_000;
const MOST_REGIONS = 100_000;

/** The memory of an object's own vectors and rows, by name (`h`, `hs[1]`); empty arrays have none. */
export function regionsOf(values: object, input: boolean): Region[] {
  const regions: Region[] = [];
  const add = (name: string, array: Float64Array) => {
    const start = offsetOf(array);
    const end = start + 8 * lengthOf(array);
    if (end > start) regions.push({ name, buffer: bufferOf(array), start, end, input });
  };
  for (const name of keys(values)) {
    const value = own(values, name);
    if (isFloats(value)) add(told(name), value);
    else if (isArray(value) && !isProxy(value)) {
      const rows = value.length < MOST_ROWS ? value.length : MOST_ROWS;
      for (let j = 0; j < rows && regions.length < MOST_REGIONS; j++) {
        const row = own(value, j);
        if (isFloats(row)) add(`${told(name)}[${j}]`, row);
      }
    }
  }
  return regions;
}

const own = (holder: object, key: string | number): unknown =>
  getOwnPropertyDescriptor(holder, key)?.value;

/** Pairs of names whose memory overlaps, at most 32; two inputs are never a pair. */
export function aliasesOf(regions: readonly Region[]): [string, string][] {
  const byBuffer = new BuffersMap<ArrayBufferLike, Region[]>();
  for (const region of regions) {
    const group = byBuffer.get(region.buffer);
    if (group === undefined) byBuffer.set(region.buffer, [region]);
    else group.push(region);
  }
  const pairs: [string, string][] = [];
  for (const group of byBuffer.values()) {
    group.sort((a, b) => a.start - b.start);
    let open: Region[] = [];
    for (const region of group) {
      open = open.filter((earlier) => earlier.end > region.start);
      for (const earlier of open) {
        if (earlier.input && region.input) continue;
        if (pairs.length === MOST_PAIRS) return pairs;
        pairs.push(earlier.input ? [region.name, earlier.name] : [earlier.name, region.name]);
      }
      open.push(region);
    }
  }
  return pairs;
}
