/** Katas through the equations: without a slip the chain gives the reference, for every kata that has one. */
import { describe, expect, it } from 'vitest';
import { chainOf, outputsOf, steps } from '../../src/kata/backward.js';
import { compareOutputs } from '../../src/kata/compare.js';
import { judgingCases } from '../../src/kata/cases.js';
import { kataById, katas } from '../../src/kata/catalogue.js';

const backward = katas.filter((kata) => kata.backward);
const inEquations = await Promise.all(
  katas.map(async (kata) => ({ id: kata.id, kata, chain: await chainOf(kata) })),
);
const chained = inEquations.filter(({ chain }) => chain);

it('is declared by every kata whose outputs are gradients', () => {
  const gradients = katas.filter(({ outputs }) =>
    Object.keys(outputs).some((name) => /^d[A-Zchx]/.test(name)),
  );
  expect(backward.map(({ id }) => id)).toEqual(gradients.map(({ id }) => id));
});

it('is there without a declaration for the cells of one step', () => {
  const ids = chained.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(['rnn-step', 'lstm-step', 'gru-step', 'gru-reset-after']),
  );
  expect(ids).toEqual(
    expect.arrayContaining(['rnn-forward', 'lstm-forward', 'scaled-dot-product']),
  );
});

describe.each(chained)('$id', ({ kata, chain: found }) => {
  it('gives the reference', () => {
    const chain = found!;
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
