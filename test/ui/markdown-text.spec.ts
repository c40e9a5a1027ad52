/** Markdown on a terminal: nothing lost, nothing too long, code as it stands. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { within } from '../../src/ui/blocks.js';
import { paintWith } from '../../src/ui/paint.js';
import { markdownText } from '../../src/ui/markdown-text.js';

const page = (width: number) => ({ width, paint: paintWith(false) });

describe('markdown', () => {
  it('keeps a heading, and a sentence with a colon at its end, to what follows', () => {
    expect(markdownText('## A\n\nSo:\n\n- b\n\nC: d.\n\nE', page(30))).toEqual([
      ...['A', within, '  So:', within, '  · b', '', '  C: d.', '', '  E'],
    ]);
  });

  it('sets each kind of block', () => {
    const text = [
      '# A title',
      'Some *running* text with `code`, a [link](x.md) and 1 < 2 & 3.',
      '- one\n- two is longer than the line is wide',
      '> said\n> aloud',
      '```ts\nconst x = 1;\n```',
      '| a | b |\n| --- | --- |\n| 1 | 2 |',
      '![a curve](x.svg)',
    ].join('\n\n');
    expect(markdownText(text, page(30))).toEqual([
      'A title',
      within, // a pager keeps it to what it heads
      '  Some running text with code,',
      '  a link and 1 < 2 & 3.',
      '',
      '  · one',
      '  · two is longer than the',
      '    line is wide',
      '',
      '  │ said aloud',
      '',
      '    const x = 1;',
      '',
      '  a  b',
      '  1  2',
      '',
      '  [picture: a curve]',
    ]);
  });

  it('keeps every word, on lines that fit', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 20, max: 90 }),
        (words, width) => {
          for (const [before, mark] of [
            ['', ''],
            ['- ', '· '],
            ['> ', '│ '],
          ] as const) {
            const lines = markdownText(before + words.join(' '), page(width));
            expect(
              lines
                .join(' ')
                .replaceAll(mark || /$^/g, ' ')
                .split(/\s+/)
                .filter(Boolean),
            ).toEqual(words);
            expect(lines.every((line) => stringWidth(line) <= width)).toBe(true);
          }
        },
      ),
    );
  });

  it('survives anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(Array.isArray(markdownText(text, page(40)))).toBe(true);
      }),
    );
  });
});
