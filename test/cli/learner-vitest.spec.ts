/** `testKata` from `bptt/vitest`, run by vitest in a learner's workspace, as `npm test` would there. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fromShapes } from '../../src/kata/judge.js';
import { katas } from '../../src/kata/catalogue.js';
import { inWorkspace, lstm, node, root, solutionOf, swapped } from './bptt.js';
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

it('passes for all solutions in one run, every check of every kata by name', async () => {
  const file = ({ topic, id }: Kata): string => `katas/${topic}/${id}.ts`;
  const solutions = Object.fromEntries(katas.map((kata) => [file(kata), solutionOf(file(kata))]));
  // One process for all: what a kata leaves behind would be another one's trouble.
  const { status, says } = await tested(solutions, '--no-isolate', '--no-file-parallelism');
  const checks = katas.reduce((sum, { laws }) => sum + 1 + fromShapes.length + laws.length, 0);
  expect(says).toMatch(new RegExp(`Tests +${checks} passed \\(${checks}\\)`));
  expect(status).toBe(0);
}, 120_000);

it('fails for a stub, for swapped gates and for an error, and says of each what it is', async () => {
  const gru = 'katas/40-gru/gru-step.ts';
  const files = {
    [lstm]: swapped(),
    [gru]: "export const gruStep = () => { throw new Error('not today'); };",
  };
  const { status, says } = await tested(files, 'rnn-step.test', 'lstm-step.test', 'gru-step.test');
  expect(status).toBe(1);
  expect(says).toContain('rnnStep still throws NotImplemented.');
  expect(says).toMatch(/× .*equals the equations/);
  expect(says).toContain('You have the forget and input gates swapped');
  expect(says).toMatch(/[hc]\[\d\] is \S+, expected \S+ \(seed 1\)/);
  expect(says).toContain('not today');
});
