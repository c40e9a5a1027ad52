/** A chart on a page: the same spec as in the terminal, as SVG. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureSvg } from '../../../src/ui/web/figure.js';
import { read } from './dom.js';
import type { Element } from './dom.js';
import type { ChartSpec } from '../../../src/ui/chart.js';

const specOf = (ys: readonly (readonly number[])[], scale: 'linear' | 'log'): ChartSpec => ({
  title: 'Title',
  x: { label: 'T', scale: 'linear', format: String },
  y: { label: 'bytes', scale, format: (value) => `${value} B` },
  series: ys.map((values, k) => ({
    mark: 'abcdefgh'[k]!,
    name: `series ${k}`,
    points: values.map((y, x) => [x, y] as const),
  })),
});
const svgOf = (spec: ChartSpec) => read(`<body>${figureSvg(spec)}</body>`);
const numberOf = (element: Element, name: string): number => Number(element.getAttribute(name));

describe('a figure', () => {
  it('has a dot for every point, the higher the greater, and the marks at the ends', () => {
    const value = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    const curves = fc.array(fc.array(value, { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(curves, fc.constantFrom('linear' as const, 'log' as const), (ys, scale) => {
        const document = svgOf(specOf(ys, scale));
        const dots = [...document.querySelectorAll('circle')];
        const flat = ys.flat();
        expect(dots).toHaveLength(flat.length);
        for (const [j, one] of dots.entries())
          for (const [k, other] of dots.entries())
            if (flat[j]! > flat[k]!)
              expect(numberOf(one, 'cy')).toBeLessThanOrEqual(numberOf(other, 'cy'));
        const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
        const ends = texts.flatMap((text) =>
          /^[a-h]( [a-h])*$/.test(text) ? text.split(' ') : [],
        );
        expect(ends.sort()).toEqual(ys.map((_, k) => 'abcdefgh'[k]!));
      }),
      { numRuns: 25 },
    );
  });

  it('labels every power of two, and both axes', () => {
    const powers = Array.from({ length: 8 }, (_, k) => 64 * 2 ** k);
    const spec = specOf([powers], 'log');
    const points = powers.map((T) => [T, T * T] as const);
    const document = svgOf({
      ...spec,
      x: { label: 'T, steps', scale: 'log', format: (value) => `${value} steps` },
      series: [{ ...spec.series[0]!, points }],
    });
    const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
    for (const T of powers) expect(texts).toContain(`${T} steps`);
    for (const label of ['T, steps', 'bytes'])
      expect(texts.filter((text) => text.includes(label))).toHaveLength(1);
  });

  it('leaves out what a log axis cannot show, and is empty where nothing is left', () => {
    expect([...svgOf(specOf([[0, 1, -1, 2]], 'log')).querySelectorAll('circle')]).toHaveLength(2);
    expect(figureSvg(specOf([[0, -1]], 'log'))).toBe('');
    expect(figureSvg(specOf([], 'linear'))).toBe('');
  });
});
