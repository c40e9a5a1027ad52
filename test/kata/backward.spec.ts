/** Backward katas through the equations: without a slip the chain gives the reference, for every kata that declares one. */
import { describe, expect, it } from 'vitest';
import { chainOf, outputsOf, steps } from '../../src/kata/backward.js';
import { compareOutputs } from '../../src/kata/compare.js';
import { judgingCases } from '../../src/kata/cases.js';
import { kataById, katas } from '../../src/kata/catalogue.js';

const backward = katas.filter((kata) => kata.backward);

it('is declared by every kata whose outputs are gradients', () => {
  const gradients = katas.filter(({ outputs }) =>
    Object.keys(outputs).some((name) => /^d[A-Zchx]/.test(name)),
  );
  expect(backward.map(({ id }) => id)).toEqual(gradients.map(({ id }) => id));
});

describe.each(backward)('$id', (kata) => {
  it('gives the reference', async () => {
    const chain = (await chainOf(kata))!;
    for (const { given } of judgingCases(kata, 3, 10)) {
      const got = outputsOf(chain, steps(chain, given)!);
      const expected = Object.entries(kata.reference(given)).filter(([name]) =>
        chain.outputs.has(name),
      );
      expect(compareOutputs(Object.fromEntries(expected), got ?? {})).toEqual({ same: true });
    }
  });
});

it('leaves out outputs that no equation gives', async () => {
  const kata = kataById('checkpointed-bptt')!;
  expect([...(await chainOf(kata))!.outputs.keys()]).toEqual(
    Object.keys(kata.outputs).filter((name) => name !== 'checkpoints'),
  );
});
