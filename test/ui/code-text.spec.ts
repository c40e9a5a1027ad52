/** Lines that keep their indentation: code, and what a program printed. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeLine } from '../../src/ui/code-text.js';
import { printedText } from '../../src/ui/printed-text.js';
import { expectPrintableAtAnyWidth, letters, plainPage, widths } from './pages.js';

const token = fc.string({ unit: fc.constantFrom('a', '0', '.', '['), minLength: 1, maxLength: 40 });
const indented = fc
  .tuple(fc.nat(40), fc.array(token, { minLength: 1, maxLength: 12 }))
  .map(([indent, tokens]) => ' '.repeat(indent) + tokens.join(' '));

describe('a line of code', () => {
  it('stays as it is where it fits; else it goes on further in, and nothing is lost', () => {
    fc.assert(
      fc.property(indented, widths, (text, width) => {
        const [first, ...more] = codeLine('  ', text, plainPage(width)) as [string, ...string[]];
        if (2 + text.length <= width) expect([first, ...more]).toEqual([`  ${text}`]);
        expect(letters([first, ...more])).toBe(letters([text]));
        const left = (row: string) => row.search(/\S/);
        for (const row of more) {
          expect(left(row)).toBeGreaterThan(left(first));
          expect(row.length).toBeLessThanOrEqual(width);
        }
        expect(first.length).toBeLessThanOrEqual(width);
      }),
      { examples: [['       a', 20]], numRuns: 1000 }, // deep in, and yet it fits
    );
  });
});

describe('what was printed', () => {
  it.each([
    ['a matrix', [new Float64Array([0.25, -1]), new Float64Array([1e-12, 3])]],
    ['a nested object', { lstm: { gates: { f: [0.5, 1], i: { deep: { deeper: true } } } } }],
  ])('looks as Node prints it: %s', (_, value) => {
    const printed = inspect(value, { depth: 9, breakLength: 40 }).split('\n');
    expect(printed.length).toBeGreaterThan(1);
    expect(printedText(printed, plainPage(80))).toEqual([
      '  It printed:',
      ...printed.map((line) => `    ${line}`),
    ]);
    expectPrintableAtAnyWidth((page) => printedText(printed, page));
  });

  it('says where its beginning is left out, and says nothing where nothing was', () => {
    const lines = Array.from({ length: 21 }, (_, k) => `line ${k}`);
    expect(printedText(lines, plainPage(80))).toEqual([
      '  It printed, at the end:',
      ...lines.slice(1).map((line) => `    ${line}`),
    ]);
    expect(printedText([], plainPage(80))).toEqual([]);
  });
});
