/** The exported history: JSON is the log again, CSV holds every field and runs nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyCsv, historyJson, type HistoryEvent } from '../../src/ui/history-export.js';

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('=1+1', '+1', '-1', '@x', '\tx', 'a,b', '"', 'a\nb', "'"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)),
  fc.boolean(),
  fc.constant(null),
  fc.record({ mistake: fc.string() }),
);
const event: fc.Arbitrary<HistoryEvent> = fc
  .tuple(
    fc.record({ v: fc.constant(1), id: fc.uuid(), at: fc.constant('2026-11-22T10:00:00.000Z'), type: fc.constantFrom('answered', 'checked') }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), value, { maxKeys: 5 }),
  )
  .map(([envelope, fields]) => ({ ...fields, ...envelope })); // prettier-ignore
const events = fc.array(event, { maxLength: 12 });

/** RFC 4180, read the slow way. */
function cells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
} // prettier-ignore

describe('historyJson', () => {
  it('is the events again', () => {
    fc.assert(
      fc.property(events, (all) => {
        expect(JSON.parse(historyJson(all))).toEqual(all);
        expect(historyJson(all).split('\n')).toHaveLength(all.length === 0 ? 2 : all.length + 3);
      }),
    );
  });
});

describe('historyCsv', () => {
  it('has a row an event and every field in its column', () => {
    fc.assert(
      fc.property(events, (all) => {
        const [names, ...rows] = cells(historyCsv(all));
        expect(names!.slice(0, 4)).toEqual(['at', 'type', 'id', 'v']);
        expect(rows).toHaveLength(all.length);
        for (const [k, one] of all.entries())
          for (const [name, is] of Object.entries(one)) {
            const cell = rows[k]![names!.indexOf(name)]!;
            const text = typeof is === 'string' ? is : JSON.stringify(is);
            expect([text, `'${text}`]).toContain(cell);
          }
      }),
    );
  });

  it('leaves no text that a spreadsheet would run', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      const [, row] = cells(historyCsv([{ at: 'a', type: 'answered', given: `${start}cmd|' /C calc'!A0` }]));
      expect(row!.at(-1)!.startsWith("'")).toBe(true);
    }
    const [, row] = cells(historyCsv([{ at: 'a', type: 'x', ms: -3 }]));
    expect(row!.at(-1)).toBe('-3');
  }); // prettier-ignore
});
