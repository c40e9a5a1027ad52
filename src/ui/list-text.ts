/** The list of katas as lines, topic by topic. */
import { columns } from './layout.js';
import type { Page } from './layout.js';

export interface ListRow {
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  readonly level: number;
  readonly minutes: number;
  readonly status: 'open' | 'failed' | 'passed';
  readonly everPassed: boolean;
}

export function listText(rows: readonly ListRow[], page: Page): string[] {
  const { paint } = page;
  const mark = ({ status, everPassed }: ListRow): string => {
    if (status === 'passed') return paint.good('✓ passed');
    if (status === 'failed') return paint.bad(everPassed ? '✗ failed now' : '✗ failed');
    return everPassed ? '· open again' : '· open';
  };
  const lines = columns(
    [
      { head: 'kata' },
      { head: 'status' },
      { head: 'level', drop: 2 },
      { head: 'minutes', align: 'right', drop: 3 },
      { head: 'topic', drop: 4 },
      { head: 'title', drop: 1 },
    ],
    rows.map((row) => [
      row.id,
      mark(row),
      '●'.repeat(row.level).padEnd(3, '○'),
      String(row.minutes),
      row.topic,
      row.title,
    ]),
    page,
  );
  const passed = rows.filter(({ everPassed }) => everPassed).length;
  return [...lines, '', `  ${passed} of ${rows.length} passed`];
}
