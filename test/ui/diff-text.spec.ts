/** Your lines against the solution's: nothing lost, nothing invented, readable without colour. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { difference } from '../../src/ui/difference.js';
import { diffText } from '../../src/ui/diff-text.js';
import { expectPrintableAtAnyWidth, plainPage, words } from './pages.js';

const line = fc.constantFrom('', 'a', '  b', 'for (;;) {', '}', 'c = f * cPrev + i * g;');
const program = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
const linesOf = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((one) => one.trimEnd());

it('both texts can be read off the difference, each line with its number', () => {
  fc.assert(
    fc.property(program, program, (yours, solution) => {
      const lines = difference(yours, solution);
      const without = (where: string) => lines.filter((one) => one.in !== where);
      expect(without('solution').map(({ text }) => text)).toEqual(linesOf(yours));
      expect(without('yours').map(({ text }) => text)).toEqual(linesOf(solution));
      for (const one of lines) {
        const whole = linesOf(one.in === 'solution' ? solution : yours);
        expect(whole[one.line - 1]).toBe(one.text);
      }
    }),
  );
});

it('the same text, but for line endings and trailing spaces, is no difference', () => {
  fc.assert(
    fc.property(program, (text) => {
      const changed = text.replaceAll('\n', '  \r\n');
      expect(difference(text, changed).every((one) => one.in === 'both')).toBe(true);
      expect(words(diffText('x', difference(text, changed), plainPage(80)))).toContain(
        'They are the same.',
      );
    }),
  );
});

it('every line that differs is shown with its mark, at any width', () => {
  const wide = `const a = ${'Wf[j][k] * hPrev[k] + '.repeat(8)}0;`;
  const lines = difference(`same\n${wide}\n  mine`, `same\n    ours\n${'\n'.repeat(9)}end`);
  expectPrintableAtAnyWidth((page) => diffText('lstm-step', lines, page));
  fc.assert(
    fc.property(program, program, (yours, solution) => {
      const all = difference(yours, solution);
      const shown = diffText('x', all, plainPage(80));
      const marked = (mark: string) => shown.filter((row) => row.startsWith(`${mark} `)).length;
      expect(marked('-')).toBe(all.filter((one) => one.in === 'yours').length);
      expect(marked('+')).toBe(all.filter((one) => one.in === 'solution').length);
    }),
  );
});
