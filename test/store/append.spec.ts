import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { append, type Event } from '../../src/store/index.js';
import { LONGEST_LINE } from '../../src/store/event.js';
import { bundleWriter, idsOf, opened, run, sample, scratch } from './harness.js';

const { folder, remove } = scratch();
let writer = '';
beforeAll(async () => {
  writer = await bundleWriter(folder);
});
afterAll(remove);
let made = 0;
const fresh = (content?: string | Uint8Array): string => {
  const path = join(folder, `append-${made++}.jsonl`);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};

describe('appending to a log', () => {
  it('creates folder and file for their owner alone', () => {
    const path = join(folder, 'new', 'deep', 'log.jsonl');
    expect(append(path, [sample(0)])).toEqual({ kind: 'saved' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'new', 'deep')).mode & 0o777).toBe(0o700);
  });

  it('adds one line per event after what is there, and nothing for an empty batch', () => {
    const path = fresh('# by hand\n');
    expect(append(path, [sample(0), sample(1)])).toEqual({ kind: 'saved' });
    expect(append(path, [])).toEqual({ kind: 'saved' });
    expect(append(path, [sample(2)])).toEqual({ kind: 'saved' });
    expect(readFileSync(path, 'utf8')).toBe(
      ['# by hand', ...[0, 1, 2].map((k) => JSON.stringify(sample(k))), ''].join('\n'),
    );
    const none = fresh();
    expect(append(none, [])).toEqual({ kind: 'saved' });
    expect(() => statSync(none)).toThrow('ENOENT');
  });

  it('opens after a cut at any byte, and the next event can be read', () => {
    const texts = ['', 'é → 🙂', '"}\\n', 'x'.repeat(30)];
    const lines = texts.map((text, k) => Buffer.from(`${JSON.stringify(sample(k, { text }))}\n`));
    const whole = Buffer.concat(lines);
    const path = fresh();
    for (let cut = 0; cut <= whole.length; cut++) {
      const kept = whole.subarray(0, cut);
      let end = 0;
      // A line is complete with or without its newline.
      const complete = lines
        .filter((line) => (end += line.length) - 1 <= cut)
        .map((_, k) => `e${k}`);
      writeFileSync(path, kept);
      expect(idsOf(opened(path).events)).toEqual(complete);
      expect(append(path, [sample(99)])).toEqual({ kind: 'saved' });
      const after = opened(path);
      expect(idsOf(after.events)).toEqual([...complete, 'e99']);
      expect(readFileSync(path).subarray(0, cut).equals(kept)).toBe(true);
      const ends = [0, ...lines.map((_, k) => Buffer.concat(lines.slice(0, k + 1)).length)];
      const torn = !ends.some((at) => cut === at || cut === at - 1);
      expect(after.setAside.length).toBe(torn ? 1 : 0);
    }
  });

  it('leaves a log from a newer version as it is, byte for byte', () => {
    const own = `${JSON.stringify(sample(0))}\n`;
    const newer = [
      `${own}{"v":2,"anything":[1]}\n${own}`,
      '{ "id":"x", "v" : 3 }', // torn end, other order
      `${own}{"v":1,"v":2}\n`,
      `${own}{"v":1,"\\u0076":2}\r\n`,
    ];
    for (const content of newer) {
      const path = fresh(content);
      expect(append(path, [sample(1)])).toEqual({
        kind: 'newer',
        says: expect.stringContaining(path) as string,
      });
      expect(readFileSync(path, 'utf8')).toBe(content);
      expect(opened(path).newer).toBe(true);
    }
  });

  it('says in one sentence why it could not save', () => {
    const plain = fresh('');
    mkdirSync(join(folder, 'dir'));
    const wrong: [string, RegExp][] = [
      ['/dev/full', /the disk is full/],
      [join(folder, 'dir'), /folder/],
      [join(plain, 'below'), /a part of its path is a file/],
      [join(plain, 'below', 'deeper'), /a part of its path is a file/],
      [join(folder, 'x'.repeat(300)), /too long/],
      [`${plain}\0`, /not a valid path/],
      ['', /does not exist/],
      ['/proc/bptt/log', /./],
      ['/dev/null', /./], // saved nowhere is not saved
    ];
    for (const [path, why] of wrong) {
      const result = append(path, [sample(0)]);
      expect(result).toEqual({ kind: 'failed', says: expect.stringMatching(why) as string });
      expect('says' in result && result.says.includes(path)).toBe(true);
    }
  });

  it('says so when there is no permission to read or to write', async () => {
    const path = fresh('');
    const { chmodSync } = await import('node:fs');
    chmodSync(path, 0o000);
    const heard: unknown[] = [];
    await run(process.execPath, [writer, 'nobody', path, 'n', '1', '0'], (line) =>
      heard.push(line),
    );
    const says = expect.stringMatching(/no permission/) as string;
    expect(heard).toEqual([
      { read: { kind: 'unreadable', says }, append: { kind: 'failed', says } },
    ]);
  });

  it('reports a write that stopped halfway, and the next append is safe', async () => {
    const first = `${JSON.stringify(sample(0))}\n`;
    const path = fresh(first);
    // The system cuts the write at 8 blocks (4 or 8 KB) and refuses the next one: like a full disk.
    const limited = ['-c', 'ulimit -f 8; exec "$@"', 'sh', process.execPath, writer];
    const heard: { kind: string; says: string }[] = [];
    await run('sh', [...limited, 'append', path, 'big', '2', '20000'], (line) =>
      heard.push(line as { kind: string; says: string }),
    );
    expect(heard.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    expect(heard[0]!.says).toMatch(/only \d+ of \d+ bytes/);
    expect(heard[1]!.says).toMatch(/larger than allowed/);
    expect(statSync(path).size).toBeGreaterThan(first.length);
    expect(append(path, [sample(1)])).toEqual({ kind: 'saved' });
    expect(idsOf(opened(path).events)).toEqual(['e0', 'e1']);
    expect(opened(path).setAside).toHaveLength(1);
  });

  it('ends a torn line of any length before the new one, with one byte', () => {
    for (let length = 1; length <= 8; length++) {
      const torn = '{"v":1,"'.slice(0, length);
      const path = fresh(torn);
      expect(append(path, [sample(0)])).toEqual({ kind: 'saved' });
      expect(readFileSync(path, 'utf8')).toBe(`${torn}\n${JSON.stringify(sample(0))}\n`);
    }
  });

  it('saves and reads back an event of exactly the longest line, and none that is longer', () => {
    const bare = Buffer.byteLength(JSON.stringify(sample(0, { pad: '' })));
    for (const over of [-1, 0, 1]) {
      const path = fresh();
      const event = sample(0, { pad: 'x'.repeat(LONGEST_LINE - bare + over) });
      expect(append(path, [event]).kind).toBe(over > 0 ? 'failed' : 'saved');
      expect(opened(path).events).toEqual(over > 0 ? [] : [event]);
    }
  });

  it('fails, with the size, when an event is too long for a line', () => {
    const path = fresh('');
    expect(append(path, [sample(0), sample(1, { pad: 'x'.repeat(LONGEST_LINE) })])).toEqual({
      kind: 'failed',
      says: expect.stringMatching(/\d+ bytes/) as string,
    });
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const bugs: Record<string, unknown> = {
    'not a number': sample(0, { n: NaN }),
    infinity: sample(0, { deep: [{ n: -Infinity }] }),
    undefined: sample(0, { u: undefined }),
    'a function': sample(0, { f: () => 1 }),
    'a bigint': sample(0, { b: 1n }),
    'a date': sample(0, { d: new Date(0) }),
    'a typed array': sample(0, { h: new Float64Array(2) }),
    'a map': sample(0, { m: new Map() }),
    'a cycle': sample(0, { circle }),
    'a hole': sample(0, { list: new Array(2) }),
    'a symbol': sample(0, { [Symbol('s')]: 1 }),
    'a key __proto__': sample(0, { a: JSON.parse('{"__proto__":1}') }),
    'a string with toJSON': sample(0, { a: { toJSON: () => 1 } }),
    'no id': sample(0, { id: '' }),
    'no type': sample(0, { type: undefined }),
    'no time': sample(0, { at: '22 November' }),
    'another version': sample(0, { v: 2 }),
    null: null,
  };
  for (const [what, event] of Object.entries(bugs)) {
    it(`throws a TypeError for an event with ${what}, and writes nothing`, () => {
      const path = fresh('');
      expect(() => append(path, [sample(1), event as Event])).toThrow(TypeError);
      expect(readFileSync(path, 'utf8')).toBe('');
    });
  }
});
