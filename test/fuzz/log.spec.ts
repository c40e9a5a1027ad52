/** Whatever bytes stand in a log, it opens, every fold of it is defined, and the next event is kept. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { homeReport } from '../../src/walk/home.js';
import { ourDeck, statsOf } from '../../src/quiz/index.js';
import { katas } from '../../src/kata/index.js';
import { append, merge, readLog, repair, type Event } from '../../src/store/index.js';
import { share } from './budget.js';

const folder = mkdtempSync(join(tmpdir(), 'bptt-fuzz-'));
const file = join(folder, 'history.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const oneOf = (...values: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );

/** Lines in the form of our events, with any value in any field. */
const eventLine = fc
  .record(
    {
      v: oneOf(1, 1, 1, 1, 1, 1, 2, '1'),
      id: oneOf('a', 'b', 'c', ''),
      at: oneOf('2026-11-22T10:00:00.000Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.9Z', '2026-02-30T00:00:00Z'),
      type: oneOf('answered', 'checked', 'hinted', 'revealed', 'reset', 'undone', 'toString'),
      kata: oneOf('lstm-step', 'gru-step', '__proto__', 'constructor'),
      card: oneOf('lstm.parameters', 'lstm.parameters#7', '#', '__proto__'),
      rating: oneOf('again', 'hard', 'good', 'easy', 'toString'),
      outcome: oneOf('passed', 'failed', 'notImplemented'),
      diagnosis: oneOf(null, { mistake: 'x', card: 'lstm.parameters' }, { card: 7 }, []),
      level: oneOf(1, 2, -1, 1e308, 0.5),
      correct: oneOf(true, false, null),
      ms: oneOf(0, -5, 1e308),
    },
    { requiredKeys: ['v', 'id', 'at', 'type'] },
  )
  .map((event) => JSON.stringify(event)); // prettier-ignore

const line = fc.oneof(
  { weight: 6, arbitrary: eventLine.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
);
const ends = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '', '\n\ufeff', '\0');
const content = fc
  .array(fc.tuple(line, ends), { maxLength: 8 })
  .map((lines) => Buffer.concat(lines.flatMap(([text, end]) => [text, Buffer.from(end)])));

function openedEvents(): { events: readonly Event[]; newer: boolean } {
  const opened = readLog(file);
  if (opened.kind !== 'open') throw new Error(opened.says);
  for (const { says } of opened.log.setAside) expect(says).toMatch(/^(This|From) [^\n]*\.$/);
  return opened.log;
}

const now = '2026-11-23T10:00:00.000Z';

it('any bytes open and fold', () => {
  fc.assert(
    fc.property(content, (bytes) => {
      writeFileSync(file, bytes);
      const events = merge([openedEvents().events, openedEvents().events]);
      const report = homeReport(katas, events, ourDeck, undefined, now);
      expect(report.due).toBeGreaterThanOrEqual(0);
      expect(structuredClone(report)).toEqual(report);
      expect(statsOf(events, ourDeck, now).answers.of).toBeLessThanOrEqual(events.length);
    }),
    share(0.11),
  );
});

it('the next event is kept and nothing is changed; a repair loses no event', () => {
  const next: Event = { v: 1, id: 'next', at: now, type: 'hinted' };
  fc.assert(
    fc.property(content, (bytes) => {
      writeFileSync(file, bytes);
      const before = openedEvents();
      const result = append(file, [next]);
      expect(result.kind).toBe(before.newer ? 'newer' : 'saved');
      expect(readFileSync(file).subarray(0, bytes.length).equals(bytes)).toBe(true);
      if (before.newer) expect(readFileSync(file).length).toBe(bytes.length);
      const after = openedEvents();
      expect(after.events).toEqual(before.newer ? before.events : [...before.events, next]);
      const repaired = repair(file);
      expect(repaired.kind).not.toBe('failed');
      expect(openedEvents().events).toEqual(after.events);
      expect(openedEvents().newer).toBe(after.newer);
      if (repaired.kind === 'repaired') {
        expect(repair(file)).toEqual({ kind: 'sound' });
        rmSync(repaired.backup);
        rmSync(repaired.side);
      }
    }),
    share(0.01),
  );
});
