/** Chains of operations, against trees that are built one node at a time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainLength, chains } from '../../../src/bench/claims/chain-length.js';
import type { Chain } from '../../../src/bench/claims/chain-length.js';

/** A number that took this many operations. */
const after = (length: number): Chain => {
  let chain = chains.constant(1);
  for (let k = 0; k < length; k++) chain = chains.tanh(chain);
  return chain;
};

/** The flattest tree over terms of these depths: always join the two that are there first. */
function flattest(depths: readonly number[]): number {
  const open = [...depths];
  while (open.length > 1) {
    open.sort((a, b) => a - b);
    const [a, b] = open.splice(0, 2) as [number, number];
    open.push(Math.max(a, b) + 1);
  }
  return open[0]!;
}

const depths = fc.array(fc.integer({ min: 0, max: 70 }), { minLength: 1, maxLength: 20 });

describe.each(['add', 'max'] as const)('%s', (open) => {
  it('of many waits as long as the flattest tree over them, in whatever order it is written', () => {
    fc.assert(
      fc.property(depths, fc.boolean(), (all, fromTheEnd) => {
        const terms = all.map(after);
        const joined = fromTheEnd
          ? terms.reduceRight((sum, term) => chains[open](term, sum))
          : terms.reduce((sum, term) => chains[open](sum, term));
        expect(chainLength(joined)).toBe(flattest(all));
      }),
    );
  });
});

it('a sum that is read is closed: what follows waits for all of it', () => {
  fc.assert(
    fc.property(depths, depths, (one, other) => {
      const sum = (all: readonly number[]): Chain => all.map(after).reduce(chains.add);
      const both = Math.max(flattest(one), flattest(other)) + 1;
      expect(chainLength(chains.mul(sum(one), sum(other)))).toBe(both);
      expect(chainLength(chains.max(sum(one), sum(other)))).toBe(both);
      expect(chainLength(chains.sigmoid(sum(one)))).toBe(flattest(one) + 1);
    }),
  );
});

it('the number 0 is no term, and a constant is there at once', () => {
  expect(chainLength(chains.add(chains.constant(0), after(3)))).toBe(3);
  expect(chainLength(chains.constant(5))).toBe(0);
  const [entry] = chains.product([[after(0), after(0)]], [after(0), after(0)]);
  expect(chainLength(entry!)).toBe(2); // two products, one sum
});
