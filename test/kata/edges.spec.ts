/** Edges: what is right on every case and wrong at one edge is caught there, and the edge is named. */
import { describe, expect, it } from 'vitest';
import { compareOutputs } from '../../src/kata/compare.js';
import { copyValues, usedDims } from '../../src/kata/cases.js';
import { edgesOf } from '../../src/kata/edges.js';
import { judge } from '../../src/kata/judge.js';
import { kataById, katas } from '../../src/kata/catalogue.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { plain } from '../../src/kata/plain.js';
import { each } from '../../src/kata/altered.js';
import type { Values } from '../../src/kata/values.js';

const moved = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, each(value, (v) => v + 1)]),
  );

describe.each(katas)('$id', (kata) => {
  it('has an edge for each of its sizes, and no two edges are alike', () => {
    const edges = edgesOf(kata, 3);
    for (const letter of Object.keys(usedDims(kata, edges[0]!.case)))
      expect(edges.find(({ where }) => where === `${letter} = 1`)?.case.dims).toHaveProperty(
        letter,
        1,
      );
    const letters = Object.keys(usedDims(kata, edges[0]!.case));
    if (letters.length > 1) {
      const equal = edges.find(({ where }) => where === letters.join(' = '))!;
      expect(new Set(Object.values(usedDims(kata, equal.case))).size).toBe(1);
    }
    expect(new Set(edges.map((edge) => JSON.stringify(edge.case.given))).size).toBe(edges.length);
    expect(edges).toEqual(edgesOf(kata, 3));
  });

  it('has finite numbers at every edge', () => {
    for (const { case: one, where } of edgesOf(kata, 3)) {
      const expected = kata.reference(copyValues(one.given));
      expect(compareOutputs(expected, expected), where).toEqual({ same: true }); // NaN is never equal
    }
  });
});

describe.each(['rnn-bptt', 'truncated-bptt', 'stable-softmax', 'relative-error', 'kv-cache-step'])(
  '%s',
  (id) => {
    const kata = kataById(id)!;

    it.each(edgesOf(kata, 4).map((edge) => edge.where))('wrong where %s alone', async (where) => {
      const at = JSON.stringify(edgesOf(kata, 4).find((one) => one.where === where)!.case.given);
      const subject = localSubject((given) => {
        const right = kata.reference(copyValues(given));
        return JSON.stringify(given) === at ? moved(right) : right;
      });
      const { outcome, checks, diagnosis } = await judge(kata, subject, { seed: 4, cases: 6 });
      const says = `Right on all 6 cases, and wrong where ${where}.`;
      expect(outcome).toBe('failed');
      expect(checks.filter(({ passed }) => !passed)).toEqual([
        { name: 'equals the equations', passed: false, says },
      ]);
      expect(diagnosis).toMatchObject({ mistake: 'edge', says, guess: true });
    });
  },
);

it('an output that is missing at an edge is told, with the edge', async () => {
  const kata = kataById('rnn-bptt')!;
  const [edge] = edgesOf(kata, 1).filter(({ where }) => where === 'T = 1');
  const at = JSON.stringify(edge!.case.given);
  const only = localSubject((given) => (JSON.stringify(given) === at ? {} : kata.reference(given)));
  const { outcome, checks } = await judge(kata, only, { seed: 1, cases: 4 });
  expect(outcome).toBe('failed');
  expect(checks.find(({ passed }) => !passed)?.says).toMatch(/wrong where T = 1\. [^ ]/);
});

it('of several edges the first is shown', async () => {
  const kata = kataById('rnn-bptt')!;
  const edges = edgesOf(kata, 4).slice(0, 3);
  const at = edges.map((edge) => JSON.stringify(edge.case.given));
  const subject = localSubject((given) => {
    const right = kata.reference(copyValues(given));
    return at.includes(JSON.stringify(given)) ? moved(right) : right;
  });
  const { counterexample, diagnosis } = await judge(kata, subject, { seed: 4, cases: 4 });
  for (const { where } of edges) expect(diagnosis?.says).toContain(`where ${where}`);
  expect(counterexample?.given).toEqual(plain(edges[0]!.case.given));
});

it('a function that throws at an edge is told where', async () => {
  const kata = kataById('rnn-bptt')!;
  const subject = localSubject((given) => {
    if ((given.xs as Float64Array[]).length === 1) throw new RangeError('no step before');
    return kata.reference(given);
  });
  const report = await judge(kata, subject, { seed: 1, cases: 4 });
  expect(report.outcome).toBe('threw');
  expect(report.says).toMatch(/no step before.*where T = 1/s);
});

it('the answer of the call before, handed back for equal inputs, shares memory', async () => {
  const kata = kataById('lstm-forward')!;
  let last: { readonly key: string; readonly got: Values } | undefined;
  const subject = localSubject((given) => {
    const key = JSON.stringify(given);
    if (last?.key !== key) last = { key, got: kata.reference(given) };
    return last.got;
  });
  const { checks } = await judge(kata, subject, { seed: 1, cases: 4 });
  expect(checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['no aliasing']);
});
