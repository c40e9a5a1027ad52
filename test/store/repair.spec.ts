/** Repairing a log: what is no event leaves it whole, in order, and everything else stays where it stood. */
import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { repair, type RepairResult } from '../../src/store/index.js';
import { LONGEST_LINE } from '../../src/store/event.js';
import { opened, sample, scratch } from './harness.js';

const { folder, remove } = scratch();
afterAll(remove);
let made = 0;
const fresh = (content: string): string => {
  const path = join(folder, `repair-${made++}.jsonl`);
  writeFileSync(path, content);
  return path;
};
function repaired(path: string): Extract<RepairResult, { kind: 'repaired' }> {
  const result = repair(path);
  if (result.kind !== 'repaired') throw new Error(`The log was not repaired: ${result.kind}.`);
  return result;
}

/** The lengths of lines that are no events: short, about a piece that is read at once, too long for a line. */
const length = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 80 }) },
  { weight: 2, arbitrary: fc.integer({ min: 2 ** 16 - 2, max: 2 ** 16 + 2 }) },
  { weight: 1, arbitrary: fc.integer({ min: LONGEST_LINE + 1, max: 2 * LONGEST_LINE }) },
);
const torn = (long: number): string => 'torn'.repeat(Math.ceil(long / 4)).slice(0, long);
/** A line that is no event, by its length; or one that stays: an event, one of a newer version, a blank one. */
const line = fc.oneof(
  length,
  fc.constantFrom(JSON.stringify(sample(1)), JSON.stringify(sample(2)), '{"v":2,"id":"n"}', ''),
);

it('sets the flawed lines aside in their order, moves nothing, and leaves a sound log', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      length,
      fc.constantFrom('', '\n'),
      (lines, last, end) => {
        const all = [...lines, last].map((one) => ({
          text: typeof one === 'number' ? torn(one) : one,
          out: typeof one === 'number',
        }));
        const content = all.map(({ text }) => text).join('\n') + end;
        const path = fresh(content);
        const before = opened(path);
        const { lines: count, backup, side } = repaired(path);

        const out = all.filter((one) => one.out).map(({ text }) => text);
        expect(count).toBe(out.length);
        expect(readFileSync(side, 'utf8') === `${out.join('\n')}\n`).toBe(true);
        expect(readFileSync(backup, 'utf8') === content).toBe(true);
        expect(statSync(side).mode & 0o777).toBe(0o600);

        const after = readFileSync(path, 'utf8');
        expect(after).toHaveLength(content.length + (end === '' ? 1 : 0));
        expect(after.endsWith('\n')).toBe(true); // whoever appends meanwhile stands on a line of its own
        let from = 0;
        for (const { text, out: gone } of all) {
          const now = after.slice(from, from + text.length);
          expect(gone ? now.trim() === '' : now === text).toBe(true);
          from += text.length + 1;
        }
        const log = opened(path);
        expect(log.events).toEqual(before.events);
        expect(log.newer).toBe(before.newer);
        expect(repair(path)).toEqual({ kind: 'sound' });
      },
    ),
    { numRuns: 40 },
  );
});

it('takes the next free names, so that no earlier copy is written over', () => {
  const path = fresh('one\n');
  const first = repaired(path);
  appendFileSync(path, 'two\n');
  const second = repaired(path);
  expect([first.side, second.side].map((side) => readFileSync(side, 'utf8'))).toEqual([
    'one\n',
    'two\n',
  ]);
  expect(first.backup).not.toBe(second.backup);
});

it('is sound where there is no log, and refuses what is no file', () => {
  expect(repair(join(folder, 'none.jsonl'))).toEqual({ kind: 'sound' });
  const dir = join(folder, 'dir');
  mkdirSync(dir);
  expect(repair(dir)).toMatchObject({ kind: 'failed' });
});
