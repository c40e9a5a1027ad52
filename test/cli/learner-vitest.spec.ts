/** `testKata` from `bptt/vitest`, run by vitest in a learner's workspace, as `npm test` would there. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fromShapes } from '../../src/kata/judge.js';
import { kataById } from '../../src/kata/catalogue.js';
import { edited, inWorkspace, lstm, node, root, solutionOf, swapped } from './bptt.js';

/** What vitest says of the workspace's lstm-step with this source. */
async function tested(source?: string): Promise<{ status: number | null; says: string }> {
  const learner = await inWorkspace();
  if (source !== undefined) learner.write(lstm, source);
  fs.mkdirSync(learner.path('node_modules'));
  fs.symlinkSync(root, learner.path('node_modules/bptt'));
  const vitest = path.join(root, 'node_modules/vitest');
  fs.symlinkSync(fs.realpathSync(vitest), learner.path('node_modules/vitest'));
  const ran = await node(['run', 'lstm-step.test'], {
    cwd: learner.folder,
    env: { NO_COLOR: '1' },
    script: learner.path('node_modules/vitest/vitest.mjs'),
  });
  return { status: ran.status, says: ran.stdout + ran.stderr };
}

it('fails for the stub, and says that it is not implemented', async () => {
  const { status, says } = await tested();
  expect(status).toBe(1);
  expect(says).toContain('lstmStep still throws NotImplemented.');
});

it('passes for the solution, every check by name', async () => {
  const { status, says } = await tested(solutionOf(lstm));
  const checks = 1 + fromShapes.length + kataById('lstm-step')!.laws.length; // and that it runs
  expect(says).toMatch(new RegExp(`Tests +${checks} passed \\(${checks}\\)`));
  expect(status).toBe(0);
});

it('fails for swapped gates, and says that they are swapped', async () => {
  const { status, says } = await tested(swapped());
  expect(status).toBe(1);
  expect(says).toMatch(/× .*equals the equations/);
  expect(says).toContain('You have the forget and input gates swapped');
  expect(says).toMatch(/[hc]\[\d\] is \S+, expected \S+ \(seed 1\)/);
});

it('fails for an error, and says which', async () => {
  const { status, says } = await tested(
    edited('const H = hPrev.length;', "throw new Error('not today');"),
  );
  expect(status).toBe(1);
  expect(says).toContain('not today');
});
