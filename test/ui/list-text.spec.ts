import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { katas } from '../../katas/index.js';
import { listText } from '../../src/ui/list-text.js';
import { expectPrintableAtAnyWidth, letters, plainPage, widths } from './pages.js';
import type { ListRow } from '../../src/ui/list-text.js';

const statuses = ['open', 'failed', 'passed'] as const;
const rows: ListRow[] = katas.map(({ id, topic, title, level, minutes }, k) => ({
  ...{ id, topic, title, level, minutes },
  status: statuses[(k + 1) % statuses.length]!,
  everPassed: (k + 1) % statuses.length === 2 || k % 4 === 0,
}));

describe('the list of katas', () => {
  it('is printable at any width', () => {
    expectPrintableAtAnyWidth((page) => listText(rows, page));
    expectPrintableAtAnyWidth((page) => listText([], page));
    const long = { ...rows[0]!, id: 'k'.repeat(90), title: 't'.repeat(300) };
    expectPrintableAtAnyWidth((page) => listText([long], page));
  });

  it('has every kata with the word of its status at any width, and counts what is passed', () => {
    fc.assert(
      fc.property(widths, (width) => {
        const shown = letters(listText(rows, plainPage(width)));
        const passed = rows.filter(({ everPassed }) => everPassed).length;
        const count = `${passed}of${rows.length}passed`;
        expect(shown.endsWith(count)).toBe(true);
        const starts = rows.map(({ id }) => shown.indexOf(id));
        expect(starts).not.toContain(-1);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        for (const [k, { id, status }] of rows.entries())
          expect(shown.slice(starts[k], starts[k + 1] ?? -count.length), id).toContain(status);
      }),
    );
  });

  it('shows title, topic, minutes and level where there is room', () => {
    const lines = listText(rows, plainPage(120));
    for (const { id, title, topic, minutes, level } of rows) {
      const line = lines.find((one) => one.includes(id))!;
      for (const part of [title, topic, String(minutes), '●'.repeat(level)])
        expect(line).toContain(part);
    }
  });
});
