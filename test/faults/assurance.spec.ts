/** docs/assurance.md says what the matrix tests, and nothing else. BPTT_WRITE=1 writes the tables anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assuranceTables, marks } from './assurance.js';
import { rows } from './rows/index.js';

const file = new URL('../../docs/assurance.md', import.meta.url);

it('docs/assurance.md has the table of the matrix', () => {
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(`${marks.from}\n`);
  const [table, after] = rest!.split(`${marks.to}\n`);
  const wanted = `\n${assuranceTables()}\n\n`;
  if (process.env.BPTT_WRITE === '1')
    writeFileSync(file, `${before!}${marks.from}\n${wanted}${marks.to}\n${after!}`);
  else expect(table).toBe(wanted);
});

it('has at least 60 rows, each with a name of its own', () => {
  const ids = rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(60);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});
