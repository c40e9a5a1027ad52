/** Raw answers against shapes and numbers. Whatever came back, this ends in a sentence, never in a throw. */
import { lengthOf } from './sizes.js';
import type { Answer, RawValue } from './subject.js';
import type { KataDims } from './sizes.js';
import type { Shapes, ValueShape, Values } from './values.js';

/** An output may differ from the reference by this share of the reference's largest entry. */
const tolerance = 1e-9;

type Outputs = Extract<Answer, { kind: 'returned' }>['outputs'];

export type Fitting =
  | { readonly kind: 'fits'; readonly values: Values; readonly notFinite: string | undefined }
  | { readonly kind: 'unfit'; readonly says: string };

const describe = (value: RawValue): string => {
  switch (value.kind) {
    case 'scalar':
      return 'a number';
    case 'vector':
      return `a Float64Array of ${value.data.length}`;
    case 'rows':
      return `${value.rows.length} ${value.rows.length === 1 ? 'row' : 'rows'} of ${[...new Set(value.rows.map((row) => row.length))].join(' or ')}`;
    case 'other':
      return value.says;
  }
};

function wanted(shape: ValueShape, dims: KataDims): string {
  if (shape.kind === 'scalar') return 'a number';
  if (shape.kind === 'integer') return 'a whole number';
  if (shape.kind === 'vectors') return 'a list of Float64Arrays';
  const sizes = shape.axes.map((axis) => `${axis} = ${lengthOf(axis, dims)}`);
  return shape.kind === 'vector'
    ? `a Float64Array of ${sizes[0]}`
    : `${sizes[0]} rows of ${sizes[1]}`;
}

function valueOf(shape: ValueShape, raw: RawValue, dims: KataDims): Values[string] | undefined {
  switch (shape.kind) {
    case 'scalar':
      return raw.kind === 'scalar' ? raw.value : undefined;
    case 'integer':
      return raw.kind === 'scalar' && Number.isInteger(raw.value) ? raw.value : undefined;
    case 'vector':
      return raw.kind === 'vector' && raw.data.length === lengthOf(shape.axes[0], dims)
        ? raw.data
        : undefined;
    case 'vectors':
      return raw.kind === 'rows' ? [...raw.rows] : undefined;
    case 'matrix':
    case 'sequence': {
      const [rows, columns] = shape.axes.map((axis) => lengthOf(axis, dims));
      const fits =
        raw.kind === 'rows' &&
        raw.rows.length === rows &&
        raw.rows.every((row) => row.length === columns);
      return fits ? [...raw.rows] : undefined;
    }
  }
}

/** Whether the outputs have the declared names and shapes, and are finite; if not, the first thing that is off. */
export function unfit(shapes: Shapes, dims: KataDims, outputs: Outputs): Fitting {
  const names = Object.keys(shapes);
  const form = `{ ${names.join(', ')} }`;
  if ('notAnObject' in outputs && typeof outputs.notAnObject === 'string')
    return { kind: 'unfit', says: `Expected an object ${form}, got ${outputs.notAnObject}.` };
  const given = outputs as Readonly<Record<string, RawValue>>;
  const values: [string, Values[string]][] = [];
  let notFinite: string | undefined;
  for (const [name, shape] of Object.entries(shapes)) {
    const raw = Object.hasOwn(given, name) ? given[name] : undefined;
    if (!raw)
      return { kind: 'unfit', says: `Expected ${form}; ${name} is missing${extra(given, names)}.` };
    const value = valueOf(shape, raw, dims);
    if (value === undefined)
      return {
        kind: 'unfit',
        says: `Expected ${name} to be ${wanted(shape, dims)}, got ${describe(raw)}.`,
      };
    notFinite ??= firstNotFinite(name, value);
    values.push([name, value]);
  }
  const more = Object.keys(given).filter((name) => !names.includes(name));
  if (more.length > 0)
    return {
      kind: 'unfit',
      says: `Expected ${form} and nothing else, got also ${more.slice(0, 5).join(', ')}.`,
    };
  return { kind: 'fits', values: Object.fromEntries(values), notFinite };
}

