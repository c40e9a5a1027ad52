import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleWriter, idsOf, opened, run, sample, scratch } from './harness.js';

const { folder, remove } = scratch();
let writer = '';
beforeAll(async () => {
  writer = await bundleWriter(folder);
});
afterAll(remove);

interface Said {
  readonly id: string;
  readonly kind: string;
}

describe('a log under several writers, kills and damage', () => {
  it('keeps every event of four processes that append at once', async () => {
    const path = join(folder, 'four.jsonl');
    const said: Said[] = [];
    const names = ['a', 'b', 'c', 'd'];
    const ends = await Promise.all(
      names.map((name) =>
        run(process.execPath, [writer, 'append', path, name, '200', '300'], (line) =>
          said.push(line as Said),
        ),
      ),
    );
    expect(ends).toEqual([0, 0, 0, 0]);
    expect(said.filter(({ kind }) => kind !== 'saved')).toEqual([]);
    const log = opened(path);
    expect(log.setAside).toEqual([]);
    const all = names.flatMap((name) => Array.from({ length: 200 }, (_, k) => `${name}-${k}`));
    expect(idsOf(log.events).sort()).toEqual(all.sort());
    for (const name of names) {
      const own = idsOf(log.events).filter((id) => id.startsWith(name));
      expect(own).toEqual(Array.from({ length: 200 }, (_, k) => `${name}-${k}`));
    }
  }, 120_000);

  it('loses no acknowledged event in 50 kills during writes', async () => {
    const path = join(folder, 'killed.jsonl');
    const acknowledged: string[] = [];
    let killed = 0;
    for (let round = 0; round < 50; round++) {
      let left = 1 + (round % 4);
      // The line is large so that the kill falls into a write; the writer would go on for ever.
      const args = [writer, 'append', path, `r${round}`, '1000000', '60000'];
      const code = await run(process.execPath, args, (line, child) => {
        const { id, kind } = line as Said;
        expect(kind).toBe('saved');
        acknowledged.push(id);
        if (--left === 0) child.kill('SIGKILL');
      });
      if (code === null) killed += 1;
    }
    expect(killed).toBe(50);
    const kept = new Set(idsOf(opened(path).events));
    expect(acknowledged.length).toBeGreaterThanOrEqual(50);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  }, 240_000);

  it('keeps every line that damage did not touch', () => {
    const path = join(folder, 'flipped.jsonl');
    const lines = Array.from({ length: 12 }, (_, k) =>
      Buffer.from(`${JSON.stringify(sample(k, { text: 'é → "🙂"', n: [k, { deep: k }] }))}\n`),
    );
    const whole = Buffer.concat(lines);
    const flip = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 8 }), (flips) => {
        const bytes = Buffer.from(whole);
        for (const [at, mask] of flips) bytes[at]! ^= mask;
        writeFileSync(path, bytes);
        let start = 0;
        const intact = lines.flatMap((line, k) => {
          const from = start;
          start += line.length;
          // A line also needs the newline before it.
          return bytes
            .subarray(Math.max(0, from - 1), start)
            .equals(whole.subarray(Math.max(0, from - 1), start))
            ? [sample(k, { text: 'é → "🙂"', n: [k, { deep: k }] })]
            : [];
        });
        expect(opened(path).events).toEqual(expect.arrayContaining(intact));
      }),
      { numRuns: 400 },
    );
  });
});
