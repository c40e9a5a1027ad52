import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { append, readLog } from '../../src/store/index.js';
import { SET_ASIDE_KEPT } from '../../src/store/read.js';
import { LONGEST_LINE } from '../../src/store/event.js';
import { anyEvent, idsOf, opened, sample, scratch } from './harness.js';

const { folder, remove } = scratch();
afterAll(remove);
const file = join(folder, 'read.jsonl');
const line = (k: number, fields: Record<string, unknown> = {}): string =>
  JSON.stringify(sample(k, fields));
const holding = (content: string | Uint8Array) => {
  writeFileSync(file, content);
  return opened(file);
};

describe('reading a log', () => {
  it('takes a missing file and an empty file for an empty log', () => {
    for (const path of [join(folder, 'missing'), join(folder, 'no', 'such', 'folder', 'log')]) {
      expect(opened(path)).toEqual({ path, events: [], setAside: [], newer: false });
    }
    expect(holding('').events).toEqual([]);
  });

  it('gives back any event as it was written, unknown fields and all', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 6 }), (events) => {
        writeFileSync(file, '');
        expect(append(file, events)).toEqual({ kind: 'saved' });
        const log = opened(file);
        expect(log.setAside).toEqual([]);
        expect(log.events).toEqual(events);
      }),
      { numRuns: 150 },
    );
  });

  it('gives plain objects, frozen to the bottom', () => {
    const [event] = holding(line(0, { deep: [{ in: { side: [1] } }] })).events;
    const seen: unknown[] = [event];
    for (let value = seen.pop(); value !== undefined; value = seen.pop()) {
      if (typeof value !== 'object' || value === null) continue;
      expect(Object.isFrozen(value)).toBe(true);
      expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(value));
      seen.push(...(Object.values(value) as unknown[]));
    }
  });

  it('ignores blank lines, carriage returns, byte order marks and a missing last newline', () => {
    const log = holding(`\uFEFF${line(0)}\r\n\r\n  \t\n\uFEFF${line(1)}\n${line(2)}`);
    expect(idsOf(log.events)).toEqual(['e0', 'e1', 'e2']);
    expect(log.setAside).toEqual([]);
  });

  const damaged: Record<string, [content: string | Uint8Array, says: RegExp]> = {
    'NUL bytes': [new Uint8Array(40), /NUL/],
    'NUL bytes before an event': [`\0\0${line(9)}`, /NUL/],
    'invalid UTF-8': [Buffer.from(line(9, { text: 'é' }), 'latin1'), /UTF-8/],
    garbage: ['hello', /not a JSON object/],
    'garbage in braces': ['{hello}', /not a JSON object/],
    'a torn line': [line(9).slice(0, -3), /not a JSON object/],
    'an array': ['[1]', /not a JSON object/],
    'a bare null': ['null', /not a JSON object/],
    'an empty object': ['{}', /its v is not 1/],
    '__proto__ at the top': [
      line(9).replace('"type"', '"__proto__":{"bad":1},"type"'),
      /__proto__/,
    ],
    '__proto__ below': [
      line(9).replace('"type"', '"a":[{"__proto__":{"bad":1}}],"type"'),
      /__proto__/,
    ],
    'no id': [line(9).replace('"id"', '"Id"'), /no id/],
    'an empty id': [line(9, { id: '' }), /no id/],
    'a number for an id': [line(9, { id: 7 }), /no id/],
    'no type': [line(9, { type: null }), /no type/],
    'no time': [line(9, { at: 5 }), /no time/],
    'a day that is not': [line(9, { at: '2026-02-30T10:00:00.000Z' }), /not an ISO/],
    'a local time': [line(9, { at: '2026-02-03T10:00:00' }), /not an ISO/],
    'a time with another offset': [line(9, { at: '2026-02-03T10:00:00+02:00' }), /not an ISO/],
    'words for a time': [line(9, { at: 'yesterday' }), /not an ISO/],
    'version 0': [line(9, { v: 0 }), /v is not 1/],
    'half a version': [line(9, { v: 1.5 }), /v is not 1/],
    'a number beyond the largest': [
      line(9, { n: 0 }).replace('"n":0', '"n":1e999'),
      /event\.n is not a finite/,
    ],
    'nesting without end': [
      line(9).replace('"type"', `"n":${'['.repeat(9e4)}${']'.repeat(9e4)},"type"`),
      /nested/,
    ],
    'a line that is too long': [line(9, { pad: 'x'.repeat(LONGEST_LINE) }), /longer than/],
    'a line of many megabytes': [line(9, { pad: 'x'.repeat(5e6) }), /longer than/],
    'a conflict marker, ours': ['<<<<<<< HEAD', /merge-conflict/],
    'a conflict marker, middle': ['=======', /merge-conflict/],
    'a conflict marker, theirs': ['>>>>>>> branch', /merge-conflict/],
  };
  for (const [what, [content, says]] of Object.entries(damaged)) {
    it(`sets aside ${what}, with its number and a sentence, and keeps its neighbours`, () => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const log = holding(
        Buffer.concat([Buffer.from(`${line(0)}\n`), bytes, Buffer.from(`\n${line(1)}\n`)]),
      );
      expect(idsOf(log.events)).toEqual(['e0', 'e1']);
      expect(log.newer).toBe(false);
      expect(log.setAside).toEqual([{ line: 2, says: expect.stringMatching(says) as string }]);
      expect(log.setAside[0]!.says).toMatch(/^This line [^\n\0]+\.$/);
      expect(({} as Record<string, unknown>).bad).toBeUndefined();
    });
  }

  it('keeps the longest line that is allowed, with a carriage return too', () => {
    const full = line(0, { pad: '' });
    const longest = line(0, { pad: 'x'.repeat(LONGEST_LINE - full.length) });
    expect(Buffer.byteLength(longest)).toBe(LONGEST_LINE);
    expect(holding(`${longest}\r\n${line(1)}\n`).events).toHaveLength(2);
    expect(holding(`${longest.replace('xx', 'xxx')}\n`).events).toHaveLength(0);
  });

  it('says of a last line without an end that it was cut off', () => {
    expect(holding(`${line(0)}\n${line(1).slice(0, 20)}`).setAside).toEqual([
      { line: 2, says: expect.stringMatching(/cut off/) as string },
    ]);
    const newer = '{"v":2}';
    for (const end of ['', '\n'])
      // a line that can be read is not cut off
      expect(holding(newer + end).setAside).toEqual(holding(`${newer}\n`).setAside);
  });

  it('marks a log with an event of a newer version, and still reads the others', () => {
    const log = holding(`${line(0)}\n${line(1, { v: 2, id: 7 })}\n${line(2)}\n`);
    expect(log.newer).toBe(true);
    expect(idsOf(log.events)).toEqual(['e0', 'e2']);
    expect(log.setAside).toEqual([{ line: 2, says: expect.stringMatching(/version 2/) as string }]);
  });

  it('opens 50 MB, with an event on each side of every boundary', () => {
    const count = 50_000;
    const pad = 'ä'.repeat(480);
    writeFileSync(file, Array.from({ length: count }, (_, k) => line(k, { pad }) + '\n').join(''));
    const { events, setAside } = opened(file);
    expect(setAside).toEqual([]);
    expect(events).toHaveLength(count);
    expect(events.every(({ id }, k) => id === `e${k}`)).toBe(true);
  });

  it('counts damage beyond the first thousand lines instead of keeping it', () => {
    const log = holding(`${'x\n'.repeat(200_000)}${line(0)}\n`);
    expect(idsOf(log.events)).toEqual(['e0']);
    expect(log.setAside).toHaveLength(SET_ASIDE_KEPT + 1);
    expect(log.setAside.at(-1)!.line).toBe(SET_ASIDE_KEPT + 1);
    expect(log.setAside.at(-1)!.says).toContain(String(200_000 - SET_ASIDE_KEPT));
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(holding(bytes).newer).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('says in one sentence why a path cannot be read', () => {
    writeFileSync(file, '');
    mkdirSync(join(folder, 'dir'));
    symlinkSync('circle', join(folder, 'circle'));
    const wrong: [string, RegExp][] = [
      [join(folder, 'dir'), /folder/],
      [join(file, 'below'), /a part of its path is a file/],
      [join(folder, 'circle'), /circles/],
      [join(folder, 'x'.repeat(300)), /too long/],
      [`${file}\0`, /not a valid path/],
      ['/dev/zero', /not a regular file/],
    ];
    for (const [path, why] of wrong) {
      const result = readLog(path);
      expect(result).toEqual({ kind: 'unreadable', says: expect.stringMatching(why) as string });
      expect('says' in result && result.says.includes(path)).toBe(true);
    }
  });
});
