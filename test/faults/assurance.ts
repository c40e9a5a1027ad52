/** The table of docs/assurance.md, from the rows of the matrix. */
import { groups } from './rows/index.js';

/** Between these lines of the document stands what this file writes. */
export const marks = {
  from: '<!-- from test/faults/rows, by test/faults/assurance.spec.ts -->',
  to: '<!-- end of what is written from test/faults/rows -->',
};

/** Threat → control → test, one table a heading. */
export function assuranceTables(): string {
  return groups
    .map(({ title, rows }) =>
      [
        `### ${title}`,
        '',
        '| threat | control | test |',
        '| --- | --- | --- |',
        ...rows.map(
          ({ id, threat, control }) => `| ${cell(threat)} | ${cell(control)} | \`${id}\` |`,
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

/** Text as it can stand in a cell: no bar, no tag, nothing that cannot be seen. */
const cell = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]/gu, '·')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll('_', '\\_')
    .replaceAll('*', '\\*');
