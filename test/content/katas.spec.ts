/** Katas checked like code: stubs fail as not implemented, solutions pass, every mistake is caught and named. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardById } from '../../src/quiz/index.js';
import { compareOutputs } from '../../src/kata/compare.js';
import { copyValues, judgingCases } from '../../src/kata/cases.js';
import { equationById } from '../../src/notation/index.js';
import { judge } from '../../src/kata/judge.js';
import { katas } from '../../katas/index.js';
import { localSubject } from '../../src/kata/local-subject.js';
import type { Kata } from '../../src/kata/define.js';
import type { Values } from '../../src/kata/values.js';

const root = new URL('../../', import.meta.url);
const load = async (folder: 'katas' | 'solutions', kata: Kata) => {
  const module = (await import(
    new URL(`${folder}/${kata.topic}/${kata.id}.ts`, root).href
  )) as Record<string, unknown>;
  return localSubject(module[kata.functionName] as (inputs: Values) => unknown);
};

describe.each(katas)('$id', (kata) => {
  it('has a stub that fails as not implemented', async () => {
    const report = await judge(kata, await load('katas', kata), { seed: 1 });
    expect(report.outcome).toBe('notImplemented');
  });

  it('has a stub with a TODO, of about 30 lines', () => {
    const stub = readFileSync(new URL(`katas/${kata.topic}/${kata.id}.ts`, root), 'utf8');
    expect(stub).toContain('// TODO: ');
    expect(stub.split('\n').length).toBeLessThanOrEqual(60);
  });

  it('has a solution that passes, for several seeds', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const report = await judge(kata, await load('solutions', kata), { seed });
      expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
      expect(report.outcome).toBe('passed');
    }
  });

  it('has a solution that shares no code with the engine', () => {
    const solution = readFileSync(new URL(`solutions/${kata.topic}/${kata.id}.ts`, root), 'utf8');
    const imports = [...solution.matchAll(/from '([^']+)'/g)].map(([, from]) => from);
    expect(new Set([...imports, 'bptt/kata'])).toEqual(new Set(['bptt/kata']));
  });

  it.each(kata.mistakes)('catches and names the mistake $id', async (mistake) => {
    for (const seed of [1, 2, 3]) {
      const report = await judge(kata, localSubject(mistake.variant), { seed });
      expect(report.outcome).toBe('failed');
      expect(report.diagnosis?.mistake).toBe(mistake.id);
      expect(report.counterexample).not.toBeNull();
    }
  });

  it('tells every pair of mistakes apart, on at least a quarter of the judging cases', () => {
    const cases = judgingCases(kata, 11, 40);
    const numbers = kata.mistakes.map(({ variant }) =>
      cases.map(({ given }) => variant(copyValues(given))),
    );
    for (const [k, one] of numbers.entries())
      for (const [l, other] of numbers.slice(0, k).entries()) {
        const apart = cases.filter((_, j) => !compareOutputs(one[j]!, other[j]!).same).length;
        expect(apart, `${kata.mistakes[k]!.id} and ${kata.mistakes[l]!.id}`).toBeGreaterThanOrEqual(
          cases.length / 4,
        );
      }
  });

  it('holds its laws in the reference, on cases where they say something', () => {
    for (const law of kata.laws)
      for (const { given } of judgingCases(kata, 5, 40)) {
        const changed = law.change(copyValues(given));
        expect(law.holds(changed, kata.reference(copyValues(changed))), law.name).toBe(true);
      }
  });

  it('breaks every law with at least one known mistake', () => {
    for (const law of kata.laws) {
      const broken = judgingCases(kata, 5, 40).some(({ given }) => {
        const changed = law.change(copyValues(given));
        return kata.mistakes.some(
          (mistake) => !law.holds(changed, mistake.variant(copyValues(changed))),
        );
      });
      expect(broken, law.name).toBe(true);
    }
  });

  it('links to equations and cards that exist', () => {
    for (const id of kata.equations) expect(equationById(id), id).toBeDefined();
    for (const { card } of kata.mistakes)
      if (card !== undefined) expect(cardById(card), card).toBeDefined();
  });

  it('generates cases that discriminate', () => {
    for (const { dims, given } of judgingCases(kata, 7, 100)) {
      const { N: _, ...sizes } = dims;
      expect(new Set(Object.values(sizes)).size).toBe(8);
      expect(dims.T).toBeGreaterThanOrEqual(3);
      for (const value of Object.values(given))
        if (typeof value !== 'number')
          for (const row of value instanceof Float64Array ? [value] : value)
            for (const v of row) expect(v).not.toBe(0);
    }
  });
});
