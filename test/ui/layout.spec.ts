import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { columns, cut, ends, flow, paragraph } from '../../src/ui/layout.js';
import { colourPage, expectPrintable, letters, plainPage, widths, words } from './pages.js';
import type { Column } from '../../src/ui/layout.js';

const oneOf = (letters: string) => fc.constantFrom(...Array.from(letters));

// Latin, symbols of the notation, wide and combining characters, and words longer than any page.
const word = fc.oneof(
  fc.string({ unit: oneOf('abcW_fhx⊙σ₋=·[]().,✓✗字'), minLength: 1, maxLength: 14 }),
  fc.constantFrom('c̃', 'h̃', '字字字字字字', 'x'.repeat(260)),
);
const text = fc.array(word, { maxLength: 30 }).map((all) => all.join(' '));
const indents = fc.integer({ min: 0, max: 8 });

describe('a line that is cut', () => {
  const plain = fc.array(fc.string({ unit: oneOf('ab/_fhσ·[] '), maxLength: 60 }), {
    maxLength: 4,
  });

  it('fills each row but the last, with colours as without, and loses nothing', () => {
    fc.assert(
      fc.property(plain, widths, (parts, width) => {
        const { paint } = colourPage(width);
        const line = parts.join('');
        const coloured = parts.map((part, k) => (k % 2 === 0 ? part : paint.strong(part))).join('');
        const rows = cut(coloured, width).map((row) => stripVTControlCharacters(row));
        expect(rows).toEqual(cut(line, width));
        expect(rows.join('')).toBe(line);
        for (const row of rows.slice(0, -1)) expect(row).toHaveLength(width);
      }),
    );
  });

  it('of wide characters loses none either, and no row is too wide', () => {
    fc.assert(
      fc.property(text, widths, (t, width) => {
        const rows = cut(colourPage(width).paint.bad(t), width).map((row) =>
          stripVTControlCharacters(row),
        );
        expect(rows.join('')).toBe(t);
        for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('a paragraph', () => {
  it('fits the page but for words that are wider, and loses nothing', () => {
    fc.assert(
      fc.property(text, widths, indents, (t, width, indent) => {
        expectPrintable((page) => paragraph(page.paint.bad(t), page, indent), width);
        const lines = paragraph(t, plainPage(width), indent);
        expect(letters(lines)).toBe(letters([t]));
        for (const line of lines)
          if (line !== '') expect(line.startsWith(' '.repeat(indent))).toBe(true);
      }),
    );
  });

  it('leaves words whole, and gives a line of its own to one that is wider', () => {
    const any = fc.string({ unit: oneOf('abc'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(any), widths, (all, width) => {
        const lines = paragraph(all.join(' '), plainPage(width));
        expect(words(lines)).toBe(all.join(' '));
        for (const long of all.filter((one) => one.length + 2 > width))
          expect(lines).toContain(`  ${long}`);
      }),
    );
  });
});

describe('items side by side', () => {
  const items = fc.array(
    text.filter((t) => t !== ''),
    { maxLength: 8 },
  );
  it('fit the page and lose nothing', () => {
    fc.assert(
      fc.property(items, widths, indents, (all, width, indent) => {
        expectPrintable((page) => flow(all.map(page.paint.bad), page, indent), width);
        expect(letters(flow(all, plainPage(width), indent))).toBe(letters(all));
      }),
    );
  });

  it('break between items, not inside one that fits, and only where they must', () => {
    const item = fc.string({ unit: oneOf('ab cd'), minLength: 1, maxLength: 16 });
    const trimmed = item.map((t) => t.trim().replaceAll(/ +/g, ' ')).filter((t) => t !== '');
    fc.assert(
      fc.property(fc.array(trimmed), widths, (all, width) => {
        const lines = flow(all, plainPage(width)).map((line) => line.slice(2).split('   '));
        expect(lines.flat()).toEqual(all);
        for (const [k, [first]] of lines.entries())
          if (k > 0)
            expect(
              2 + stringWidth([...lines[k - 1]!, first!].join('   ')),
              `${first!} would have fitted above`,
            ).toBeGreaterThan(width);
      }),
    );
  });
});

describe('two ends', () => {
  it('fit the page, both whole, on one line where there is room', () => {
    fc.assert(
      fc.property(text, text, widths, (left, right, width) => {
        expectPrintable(
          (page) => ends(page.paint.strong(left), page.paint.dim(right), page),
          width,
        );
        const lines = ends(left, right, plainPage(width));
        expect(letters(lines)).toBe(letters([left, right]));
        if (right !== '' && stringWidth(left) + stringWidth(right) + 2 <= width) {
          expect(lines).toHaveLength(1);
          expect(stringWidth(lines[0]!)).toBe(width);
        } else expect(lines.slice(1).filter((line) => !line.startsWith('  '))).toEqual([]);
      }),
    );
  });
});

describe('columns', () => {
  const cell = fc.string({ unit: oneOf('abc⊙字'), maxLength: 24 });
  const tables = fc.integer({ min: 1, max: 6 }).chain((n) =>
    fc.record({
      heads: fc.array(
        fc.record({
          head: cell,
          align: fc.constantFrom('left' as const, 'right' as const),
          drop: fc.nat({ max: 9 }),
        }),
        { minLength: n, maxLength: n },
      ),
      rows: fc.array(fc.array(cell, { minLength: n, maxLength: n }), { maxLength: 6 }),
    }),
  );

  it('fit the page, whatever stands in them', () => {
    fc.assert(
      fc.property(tables, widths, ({ heads, rows }, width) => {
        expectPrintable((page) => columns(heads, rows, page), width);
      }),
    );
  });

  it('fit the page also where one is empty', () => {
    for (let width = 20; width < 32; width++)
      expectPrintable(
        (page) => columns([{ head: 'a'.repeat(20) }, { head: '' }, { head: 'b' }], [], page),
        width,
      );
  });

  it('keep what is always there', () => {
    fc.assert(
      fc.property(tables, widths, ({ heads, rows }, width) => {
        const shown = letters(columns(heads, rows, plainPage(width)));
        for (const row of rows)
          for (const [k, { drop }] of heads.entries())
            if (drop === 0) expect(shown).toContain(row[k]);
      }),
    );
  });

  const heads: Column[] = [
    { head: 'always' },
    { head: 'second', drop: 2 },
    { head: 'third', drop: 3, align: 'right' },
    { head: 'first', drop: 1 },
  ];
  const rows = [['a', 'b', 'c', 'd']];
  const shownAt = (width: number) => words(columns(heads, rows, plainPage(width)).slice(0, 1));

  it('are dropped in order, the least needed first, and not before they must', () => {
    const full = 2 + 'always  second  third  first'.length;
    expect(shownAt(full)).toBe('always second third first');
    expect(shownAt(full - 1)).toBe('always second first');
    expect(shownAt(full - 'third  '.length - 1)).toBe('always first');
    expect(shownAt(20)).toBe('always first');
    fc.assert(
      fc.property(widths, (width) => {
        const names = shownAt(width).split(' ');
        const order = ['always', 'first', 'second', 'third'];
        expect([...names].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(
          order.slice(0, names.length),
        );
      }),
    );
  });

  it('stand under their heads, numbers to the right', () => {
    expect(columns(heads, rows, plainPage(80))).toEqual([
      '  always  second  third  first',
      '  a       b           c  d',
    ]);
  });

  it('become paragraphs where not even the last one fits', () => {
    const long = 'k'.repeat(30);
    expect(
      columns([{ head: 'kata' }, { head: 'status' }], [[long, 'open']], plainPage(20)),
    ).toEqual([`  ${long}`, '    open']);
  });
});
