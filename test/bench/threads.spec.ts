/** Worker threads: the bits of one, an honest report, and what happens when a worker is wrong or dies. Never their times. */
import { build } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureSpeedInWorker, measureThreads } from '../../src/bench/index.js';
import { openThreads, sharedArray } from '../../src/bench/threads/pool.js';
import { openPass } from '../../src/engine/index.js';
import { threadsText } from '../../src/ui/threads-text.js';
import { expectPrintableAtAnyWidth, plainPage, words } from '../ui/pages.js';

const folder = mkdtempSync(join(tmpdir(), 'bptt-threads-'));
const script = join(folder, 'bench-worker.mjs');
const clock = () => performance.now();
const configs = [{ T: 3, B: 20, D: 2, H: 3 }];

beforeAll(() =>
  build({
    entryPoints: ['src/bench/threads/worker.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  }),
);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A worker that does not do its work. */
const planted = (name: string, body: string): string => {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, `import { parentPort } from 'node:worker_threads';\n${body}\n`);
  return path;
};

describe('a batch on several threads', () => {
  it('has the bits of one thread, whatever their number, more than shards even', async () => {
    for (const threads of [1, 2, 5]) {
      const report = await measureThreads({ threads, script, clock, budgetMs: 1, configs });
      expect(structuredClone(report)).toEqual(report);
      expect(report.cases.map(({ name }) => name)).toEqual(
        ['lstm', 'gru', 'rnn'].map((kind) => `${kind} forward+backward`),
      );
      for (const one of report.cases) {
        expect(one).toMatchObject({ sameBits: true, sameAsUndivided: true, shards: 3 });
        expect(one.parametersOff).toBeLessThan(1e-12);
        expect(one.medianMs).not.toBeNull();
      }
      const text = words(threadsText(report, plainPage(80)));
      expect(text).toContain(`✓ one thread and ${threads} give the same bits in all 3 cases`);
      expect(text).not.toContain('✗');
      expectPrintableAtAnyWidth((page) => threadsText(report, page));
    }
  });

  it('is not timed if the threads give other bits: here they do nothing', async () => {
    const idle = planted('idle', `parentPort.on('message', () => parentPort.postMessage('done'));`);
    const report = await measureThreads({
      threads: 2,
      script: idle,
      clock,
      kinds: ['rnn'],
      configs,
    });
    expect(report.cases).toMatchObject([{ sameBits: false, medianMs: null }]);
    expect(words(threadsText(report, plainPage(80)))).toContain('so this was not timed');
  });

  it('fails in one sentence when a worker throws or ends, and lets go of the others', async () => {
    const throws = planted(
      'throws',
      `parentPort.on('message', () => { throw new Error('out of luck'); });`,
    );
    const leaves = planted('leaves', `parentPort.on('message', () => process.exit(3));`);
    const pass = openPass('rnn', configs[0]!, {}, sharedArray);
    for (const [wrong, says] of [
      [throws, 'out of luck'],
      [leaves, 'A worker thread ended with exit code 3.'],
    ] as const) {
      const pool = openThreads(2, wrong);
      await expect(pool.run(pass)).rejects.toThrow(says);
      await pool.close();
    }
    await expect(
      measureThreads({ threads: 1, script: join(folder, 'missing.mjs'), clock, configs }),
    ).rejects.toThrow('missing.mjs');
  });
});

describe('bench speed in a worker', () => {
  const asked = { budgetMs: 1, only: 'rnn forward' };

  it('gives its report, and says what it is at before that', async () => {
    const told: [what: string, place: number, of: number][] = [];
    const report = await measureSpeedInWorker(
      script,
      { budgetMs: 1, only: 'packed row' },
      (...one) => told.push(one),
    );
    expect(report).toMatchObject({ version: 1, cases: [] });
    expect(told.map(([, place]) => place)).toEqual(told.map((_, k) => k + 1));
    expect(told[0]).toEqual(['the ceiling', 1, told.length]);
    expect(report.efficiency.map(({ kernel }) => kernel)).toEqual(
      told.slice(1).map(([what]) => what),
    );
  });

  it('fails in one sentence when the worker throws, ends early or is not there', async () => {
    const throws = planted('throws-at-once', `throw new Error('out of luck');`);
    const leaves = planted('leaves-at-once', `process.exit(3);`);
    for (const [wrong, says] of [
      [throws, 'out of luck'],
      [leaves, 'The worker thread ended with exit code 3.'],
      [join(folder, 'missing.mjs'), 'missing.mjs'],
    ] as const)
      await expect(measureSpeedInWorker(wrong, asked)).rejects.toThrow(says);
  });
});
