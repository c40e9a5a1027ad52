/**
 * What can be said where no known mistake gives the learner's numbers: a constant factor, a transpose, a
 * term of the chain rule, in which of its entries or steps an output is wrong, or which outputs are right. These are guesses, and they say so; known mistakes are
 * in diagnose.ts.
 */
import { compareOutputs, findNumber } from './compare.js';
import { located } from './located.js';
import { usedDims } from './cases.js';
import type { Case } from './cases.js';
import type { Diagnosis } from './report.js';
import type { Kata } from './define.js';
import type { Explained } from './chain-rule.js';
import type { ValueShape, Values } from './values.js';

/** One case: what is right, and what the learner's function gave. */
export interface Answered {
  readonly case: Case;
  readonly expected: Values;
  readonly got: Values;
}

/** Fewer cases than this on which an output is wrong prove nothing. */
const telling = 3;

type Value = Values[string];

const same = (expected: Value, got: Value): boolean =>
  compareOutputs({ value: expected }, { value: got }).same;

const numbersOf = (value: Value): number[] => {
  const numbers: number[] = [];
  findNumber(value, (v) => void numbers.push(v));
  return numbers;
};

const scaled = (value: Value, by: number): Value =>
  typeof value === 'number'
    ? value * by
    : value instanceof Float64Array
      ? value.map((v) => v * by)
      : value.map((row) => row.map((v) => v * by));

const transposed = (rows: readonly Float64Array[]): Float64Array[] =>
  rows.map((_, j) => Float64Array.from(rows, (row) => row[j]!));

/** The number that got is expected times, by least squares; NaN where expected is zero, or where it is no multiple. */
function factorOf(expected: Value, got: Value): number {
  const [want, have] = [numbersOf(expected), numbersOf(got)];
  if (want.length !== have.length) return NaN;
  const square = want.reduce((sum, w) => sum + w * w, 0);
  const factor = want.reduce((sum, w, j) => sum + w * have[j]!, 0) / square;
  if (!same(scaled(expected, factor), got)) return NaN;
  return Math.abs(factor) < 1e-12 ? 0 : factor; // what cancels leaves a rounding error
}

const alike = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));

/** A factor as one reads it: `5/6`, `0.434294`. */
function written(factor: number): string {
  for (let q = 1; q <= 12; q++) {
    const p = Math.round(factor * q);
    if (p !== 0 && alike(p / q, factor)) return q === 1 ? String(p) : `${p}/${q}`;
  }
  return String(Number(factor.toPrecision(6)));
}

/** A factor in words, the same on all cases, or the same up to one of the sizes; undefined if it is neither. */
function factorInWords(kata: Kata, cases: readonly Case[], factors: readonly number[]) {
  const constant = (by: (k: number) => number): number | undefined => {
    const all = factors.map((factor, k) => factor * by(k));
    return all.every((v) => alike(v, all[0]!)) ? all[0] : undefined;
  };
  const factor = constant(() => 1);
  if (factor === 0) return 'zero everywhere';
  if (factor !== undefined && alike(factor, 1)) return undefined; // a small error, no factor
  if (factor !== undefined)
    return alike(factor, -1)
      ? 'right but for its sign: -1 times what belongs there'
      : `${written(factor)} times what belongs there, on all cases`;
  const sizes = cases.map((one) => usedDims(kata, one));
  for (const letter of Object.keys(sizes[0]!)) {
    if (alike(constant((k) => sizes[k]![letter]!) ?? NaN, 1))
      return `what belongs there divided by ${letter}: a mean where a sum is asked for`;
    if (alike(constant((k) => 1 / sizes[k]![letter]!) ?? NaN, 1))
      return `${letter} times what belongs there: a sum where a mean is asked for`;
  }
  return undefined;
}

/** `h`, `h and c`, `f, i and o`. */
export const listed = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');

const are = (names: readonly string[]): string =>
  `${listed(names)} ${names.length === 1 ? 'is' : 'are'}`;

/**
 * The most likely of the guesses, or null if there is nothing to say.
 * @param chained what chain-rule.ts found for some of the outputs
 */
