/** src/kata/shelf.ts says of our katas what their definitions say. BPTT_WRITE=1 writes its rows anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { katas } from '../../src/kata/catalogue.js';

const file = new URL('../../src/kata/shelf.ts', import.meta.url);
const [from, to] = ['  // rows: from here\n', '  // rows: to here\n'];

const quoted = (text: string): string => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);

it('the shelf has the rows of the definitions', () => {
  const wanted = katas
    .map(
      ({ id, topic, level, minutes, title }) =>
        `  [${quoted(id)}, ${quoted(topic)}, ${level}, ${minutes}, ${quoted(title)}],\n`,
    )
    .join('');
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(from);
  const [rows, after] = rest!.split(to);
  if (process.env.BPTT_WRITE === '1')
    writeFileSync(file, `${before!}${from}${wanted}${to}${after!}`);
  else expect(rows).toBe(wanted);
});
