/**
 * Where an output is wrong, where that is the same on all cases: its last entry alone, every step but the first,
 * the columns that meet x. It says where to look, not what was done.
 */
import { lengthOf } from './sizes.js';
import type { Answered } from './guess.js';
import type { Kata } from './define.js';
import type { Values } from './values.js';

type Lines = readonly (readonly number[])[];

/** An output by its entries, its steps or its rows. */
const linesOf = (value: Values[string]): Lines =>
  typeof value === 'number' ? [] : [...value].map((v) => (typeof v === 'number' ? [v] : [...v]));

const columnsOf = (lines: Lines): Lines =>
  (lines[0] ?? []).map((_, k) => lines.map((line) => line[k]!));

/** Which of the lines are right, on the scale of the whole output. */
function rightLines(want: Lines, have: Lines): boolean[] {
  const scale = Math.max(1e-6, ...want.flat().map(Math.abs));
  return want.map((line, j) =>
    line.every((w, k) => Math.abs(w - (have[j]?.[k] ?? NaN)) <= 1e-9 * scale),
  );
}

/** The ordinal of a short run: `the first`, `the last two`. */
const run = (end: 'first' | 'last', n: number): string =>
  n === 1 ? `the ${end}` : `the ${end} ${['two', 'three'][n - 2] ?? n}`;

/** What the cases have in common, each as which of its lines are right; undefined if that is nothing. */
function pattern(cases: readonly (readonly boolean[])[], line: string): string | undefined {
  const all = (holds: (right: readonly boolean[]) => boolean): boolean => cases.every(holds);
  const wrong = (right: readonly boolean[]): number => right.filter((one) => !one).length;
  if (all((right) => wrong(right) === 1 && !right.at(-1))) return `in the last ${line} alone`;
  if (all((right) => wrong(right) === 1 && !right[0])) return `in the first ${line} alone`;
  const [one] = cases;
  for (const [end, before] of [
    ['first', one!.indexOf(false)],
    ['last', one!.length - 1 - one!.lastIndexOf(false)],
  ] as const) {
    const others = (right: readonly boolean[]): readonly boolean[] =>
      end === 'first' ? right.slice(before) : right.slice(0, right.length - before);
    if (before > 0 && before < 4 && all((right) => wrong(right) === right.length - before))
      if (all((right) => others(right).every((v) => !v) && others(right).length > 0))
        return `in every ${line} but ${run(end, before)}`;
  }
  return undefined;
}

/** Where a wrong output is wrong on all cases that have it wrong, after «is wrong»; undefined if no rule says it. */
export function located(
  kata: Kata,
  answered: readonly Answered[],
  name: string,
): string | undefined {
  const shape = kata.outputs[name]!;
  if (!('axes' in shape)) return undefined;
  const lines = answered.map(({ expected, got, case: { dims } }) => ({
    dims,
    want: linesOf(expected[name]!),
    have: linesOf(got[name]!),
  }));
  const off = lines
    .map((one) => ({ ...one, right: rightLines(one.want, one.have) }))
    .filter(({ right }) => right.length > 2 && right.includes(false)); // of two, each is the first or the last
  if (off.length < 3) return undefined;
  const line = { vector: 'entry', sequence: 'step', matrix: 'row' }[shape.kind];
  const found = pattern(
    off.map(({ right }) => right),
    line,
  );
  if (found !== undefined) return found + (shape.kind === 'sequence' ? advice(kata, found) : '');
  const axis = shape.axes.at(-1)!;
  if (shape.axes.length < 2 || (axis !== 'H+D' && axis !== '2H')) return undefined;
  const halves = off.map(({ want, have, dims }) => {
    const right = rightLines(columnsOf(want), columnsOf(have));
    const [head, tail] = [right.slice(0, dims.H), right.slice(dims.H, lengthOf(axis, dims))];
    return [head.every(Boolean), tail.every(Boolean)] as const;
  });
  const called =
    axis === '2H' ? ['first H columns', 'last H columns'] : ['columns of h₋', 'columns of x'];
  for (const half of [0, 1])
    if (halves.every((right) => right[half] && !right[1 - half]))
      return `in the ${called[1 - half]} and right in the ${called[half]}`;
  return undefined;
}

/** What wrong steps after a right one mean: the first in the order in which the steps are computed. */
function advice(kata: Kata, where: string): string {
  if (where.includes('but the first') && !kata.backward)
    return ': look at what one step hands to the next';
  if (where.includes('but the last') && kata.backward) return ': look at what is carried back';
  return '';
}
