/** What another process, or the disk, does between the steps of one append: put there through node:fs. */
import type * as Fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { append } from '../../src/store/index.js';
import { idsOf, opened, sample, scratch } from './harness.js';

const steps = vi.hoisted(() => ({
  beforeWrite: (): void => undefined,
  beforeSync: (): void => undefined,
  done: [] as string[],
}));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  return {
    ...fs,
    writeSync: (fd: number, bytes: Buffer) => {
      steps.beforeWrite();
      steps.done.push('write');
      return fs.writeSync(fd, bytes);
    },
    fsyncSync: (fd: number) => {
      steps.beforeSync();
      steps.done.push('fsync');
      fs.fsyncSync(fd);
    },
  };
});
const { appendFileSync, truncateSync, writeFileSync } = await vi.importActual<typeof Fs>('node:fs');

const { folder, remove } = scratch();
afterAll(remove);
const path = join(folder, 'log.jsonl');
const once = (act: () => void): (() => void) => {
  let left = 1;
  return () => {
    if (left-- > 0) act();
  };
};
const diesHalfway = (): void => appendFileSync(path, '{"v":1,"id":"torn","at":"20');

beforeEach(() => {
  steps.beforeWrite = () => undefined;
  steps.beforeSync = () => undefined;
  steps.done = [];
  writeFileSync(path, `${JSON.stringify(sample(0))}\n`);
});

it('writes once and syncs after it', () => {
  expect(append(path, [sample(1), sample(2)])).toEqual({ kind: 'saved' });
  expect(steps.done).toEqual(['write', 'fsync']);
});

it('keeps the event when another process dies halfway through its line just before', () => {
  for (const start of ['', `${JSON.stringify(sample(0))}\n`]) {
    writeFileSync(path, start);
    steps.beforeWrite = once(diesHalfway);
    expect(append(path, [sample(1), sample(2)])).toEqual({ kind: 'saved' });
    const log = opened(path);
    expect(new Set(idsOf(log.events))).toEqual(
      new Set(start === '' ? ['e1', 'e2'] : ['e0', 'e1', 'e2']),
    );
    expect(log.setAside).toHaveLength(1);
  }
});

it('keeps the event when that happens twice', () => {
  steps.beforeWrite = diesHalfway;
  expect(append(path, [sample(1)])).toEqual({ kind: 'saved' });
  expect(idsOf(opened(path).events)).toEqual(['e0', 'e1']);
});

it('needs no second write when another process appends whole lines meanwhile', () => {
  const other = (k: number) => () => appendFileSync(path, `${JSON.stringify(sample(k))}\n`);
  steps.beforeWrite = other(7);
  steps.beforeSync = other(8);
  expect(append(path, [sample(1)])).toEqual({ kind: 'saved' });
  expect(idsOf(opened(path).events)).toEqual(['e0', 'e7', 'e1', 'e8']);
});

it('writes again when the file is emptied under it, and does not claim more than it can read', () => {
  steps.beforeSync = once(() => truncateSync(path));
  expect(append(path, [sample(1)])).toEqual({ kind: 'saved' });
  expect(idsOf(opened(path).events)).toEqual(['e1']);
  steps.beforeSync = () => truncateSync(path);
  expect(append(path, [sample(2)])).toEqual({
    kind: 'failed',
    says: expect.stringContaining('cannot be read back') as string,
  });
});

it('fails when the disk does not confirm the write', () => {
  steps.beforeSync = () => {
    throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  expect(append(path, [sample(1)])).toEqual({
    kind: 'failed',
    says: expect.stringContaining('the disk reports an error') as string,
  });
});

it('does not hide a bug of ours as a failure of the disk', () => {
  steps.beforeSync = () => {
    throw new RangeError('ours');
  };
  expect(() => append(path, [sample(1)])).toThrow('ours');
});
