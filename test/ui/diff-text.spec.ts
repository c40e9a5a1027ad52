/** Your lines against the solution's: nothing lost, nothing invented, readable without colour. */
import fs from 'node:fs';
import fc from 'fast-check';
import { diffArrays } from 'diff';
import { expect, it } from 'vitest';
import { katas } from '../../katas/index.js';
import { solutionPath, stubPath } from '../../src/kata/places.js';
import { difference } from '../../src/ui/difference.js';
import { diffText, notBegunText } from '../../src/ui/diff-text.js';
import { expectPrintableAtAnyWidth, plainPage, words } from './pages.js';

const line = fc.constantFrom(
  '',
  'a',
  '// TODO',
  '  b',
  'for (;;) {',
  '}',
  'c = f * cPrev + i * g;',
);
const program = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
const linesOf = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((one) => one.trimEnd());

it('both texts can be read off the difference, each line with its number', () => {
  fc.assert(
    fc.property(
      program,
      program,
      fc.option(program, { nil: undefined }),
      (yours, solution, stub) => {
        const lines = difference(yours, solution, stub);
        const without = (where: string) => lines.filter((one) => one.in !== where);
        expect(without('solution').map(({ text }) => text)).toEqual(linesOf(yours));
        expect(without('yours').map(({ text }) => text)).toEqual(linesOf(solution));
        for (const one of lines) {
          const whole = linesOf(one.in === 'solution' ? solution : yours);
          expect(whole[one.line - 1]).toBe(one.text);
          if (one.stub) {
            expect(one.in).toBe('yours');
            expect(linesOf(stub!)).toContain(one.text);
          }
        }
      },
    ),
  );
});

it('the stub’s comments are not yours; a signature of the stub’s that you kept is', () => {
  const stub =
    '/** What to do. */\nexport function f(x: number) {\n  throw new NotImplemented();\n}';
  const solution = 'export function f(x: number, y: number) {\n  return x;\n}';
  const yours = '/** What to do. */\nexport function f(x: number) {\n  return x;\n}';
  const mine = difference(yours, solution, stub).filter((one) => one.in === 'yours');
  expect(mine.map(({ text, stub: given = false }) => [text, given])).toEqual([
    ['/** What to do. */', true],
    ['export function f(x: number) {', false],
  ]);
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

const read = (file: string) => fs.readFileSync(file, 'utf8');
const mine = '  const mine = 1;';
const sides = katas.map((kata) => {
  const [stub, solution] = [read(stubPath(kata)), read(solutionPath(kata))];
  /** The solution with all comments of the stub left where they were, and its import of NotImplemented. */
  const filled = diffArrays(linesOf(stub), linesOf(solution)).flatMap(({ value, removed }) =>
    removed
      ? value.filter((one) => /^\s*(?:\/\/|\/?\*)|^import .*NotImplemented/.test(one))
      : value,
  );
  return { id: kata.id, stub, solution, filled };
});

it.each(sides)('what the stub of $id says is no difference', ({ id, stub, solution, filled }) => {
  const text = filled.join('\n');
  expect(filled.length).toBeGreaterThan(linesOf(solution).length);
  expect(words(diffText(id, difference(text, solution, stub), plainPage(80)))).toContain(
    'They are the same.',
  );
  const shown = diffText(
    id,
    difference([...filled.slice(0, -1), mine, '}'].join('\n'), solution, stub),
    plainPage(80),
  );
  expect(words(shown)).toContain('- 1 line only in yours + 0 lines only in the solution');
  expect(shown.filter((row) => row.startsWith('- '))).toEqual([expect.stringContaining(mine)]);
});

it('of the same comment twice, one is the stub’s', () => {
  const [one, two] = difference('// TODO\n// TODO\na', 'a', '// TODO\nb');
  expect([one, two]).toEqual([
    { in: 'yours', text: '// TODO', line: 1, stub: true },
    { in: 'yours', text: '// TODO', line: 2 },
  ]);
});

it('where nothing is begun it says so, and how to see the solution', () => {
  expectPrintableAtAnyWidth((page) => notBegunText('lstm-step', page));
  expect(words(notBegunText('lstm-step', plainPage(40)))).toMatch(
    /You have not begun.*bptt solution lstm-step/,
  );
});
