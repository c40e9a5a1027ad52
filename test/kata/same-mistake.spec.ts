/** When two outputs show the same mistake, also where it overflows; and sizes handed over as numbers. */
import { expect, it } from 'vitest';
import { compareMistakes } from '../../src/kata/compare.js';
import { diagnose } from '../../src/kata/diagnose.js';
import { drawValues, judgingCases } from '../../src/kata/cases.js';
import { size } from '../../src/kata/values.js';
import stableSoftmax from '../../katas/60-attention/stable-softmax.kata.js';
import type { Values } from '../../src/kata/values.js';

const one = (...p: number[]): Values => ({ p: Float64Array.from(p) });

it('outputs that are not finite in the same places show the same mistake', () => {
  expect(compareMistakes(one(NaN, 0.5), one(Infinity, 0.5))).toBe('same');
  expect(compareMistakes(one(NaN, 0.5), one(NaN, 0.6))).toBe('different');
  expect(compareMistakes(one(NaN, 0.5), one(0, 0.5))).toBe('different');
  expect(compareMistakes(one(0, 0.5), one(NaN, 0.5))).toBe('different');
  expect(compareMistakes(one(Infinity, 0.5), one(3, 0.7))).toBe('different');
  expect(compareMistakes(one(NaN), one(NaN, NaN))).toBe('different');
  expect(compareMistakes({ p: [Float64Array.of(NaN, 1)] }, { p: [Float64Array.of(NaN, 1)] })).toBe(
    'same',
  );
});

it('outputs without one finite number show nothing, and name no mistake', async () => {
  expect(compareMistakes(one(NaN, NaN), one(NaN, NaN))).toBe('nothing');
  const cases = judgingCases(stableSoftmax, 1, 40);
  const overflowing = cases.filter(({ given }) => (given.x as Float64Array)[0]! > 800);
  expect(overflowing.length).toBeGreaterThan(5);
  const plainSoftmax = ({ x }: Values): Values => {
    const e = (x as Float64Array).map(Math.exp);
    const sum = e.reduce((a, b) => a + b, 0);
    return { p: e.map((v) => v / sum) };
  };
  const answered = (some: typeof cases) =>
    some.map((each) => ({ case: each, got: plainSoftmax(each.given) }));
  expect(await diagnose(stableSoftmax, answered(overflowing))).toBeNull();
  expect((await diagnose(stableSoftmax, answered(cases)))?.mistake).toBe('no-maximum');
});

it('draws a size as the number that the letter stands for', () => {
  for (const { dims, seed } of judgingCases(stableSoftmax, 3, 20))
    expect(drawValues({ heads: size('N') }, dims, seed)).toEqual({ heads: dims.N });
});
