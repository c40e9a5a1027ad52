/**
 * Cards answered with a number: `394240`, `394,240`, `0.39 M`, `2 GiB`, `75 %`, or arithmetic that comes
 * to it, like `4*(256*384 + 256)`.
 *
 * A number that is written short, with an exponent, decimals, a percent sign or in thousands, is meant as a rounded one: it is right
 * when the right number rounds to it, unless a known wrong number does so too. Then the digits that
 * would tell them apart are asked for.
 */
import type { NumberCard } from '../card.js';
import { arithmetic } from './arithmetic.js';
import { numberInWords } from './number-words.js';
import { right, unreadable, wrong, type Judged } from './judged.js';
import { readNumber, withoutUnit } from './read-number.js';

const exact = 1e-9;
/** A rounded answer may be off by at most this share of the right number. */
const coarsest = 0.05;

/** The relative error that a card allows: whole numbers are exact unless it says otherwise. */
export const toleranceOf = (card: NumberCard): number =>
  card.tolerance ?? (Number.isInteger(card.answer()) ? exact : 0.01);

/** Are two numbers the same within a relative tolerance? */
export const within = (got: number, wanted: number, tolerance: number): boolean =>
  got === wanted || Math.abs(got - wanted) <= Math.max(tolerance, exact) * Math.abs(wanted);

/** Is it the card's number? If not, is it the result of a known wrong formula? */
export function gradeNumber(card: NumberCard, given: string): Judged {
  const read = readNumber(given, card.unit);
  if (read.kind === 'refused') return unreadable(read.says);
  const value = read.kind === 'number' ? read.value : calculated(given, card.unit);
  if (value === undefined)
    return unreadable(
      'Write a number, like 394,240 or 3.9e5, or arithmetic that gives it, with sqrt, exp, ln, tanh or sigmoid.',
    );
  const matches = (wanted: number, got = value): boolean => within(got, wanted, toleranceOf(card));
  if (matches(card.answer())) return right();
  const other = read.kind === 'number' ? read.other : undefined;
  if (other !== undefined && matches(card.answer(), other))
    return unreadable(
      `Its separator could be one of thousands or of decimals: write ${plainly(value)} or ${plainly(other)}.`,
    );
  const meant = card.wrong.find(({ is }) => within(value, is(), exact));
  if (meant) return wrong(meant.because);
  if (read.kind === 'number' && roundsTo(read, card.answer())) {
    const rival = card.wrong.find(({ is }) => roundsTo(read, is()));
    if (!rival) return right('Right, rounded.');
    return unreadable('A wrong formula rounds to that as well: give more digits.');
  }
  const known = card.wrong.find(({ is }) => matches(is()));
  return wrong(known?.because ?? far(value, card.answer()));
}

/** What words or arithmetic come to, in the card's unit. */
function calculated(given: string, unit: string | undefined): number | undefined {
  const value = numberInWords(given) ?? arithmetic(given);
  if (value !== undefined) return value;
  const { number, factor } = withoutUnit(given, unit) ?? {};
  const inUnits = number === undefined ? undefined : (numberInWords(number) ?? arithmetic(number));
  return inUnits === undefined ? undefined : inUnits * factor!;
}

/** Digits and a decimal point, without what floats leave of a product. */
const plainly = (value: number): string => String(Number(value.toPrecision(12)));

/** Is this, as it is written, the number rounded? */
const roundsTo = (
  { value, rounding }: { readonly value: number; readonly rounding: number },
  number: number,
): boolean =>
  rounding > 0 &&
  Math.abs(value - number) <= Math.min(rounding, coarsest * Math.abs(number)) * (1 + exact);

/** How far off, so that a slip of a factor can be seen. */
function far(got: number, wanted: number): string {
  if (wanted === 0 || !Number.isFinite(got)) return 'That is another number.';
  const ratio = got / wanted;
  if (ratio < 0) return 'The sign is wrong.';
  if (ratio < 1e-3 || ratio > 1e3) return 'That is far off: another order of magnitude.';
  const near = Math.abs(ratio - 1) < 0.1 ? ' Close, but it does not round to that.' : '';
  return `That is ${Number(ratio.toPrecision(3))} times the right number.${near}`;
}
