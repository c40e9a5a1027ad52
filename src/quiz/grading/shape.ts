/**
 * Cards answered with a shape in letters. An axis is a sum of products of letters, so `H+D` is `D+H`,
 * `4H` is `4*H` and `H*4`, and `T²` is `T*T`; `D/N` is a part of one. The letters are B, T, D, H and O, S (source
 * positions, or a query's size), K (d_k), V (d_v), N (heads), A (attention size) and L (layers); case
 * does not matter.
 */
import type { ShapeCard } from '../card.js';
import { right, unreadable, wrong, type Judged } from './judged.js';

/** Names that people write for a letter: `d_k` is K. */
const named: readonly (readonly [RegExp, string])[] = [
  [/\bd_?\{?k\}?(?![\p{L}\p{N}])/giu, 'K'],
  [/\bd_?\{?v\}?(?![\p{L}\p{N}])/giu, 'V'],
  [/\bd_?\{?model\}?(?![\p{L}\p{N}])/giu, 'D'],
  [/([a-z])(?:²|\^ ?2|\*\* ?2)/giu, '$1*$1'],
];

/** One axis in a canonical spelling, or undefined if it is none: `D + H` → `1*D+1*H`. */
function axisOf(text: string): string | undefined {
  const inner = text.replace(/[\s_·*]/gu, '').replace(/^\((.*)\)$/u, '$1');
  const sum = new Map<string, number>();
  for (const term of inner.split('+')) {
    const [, before = '', letters = '', after = '', below = ''] =
      /^(\d{0,6})([BTDHOSKVNAL]{0,4})(\d{0,6})(\/[BTDHOSKVNAL])?$/.exec(term.toUpperCase()) ?? [];
    if (before + letters + after === '') return undefined;
    const key = letters.split('').sort().join('') + below;
    const count = (before === '' ? 1 : Number(before)) * (after === '' ? 1 : Number(after));
    sum.set(key, (sum.get(key) ?? 0) + count);
  }
  return [...sum]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([letters, count]) => `${count}*${letters}`)
    .join('+');
}

/** The axes of a shape in canonical spelling, or undefined if it does not read as one. */
export function shapeOf(given: string): string[] | undefined {
  const letters = named.reduce((text, [what, by]) => text.replace(what, by), given.trim());
  const plain = letters
    .replace(/^shape\b\s*[:=]?\s*/i, '')
    .replace(/^(?:torch\.)?size\(\s*(.*?)\s*\)$/i, '$1');
  if (/^(scalar|\[\s*\]|\(\s*\))$/i.test(plain)) return [];
  const whole = bracketed(plain) ? plain.slice(1, -1) : plain;
  const parts = whole.split(/,|×|\bby\b|(?<=[\s\w)])x(?=[\s\w(])/iu);
  // A comma after the last axis, as Python writes (H,).
  if (parts.length > 1 && parts.at(-1)!.trim() === '') parts.pop();
  const axes = parts.map(axisOf);
  return axes.some((axis) => axis === undefined) ? undefined : axes.map((axis) => axis!);
}

/** Does one pair of brackets enclose everything? `(H, D)` yes, `(H) x (D)` no. */
function bracketed(text: string): boolean {
  if (!/^[[(].*[\])]$/u.test(text)) return false;
  let depth = 0;
  for (const [k, character] of text.split('').entries()) {
    if ('[('.includes(character)) depth++;
    if ('])'.includes(character)) depth--;
    if (depth === 0) return k === text.length - 1;
  }
  return false;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((axis, k) => axis === b[k]);

/** Is it the card's shape? */
export function gradeShape(card: ShapeCard, given: string): Judged {
  const got = shapeOf(given);
  if (!got) return unreadable('Write a shape in letters, like [H, H+D] or H x (H+D).');
  const wanted = canonical(card.answer);
  if (same(got, wanted)) return right();
  const known = card.wrong?.find(({ is }) => same(got, canonical(is)));
  if (known) return wrong(known.because);
  if (same([...got].reverse(), wanted)) return wrong('The axes are right, in the other order.');
  if (got.length !== wanted.length)
    return wrong(`That has ${inAxes(got.length)}, right is ${inAxes(wanted.length)}.`);
  return wrong(`Axis ${got.findIndex((axis, k) => axis !== wanted[k]) + 1} is not the right one.`);
}

const inAxes = (n: number): string => (n === 1 ? 'one axis' : `${n} axes`);
const canonical = (axes: readonly string[]): string[] => axes.map((axis) => axisOf(axis) ?? axis);
