/** `testKata` from `bptt/vitest`, run by vitest in a learner's workspace, as `npm test` would there. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fromShapes } from '../../src/kata/judge.js';
import { kataById, katas } from '../../src/kata/catalogue.js';
import { edited, inWorkspace, lstm, node, root, solutionOf, swapped } from './bptt.js';
import type { Kata } from '../../src/kata/define.js';

/** What vitest says of a workspace in which these files were replaced. */
async function tested(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<{ status: number | null; says: string }> {
  const learner = await inWorkspace();
  for (const [file, source] of Object.entries(files)) learner.write(file, source);
  fs.mkdirSync(learner.path('node_modules'));
  fs.symlinkSync(root, learner.path('node_modules/bptt'));
  const vitest = path.join(root, 'node_modules/vitest');
  fs.symlinkSync(fs.realpathSync(vitest), learner.path('node_modules/vitest'));
  const ran = await node(['run', ...args], {
    cwd: learner.folder,
    env: { NO_COLOR: '1' },
    script: learner.path('node_modules/vitest/vitest.mjs'),
    timeoutMs: 120_000,
  });
  return { status: ran.status, says: ran.stdout + ran.stderr };
}

/** The same of lstm-step alone. */
const lstmTested = (source?: string) =>
  tested(source === undefined ? {} : { [lstm]: source }, 'lstm-step.test');

it('passes for all solutions in one run, every check of every kata by name', async () => {
  const file = ({ topic, id }: Kata): string => `katas/${topic}/${id}.ts`;
  const solutions = Object.fromEntries(katas.map((kata) => [file(kata), solutionOf(file(kata))]));
  // One process for all: what a kata leaves behind would be another one's trouble.
  const { status, says } = await tested(solutions, '--no-isolate', '--no-file-parallelism');
  const checks = katas.reduce((sum, { laws }) => sum + 1 + fromShapes.length + laws.length, 0);
  expect(says).toMatch(new RegExp(`Tests +${checks} passed \\(${checks}\\)`));
  expect(status).toBe(0);
}, 120_000);

it('fails for the stub, and says that it is not implemented', async () => {
  const { status, says } = await lstmTested();
  expect(status).toBe(1);
  expect(says).toContain('lstmStep still throws NotImplemented.');
});

it('passes for the solution, every check by name', async () => {
  const { status, says } = await lstmTested(solutionOf(lstm));
  const checks = 1 + fromShapes.length + kataById('lstm-step')!.laws.length; // and that it runs
  expect(says).toMatch(new RegExp(`Tests +${checks} passed \\(${checks}\\)`));
  expect(status).toBe(0);
});

it('fails for swapped gates, and says that they are swapped', async () => {
  const { status, says } = await lstmTested(swapped());
  expect(status).toBe(1);
  expect(says).toMatch(/× .*equals the equations/);
  expect(says).toContain('You have the forget and input gates swapped');
  expect(says).toMatch(/[hc]\[\d\] is \S+, expected \S+ \(seed 1\)/);
});

it('fails for an error, and says which', async () => {
  const { status, says } = await lstmTested(
    edited('const H = hPrev.length;', "throw new Error('not today');"),
  );
  expect(status).toBe(1);
  expect(says).toContain('not today');
});
