/** A sum with an index is read where the index can only be meant in one way; else it is asked again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compare } from '../../src/notation/index.js';

const symbols = { ds: ['K'], p: ['K'], dp: ['K'] };
const kind = (given: string): string => compare(given, 'p .* (dp - dot(p, dp))', symbols).kind;
const letter = fc.constantFrom('i', 'j', 'k', 'm', 'n');
const sign = fc.constantFrom('Σ', '∑', '\\sum', 'sum');

it('with one index inside and at most one other outside', () => {
  fc.assert(
    fc.property(sign, letter, letter, fc.boolean(), (sum, outer, inner, braces) => {
      const of = (name: string, index: string): string =>
        `${name}_${braces ? `{${index}}` : index}`;
      const [p, dp] = [of('p', outer), of('dp', outer)];
      const formula = (a: string, b: string): string =>
        `${p} (${dp} - ${of(sum, inner)} ${of('p', a)} ${of('dp', b)})`;
      expect(kind(formula(inner, inner))).toBe(outer === inner ? 'unreadable' : 'same');
      if (outer === inner) return;
      // The outer index inside the sum is another formula: p_i Σ_j dp_j.
      for (const other of [formula(outer, inner), formula(inner, outer), formula(outer, outer)])
        expect(kind(other), other).toBe('unreadable');
    }),
  );
});

it('and without one', () => {
  for (const sum of ['Σ', '∑', '\\sum']) {
    expect(kind(`p (dp - ${sum} p dp)`)).toBe('same');
    expect(kind(`p (dp - ${sum} dp)`)).toBe('different');
    expect(kind(`p dp - p ${sum} p dp`)).toBe('same');
    expect(kind(`p (dp - ${sum} p + dp)`)).toBe('different');
  }
});
