/** Blocks of lessons on narrow pages: nothing is wider than the page, and nothing is lost. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { within } from '../../src/ui/blocks.js';
import { blockText } from '../../src/ui/block-text.js';
import { paintWith } from '../../src/ui/paint.js';
import type { ChartSpec } from '../../src/ui/chart.js';

const page = (width: number) => ({ width, paint: paintWith(false) });
const text = (...lines: string[]): string => lines.join('\n');
const words = (lines: readonly string[]): string[] => lines.join(' ').trim().split(/\s+/);

describe('a block', () => {
  it('that fits stays as it was written', () => {
    const table = text('t     h_t', '1     0.5', '', '    x');
    expect(blockText(table, 'worked x', page(20))).toEqual(['    t     h_t', '    1     0.5', within, '        x']); // prettier-ignore
  });

  it('of equations goes on at its gaps, and its remarks are wrapped anew', () => {
    const block = text(
      'f = σ(W_f [h₋, x] + b_f)      = 0.9399',
      'c̃ = tanh(W_c [h₋, x] + b_c)   = 0.8483',
      'dc₋ = dc ⊙ f',
      '    one multiplication by f, no matrix,',
      '    no squashing',
    );
    expect(blockText(block, 'worked x', page(32))).toEqual([
      '  f = σ(W_f [h₋, x] + b_f)',
      '    = 0.9399',
      '  c̃ = tanh(W_c [h₋, x] + b_c)',
      '    = 0.8483',
      '  dc₋ = dc ⊙ f',
      '      one multiplication by f,',
      '      no matrix, no squashing',
    ]);
  });

  it('that is a table becomes its rows, each cell beside its head, and no cell that is not there', () => {
    const block = text(
      't             x         h→        h←',
      '1             1     0.9051    0.8535',
      '2 (padding)   0                0.624',
    );
    expect(blockText(block, 'worked x', page(30))).toEqual([
      ...['  t 1', '    x   1', '    h→  0.9051', '    h←  0.8535'],
      ...['  t 2 (padding)', '    x   0', '    h←  0.624'],
    ]);
    // With the gaps that are needed it still fits here.
    expect(blockText(block, 'worked x', page(36))).toEqual([
      '  t            x      h→      h←',
      '  1            1  0.9051  0.8535',
      '  2 (padding)  0           0.624',
    ]);
  });

  it('of any words and gaps loses no word, in order where it is no table, at any width', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'σ', '₋', '=', '1', 'c̃'), minLength: 1, maxLength: 8 }); // prettier-ignore
    const line = fc
      .tuple(fc.nat(8), fc.array(fc.tuple(word, fc.integer({ min: 1, max: 6 })), { minLength: 1 }))
      .map(([indent, parts]) => ' '.repeat(indent) + parts.map(([one, gap]) => one + ' '.repeat(gap)).join('').trim()); // prettier-ignore
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.integer({ min: 20, max: 90 }), (lines, width) => {
        const shown = blockText(lines.join('\n'), 'worked x', page(width));
        expect(shown.filter((one) => stringWidth(one) > width)).toEqual([]);
        const counts = (all: readonly string[]) => all.reduce((sum, one) => sum.set(one, (sum.get(one) ?? 0) + 1), new Map<string, number>());
        const after = counts(words(shown));
        for (const [one, count] of counts(words(lines))) expect(after.get(one) ?? 0).toBeGreaterThanOrEqual(Math.min(count, 1));
      }),
    ); // prettier-ignore
  });

  it('that is a chart is drawn anew, and told in sentences where it is read out', () => {
    const axis = { label: 't', scale: 'linear', format: String } as const;
    const spec: ChartSpec = {
      title: 'Squares',
      ...{ x: axis, y: { ...axis, label: 'y' } },
      series: [{ mark: 'a', name: 'n²', points: [[1, 1], [2, 4], [3, 9]] }],
    }; // prettier-ignore
    const wide = text('Squares', 'x'.repeat(70));
    const drawn = blockText(wide, 'chart squares', page(40), () => spec);
    expect(drawn.join('\n')).toMatch(/10┤[^]*└/);
    expect(drawn.filter((one) => stringWidth(one) > 40)).toEqual([]);
    expect(blockText(wide, 'chart squares', page(40))).toEqual(['  Squares (This chart needs 74 columns.)']); // prettier-ignore
    const spoken = blockText('Squares', 'chart squares', { ...page(80), spoken: true }, () => spec);
    expect(spoken.map((one) => one.trim())).toEqual(['Squares', 'n²: from 1 at t 1 to 9 at t 3, between 1 and 9.']); // prettier-ignore
  });
});