const extra = (given: object, names: readonly string[]): string => {
  const more = Object.keys(given).filter((name) => !names.includes(name));
  return more.length > 0 ? ` (got ${more.slice(0, 5).join(', ')})` : '';
};

/** Walks over all numbers of a value with their indices; the first non-undefined result wins. */
export function findNumber<R>(
  value: Values[string],
  visit: (v: number, index: number[]) => R | undefined,
): R | undefined {
  if (typeof value === 'number') return visit(value, []);
  if (value instanceof Float64Array) {
    for (const [j, v] of value.entries()) {
      const found = visit(v, [j]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [j, row] of value.entries()) {
    const found = findNumber(row, (v, index) => visit(v, [j, ...index]));
    if (found !== undefined) return found;
  }
  return undefined;
}

const place = (name: string, index: readonly number[]): string =>
  name + index.map((j) => `[${j}]`).join('');

const firstNotFinite = (name: string, value: Values[string]): string | undefined =>
  findNumber(value, (v, index) =>
    Number.isFinite(v) ? undefined : `${place(name, index)} is ${v}.`,
  );

export interface Difference {
  readonly output: string;
  readonly index: readonly number[];
  readonly expected: number;
  readonly got: number;
}

export type Comparison =
  { readonly same: true } | { readonly same: false; readonly first: Difference };

/**
 * Compares outputs name by name, each on the scale of its own largest finite entry expected (1e-6 at least, so that
 * an exact zero may be missed by a rounding error). NaN is never equal.
 */
export function compareOutputs(expected: Values, got: Values): Comparison {
  for (const [output, want] of Object.entries(expected)) {
    let scale = 1e-6;
    findNumber(want, (v) => {
      if (Number.isFinite(v)) scale = Math.max(scale, Math.abs(v));
      return undefined;
    });
    const have = got[output] ?? NaN;
    const first =
      findNumber(want, (w, index) => {
        const v = at(have, index);
        return Math.abs(v - w) <= tolerance * scale
          ? undefined
          : { output, index, expected: w, got: v };
      }) ??
      findNumber(have, (v, index) =>
        Number.isNaN(at(want, index)) ? { output, index, expected: NaN, got: v } : undefined,
      );
    if (first) return { same: false, first };
  }
  return { same: true };
}

/**
 * Whether two outputs show the same mistake: equal numbers, and where they are not finite, not finite in the
 * same places. Outputs without one finite number show nothing.
 */
export function compareMistakes(one: Values, other: Values): 'same' | 'different' | 'nothing' {
  const settled = (values: Values, beside: Values): Values =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]): [string, Values[string]] => {
        const settle = (v: number, index: number[]): number =>
          Number.isFinite(v) || Number.isFinite(at(beside[name] ?? NaN, index)) ? v : 0;
        const row = (a: Float64Array, before: number[]): Float64Array =>
          a.map((v, k) => settle(v, [...before, k]));
        if (typeof value === 'number') return [name, settle(value, [])];
        if (value instanceof Float64Array) return [name, row(value, [])];
        return [name, value.map((a, j) => row(a, [j]))];
      }),
    );
  if (!compareOutputs(settled(one, other), settled(other, one)).same) return 'different';
  const finite = (v: number): true | undefined => (Number.isFinite(v) ? true : undefined);
  return Object.values(one).some((value) => findNumber(value, finite)) ? 'same' : 'nothing';
}

function at(value: Values[string], index: readonly number[]): number {
  if (typeof value === 'number') return value;
  const [j, k] = index;
  const item = value[j ?? 0];
  return item === undefined ? NaN : typeof item === 'number' ? item : (item[k ?? 0] ?? NaN);
}

/** Bitwise equality of named values. */
export function sameBits(a: Values, b: Values): boolean {
  return Object.entries(a).every(
    ([name, value]) =>
      b[name] !== undefined &&
      findNumber(value, (v, index) => (Object.is(v, at(b[name]!, index)) ? undefined : true)) ===
        undefined,
  );
}