export function guess(
  kata: Kata,
  answered: readonly Answered[],
  chained: readonly Explained[],
): Diagnosis | null {
  const names = Object.keys(kata.outputs);
  const off = (name: string): Answered[] =>
    answered.filter(({ expected, got }) => !same(expected[name]!, got[name]!));
  const right = names.filter((name) => off(name).length === 0);
  const wrong = names.filter((name) => off(name).length >= telling);
  if (wrong.length === 0 || right.length + wrong.length < names.length) return null;

  const digits = rightDigits(answered, wrong);
  if (digits !== undefined)
    return {
      mistake: 'rounded',
      says: `None of the known mistakes gives your numbers; this is a guess. They are right to about ${digits} digits: ${digits === 7 ? 'something is rounded to single precision (Float32Array, Math.fround), or an epsilon is added' : 'an epsilon is added, or an iteration ends too soon'}.`,
      cases: answered.length,
      card: null,
      guess: true,
    };
  const factors = factorsOf(kata, answered, wrong);
  const turned = wrong.filter(
    (name) => !factors.has(name) && isTransposed(kata.outputs[name]!, answered, name),
  );
  const plain = [...factors.keys(), ...turned];
  const found: {
    readonly id: string;
    readonly says: string;
    readonly outputs: readonly string[];
  }[] = [...new Set(factors.values())].map((words) => {
    const outputs = wrong.filter((name) => factors.get(name) === words);
    const id = words === 'zero everywhere' ? 'all-zero' : 'constant-factor';
    return { id, says: `${are(outputs)} ${words}.`, outputs };
  });
  if (turned.length > 0)
    found.push({
      id: 'transposed',
      says: `${are(turned)} transposed: rows and columns are swapped.`,
      outputs: turned,
    });
  for (const { says, outputs } of chained)
    if (outputs.some((name) => !plain.includes(name)))
      found.push({ id: 'chain-rule', says, outputs });

  const places = new Map<string, string[]>(); // by where they are wrong, the outputs
  for (const name of wrong.filter((one) => !found.some(({ outputs }) => outputs.includes(one)))) {
    const where = located(kata, answered, name);
    if (where !== undefined) places.set(where, [...(places.get(where) ?? []), name]);
  }
  for (const [where, outputs] of places)
    found.push({
      id: wrong.length === 1 ? 'one-output-wrong' : 'some-outputs-wrong',
      says: `${are(outputs)} wrong ${where}.`,
      outputs,
    });

  if (found.length === 0 && right.length === 0) return null;
  const said = found.flatMap(({ outputs }) => outputs);
  const others = wrong.filter((name) => !said.includes(name));
  const counted = wrong
    .map((name) => `${name} is wrong on ${off(name).length} of ${answered.length} cases.`)
    .join(' ');
  const what = found.length === 0 ? [counted] : found.map(({ says }) => says);
  return {
    mistake: found[0]?.id ?? (wrong.length === 1 ? 'one-output-wrong' : 'some-outputs-wrong'),
    says: [
      `None of the known mistakes gives your numbers${found.length > 0 ? '; this is a guess' : ''}.`,
      ...what,
      ...(found.length > 0 && others.length > 0 ? [`${are(others)} wrong, too.`] : []),
      ...(right.length > 0 ? [`${are(right)} right.`] : []),
    ].join(' '),
    cases: answered.length,
    card: null,
    guess: true,
  };
}

/** To how many digits the wrong outputs are right, where that is 4 or more, as it is after a rounding. */
function rightDigits(answered: readonly Answered[], wrong: readonly string[]): number | undefined {
  let worst = 0;
  for (const { expected, got } of answered)
    for (const name of wrong) {
      const [want, have] = [numbersOf(expected[name]!), numbersOf(got[name]!)];
      if (want.length !== have.length) return undefined; // a list with a vector too many or too few
      const scale = want.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-6);
      worst = want.reduce((most, v, j) => Math.max(most, Math.abs(v - have[j]!) / scale), worst);
    }
  return worst < 1e-4 ? Math.min(9, Math.round(-Math.log10(worst))) : undefined;
}

/** Each wrong output's factor in words, where it has one. */
function factorsOf(
  kata: Kata,
  answered: readonly Answered[],
  wrong: readonly string[],
): Map<string, string> {
  const factors = new Map<string, string>();
  for (const name of wrong) {
    const nonZero = answered.filter(({ expected }) => numbersOf(expected[name]!).some(Boolean));
    if (nonZero.length < telling) continue;
    const words = factorInWords(
      kata,
      nonZero.map((one) => one.case),
      nonZero.map(({ expected, got }) => factorOf(expected[name]!, got[name]!)),
    );
    const rest = answered.filter((one) => !nonZero.includes(one)); // zero times anything is zero
    if (words !== undefined && rest.every(({ expected, got }) => same(expected[name]!, got[name]!)))
      factors.set(name, words);
  }
  return factors;
}

const isTransposed = (shape: ValueShape, answered: readonly Answered[], name: string): boolean =>
  shape.kind === 'matrix' &&
  shape.axes[0] === shape.axes[1] &&
  answered.every(({ expected, got }) =>
    same(transposed(expected[name] as Float64Array[]), got[name]!),
  );
