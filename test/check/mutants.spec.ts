/**
 * The mutation score of the checker: every planted mistake is rejected, at every loss scale, by each oracle
 * alone and by a few directions; no right gradient is. The same gradients are put to the rules of two other
 * checkers; docs/gradcheck.md has the table, and BPTT_WRITE=1 writes it anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cellKinds, rng } from '../../src/engine/index.js';
import { attentionProblem, cellProblem, checkGradient } from '../../src/check/index.js';
import { deviations } from '../../src/check/complex-step.js';
import { attentionWith, dimsOf, lossScales, mutantsAt } from './mutants.js';
import { jax, torchFast, torchSlow } from './rivals.js';
import type { Method } from '../../src/check/index.js';
import type { Mutants } from './mutants.js';
import type { Rule } from './rivals.js';

const methods = ['complex-step', 'five-point', 'fast'] as const;
/** `npm run test:mutants` takes 10,000 right gradients, the suite 100. */
const seeds = Number(process.env.BPTT_MUTANTS_SEEDS ?? 100);
/** Draws of the checkers that draw. */
const draws = 20;

const all = lossScales.map((scale) => ({ scale, mutants: mutantsAt(scale) }));
const count = (mutants: readonly Mutants[]): number =>
  mutants.reduce((sum, { wrong }) => sum + wrong.size, 0);

it('there are at least 60 mistakes, each of which changes the gradient', () => {
  expect(count(all[0]!.mutants)).toBeGreaterThanOrEqual(60);
  for (const { mutants } of all)
    for (const { of, problem, wrong } of mutants) {
      const right = problem.gradient(problem.tensors.map(({ values }) => values));
      for (const [mistake, claimed] of wrong)
        expect(
          claimed.some((gradient, k) =>
            gradient.some((v, j) => Math.abs(v - right[k]![j]!) > 1e-6 * Math.abs(right[k]![j]!)),
          ),
          `${of} ${mistake}`,
        ).toBe(true);
    }
});

it('attention with nothing planted is the engine’s', () => {
  expect(checkGradient(attentionWith('none', 1))).toMatchObject({ passed: true, faults: [] });
});

const accepts = ({ problem }: Mutants, claimed: readonly Float64Array[], method: Method) =>
  checkGradient({ ...problem, gradient: () => claimed }, { method, T: 20, seed: 7 });

describe.each(all)('at loss scale $scale', ({ mutants }) => {
  it.each(methods)('every mistake is rejected by %s, which says why', (method) => {
    for (const one of mutants)
      for (const [mistake, claimed] of one.wrong) {
        const { passed, faults, tensors } = accepts(one, claimed, method);
        expect(faults).toEqual([]);
        expect(passed, `${one.of} ${mistake}`).toBe(false);
        const wrong = tensors.filter((tensor) => !tensor.passed);
        expect(wrong.length).toBeGreaterThan(0);
        for (const tensor of wrong) expect(tensor.says).toMatch(/\w/);
      }
  });
});

it(`no right gradient of ${seeds} is rejected, and all errors are within ${deviations} roundings`, () => {
  const kinds = [...cellKinds, 'attention'] as const;
  for (let seed = 0; seed < seeds; seed++) {
    const kind = kinds[seed % kinds.length]!;
    const T = 1 + (seed % 20);
    const lossScale = lossScales[(seed >> 3) % 4]!;
    const problem =
      kind === 'attention'
        ? attentionProblem('online', { Tq: 4, Tk: 5, B: 1, heads: 2, dk: 2, dv: 2 }, seed)
        : cellProblem(kind, dimsOf(kind, T, 1, 2, 3), seed, { lossScale });
    const { passed, faults, tensors } = checkGradient(problem);
    expect(faults, `seed ${seed}`).toEqual([]);
    expect(
      tensors.filter((tensor) => !tensor.passed),
      `seed ${seed}`,
    ).toEqual([]);
    expect(passed).toBe(true);
    for (const { name, complexStep } of tensors)
      expect(complexStep!.maxError, `seed ${seed} ${name}`).toBeLessThanOrEqual(
        deviations * complexStep!.bar,
      );
    expect(checkGradient(problem, { method: 'fast', seed }).passed, `seed ${seed}, fast`).toBe(
      true,
    );
  }
});

/** How many of the mistakes a rule accepts, on the average over its draws, and whether it ever rejects the right one. */
function scoreOf(mutants: readonly Mutants[], rules: (one: Mutants) => readonly Rule[]) {
  let accepted = 0;
  let alarms = 0;
  for (const one of mutants) {
    const drawn = rules(one);
    const share = (claimed: readonly Float64Array[]): number =>
      drawn.filter((accept) => accept(claimed)).length / drawn.length;
    for (const claimed of one.wrong.values()) accepted += share(claimed);
    const right = one.problem.gradient(one.problem.tensors.map(({ values }) => values));
    alarms += 1 - share(right);
  }
  return { accepted: Math.round(accepted), alarms: alarms / mutants.length };
}

describe('other checkers', () => {
  const rows = all.map(({ scale, mutants }) => {
    const random = rng(2026);
    const many = (rule: (one: Mutants) => Rule) => (one: Mutants) =>
      Array.from({ length: draws }, () => rule(one));
    return {
      scale,
      total: count(mutants),
      slow: scoreOf(mutants, ({ problem }) => [torchSlow(problem)]),
      fast: scoreOf(
        mutants,
        many(({ problem }) => torchFast(problem, random)),
      ),
      jax: scoreOf(
        mutants,
        many(({ problem }) => jax(problem, random)),
      ),
    };
  });

  it('accept wrong gradients, the more the smaller the loss is', () => {
    const [one, , small] = rows;
    for (const rival of ['slow', 'fast', 'jax'] as const)
      expect(small![rival].accepted).toBeGreaterThan(one![rival].accepted);
    expect(small!.slow.accepted).toBe(small!.total); // 1e-6 is below the floor of 1e-5
  });

  it('docs/gradcheck.md has the table', () => {
    const cell = ({ accepted, alarms }: { accepted: number; alarms: number }, total: number) =>
      `${accepted} of ${total}${alarms === 0 ? '' : `; right one rejected in ${Math.round(100 * alarms)} %`}`;
    const table = [
      '| loss × | PyTorch, slow | PyTorch, fast | JAX | bptt, each oracle alone | bptt `--fast` |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows.map(
        ({ scale, total, slow, fast, jax: theirs }) =>
          `| ${scale === 1 ? 1 : scale.toExponential(0).replace('+', '')} | ${cell(slow, total)} | ${cell(fast, total)} | ${cell(theirs, total)} | 0 of ${total} | 0 of ${total} |`,
      ),
    ].join('\n');
    const file = new URL('../../docs/gradcheck.md', import.meta.url);
    const [from, to] = ['<!-- mutants: from -->', '<!-- mutants: to -->'];
    const [before, rest] = readFileSync(file, 'utf8').split(`${from}\n`);
    const [found, after] = rest!.split(`${to}\n`);
    const wanted = `\n${table}\n\n`;
    if (process.env.BPTT_WRITE === '1')
      writeFileSync(file, `${before!}${from}\n${wanted}${to}\n${after!}`);
    else expect(found).toBe(wanted);
  });
});
