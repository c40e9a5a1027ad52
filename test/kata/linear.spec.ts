/** Backward passes are linear in what comes in: the law, the large cases, and clipping told by its bound. */
import { describe, expect, it } from 'vitest';
import { copyValues, judgingCases } from '../../src/kata/cases.js';
import { judge } from '../../src/kata/judge.js';
import { katas } from '../../katas/index.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { sameBits } from '../../src/kata/compare.js';
import { scaled } from '../../src/kata/altered.js';
import { cardById } from '../../src/quiz/index.js';
import type { Kata } from '../../src/kata/define.js';
import type { Values } from '../../src/kata/values.js';

const linear = katas.filter((kata) => kata.backward?.upstream);

it('every kata with a backward pass says what comes in, but for the one that begins with the loss', () => {
  const others = katas.filter((kata) => kata.backward && !linear.includes(kata));
  expect(others.map(({ id }) => id)).toEqual(['softmax-cross-entropy']);
  for (const { inputs, backward } of linear)
    for (const name of backward!.upstream!) expect(Object.keys(inputs)).toContain(name);
});

const mapped = (value: Values[string], by: (v: number) => number): Values[string] =>
  typeof value === 'number'
    ? by(value)
    : value instanceof Float64Array
      ? value.map(by)
      : value.map((row) => row.map(by));

const changed = (
  values: Values,
  change: (value: Values[string], name: string) => Values[string],
): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));

/** The right function with something done to the gradients of the names that are picked. */
const after = (
  kata: Kata,
  change: (gradient: Values[string]) => Values[string],
  picked = (name: string): boolean => name.startsWith('d'),
) => {
  const solve = (given: Values): Values =>
    changed(copyValues(kata.reference(given)), (value, name) =>
      picked(name) ? change(value) : value,
    );
  return judge(kata, localSubject(solve), { seed: 4, cases: 12 });
};

const clip =
  (bound: number) =>
  (value: Values[string]): Values[string] =>
    mapped(value, (v) => Math.max(-bound, Math.min(bound, v)));

describe.each(linear)('$id', (kata) => {
  const upstream = kata.backward!.upstream!;

  it('gives, by the equations, ±2ⁿ times the gradients for ±2ⁿ times what comes in, bit for bit', () => {
    for (const { given } of judgingCases(kata, 8, 4))
      for (const s of [2 ** 20, 2 ** -20, -1]) {
        const more = changed(given, (v, name) => (upstream.includes(name) ? scaled(v, s) : v));
        const want = changed(kata.reference(given), (v, name) =>
          name.startsWith('d') ? scaled(v, s) : v,
        );
        const sum = (v: Values[string]): Values[string] => mapped(v, (x) => x + 0); // -0 is 0
        expect(sameBits(changed(kata.reference(more), sum), changed(want, sum))).toBe(true);
      }
  });

  it('has the law last: it speaks of the learner’s own numbers, and of each gradient', () => {
    const law = kata.laws.at(-1)!;
    const { given } = judgingCases(kata, 8, 1)[0]!;
    const more = law.change(copyValues(given));
    const want = changed(given, (v, name) => (upstream.includes(name) ? scaled(v, 1024) : v));
    expect(more).toEqual(want);
    const [right, before] = [kata.reference(more), kata.reference(given)];
    expect(law.holds(more, right, before)).toBe(true);
    for (const wrong of Object.keys(right).filter((name) => name.startsWith('d'))) {
      const off = (values: Values): Values =>
        changed(values, (v, name) => (name === wrong ? mapped(v, (x) => x * 0.999) : v));
      expect(law.holds(more, off(right), before)).toBe(false);
      expect(law.holds(more, off(right), off(before))).toBe(true); // wrong, and linear
    }
  });

  it('wrong by a factor and by whatever mistake is linear: the law is not said to be broken', async () => {
    const { checks, outcome } = await after(kata, (value) => scaled(value, 3));
    expect(outcome).toBe('failed');
    expect(checks.at(-1)).toMatchObject({ passed: true, says: null });
  });

  it.each([1, 5])('clipped at ±%d: the law is broken, and the bound is told', async (bound) => {
    const { outcome, checks, diagnosis } = await after(kata, clip(bound));
    expect(outcome).toBe('failed');
    expect(checks.at(-1)).toMatchObject({
      name: expect.stringMatching(/^1024 times /) as string,
    });
    expect(checks.at(-1)!.passed).toBe(false);
    expect(diagnosis).toMatchObject({ mistake: 'clipped' });
    expect(diagnosis!.says).toContain(`at ±${bound}.`);
    expect(cardById(diagnosis!.card!)).toBeDefined();
  });

  it('clipped in some outputs: those are told, and no other', async () => {
    const [one] = Object.keys(kata.outputs).filter((name) => name.startsWith('d'));
    const { diagnosis } = await after(kata, clip(1), (name) => name === one);
    expect(diagnosis!.says).toContain(`You clip ${one!} at ±1.`);
  });

  it('squashed by tanh, or scaled to a norm of 1: the law is broken, and nobody speaks of a bound', async () => {
    const squashed = (value: Values[string]) => mapped(value, Math.tanh);
    const normed = (value: Values[string]) => {
      const all =
        typeof value === 'number'
          ? [value]
          : [...value].flatMap((row) => (typeof row === 'number' ? row : [...row]));
      return scaled(value, Math.min(1, 1 / Math.hypot(...all)));
    };
    for (const change of [squashed, normed]) {
      const { checks, diagnosis } = await after(kata, change);
      expect(checks.at(-1)!.passed).toBe(false);
      expect(diagnosis?.mistake).not.toBe('clipped');
    }
  });
});
