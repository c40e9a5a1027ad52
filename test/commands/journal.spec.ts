/** The journal: what one run wrote, the next one reads in the order in which it happened. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Journal } from '../../src/commands/journal.js';

it('keeps events of one millisecond in the order in which they were written', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'bptt-journal-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const open = (): Journal =>
    new Journal(home, { BPTT_HOME: home }, (sentence) => expect.fail(sentence));
  const at = '2026-11-22T10:00:00.000Z';
  const numbers = Array.from({ length: 40 }, (_, k) => k);
  const journal = open();
  for (const k of numbers) journal.record({ type: 'answered', at, k });
  for (const { events } of [journal, open()]) expect(events.map(({ k }) => k)).toEqual(numbers);
});
