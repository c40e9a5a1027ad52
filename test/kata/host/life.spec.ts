/** A child lives no longer than it may: with its host, with its parent, with its CPU time. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/kata/host/places.js';
import { body, leavesNothing, living, open, workspace } from './workspace.js';

leavesNothing();
const posix = process.platform !== 'win32';
const loop = body('if (given.loop) for (;;); return {};');

it('close ends it, twice is once, and a call afterwards is a fault', async () => {
  const host = await open(workspace({ 'kata.ts': loop }));
  const running = host.call({ loop: 1 });
  await Promise.all([host.close(), host.close()]);
  expect(await running).toEqual({ kind: 'exited', says: 'The host is closed.' });
  expect(living()).toEqual([]);
  expect(await host.call({})).toEqual({ kind: 'exited', says: 'The host is closed.' });
});

it('many hosts at once do not disturb one another', async () => {
  const folder = workspace({ 'kata.ts': body('if (x === 2) for (;;); return { x };') });
  const hosts = await Promise.all([1, 2, 3].map(() => open(folder, { deadlineMs: 2000 })));
  const answers = await Promise.all(hosts.map((host, k) => host.call({ x: k + 1 })));
  expect(answers.map(({ kind }) => kind)).toEqual(['returned', 'timedOut', 'returned']);
});

it('answers more calls than one child has CPU time for', async () => {
  const spin = body('for (const end = Date.now() + 700; Date.now() < end; ); return { x };');
  const host = await open(workspace({ 'kata.ts': spin }), { deadlineMs: 1500 });
  const pids = new Set<number | undefined>();
  for (let x = 0; x < 9; x++) {
    expect(await host.call({ x })).toMatchObject({ outputs: { x: { value: x } } });
    pids.add(host.pid);
  }
  expect(pids.size).toBeGreaterThan(1);
});

/** The host as it is installed: bundled into dist/ of a package of its own, run by plain node. */
async function installed(files: Record<string, string>): Promise<string> {
  const folder = workspace({ 'package.json': '{ "name": "bptt", "type": "module" }', ...files });
  const source = join(packageRoot(), 'src/kata');
  mkdirSync(join(folder, 'dist/chunks'), { recursive: true });
  copyFileSync(join(packageRoot(), 'dist/host-child.cjs'), join(folder, 'dist/host-child.cjs'));
  symlinkSync(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'));
  await build({
    entryPoints: { kata: join(source, 'learner.ts'), 'chunks/host': join(source, 'host/index.ts') },
    ...{ bundle: true, format: 'esm', platform: 'node', packages: 'external' },
    ...{ conditions: ['bptt-source'], outdir: join(folder, 'dist') },
  });
  return folder;
}

const script = `
  import { openHost } from './dist/chunks/host.js';
  const host = await openHost({ file: 'ws/kata.ts', functionName: 'step', workspace: 'ws', limits: { deadlineMs: Number(process.argv[3]) } });
  const answer = await host.call({ x: Float64Array.of(1) });
  process.stdout.write(JSON.stringify([answer.kind, host.pid]) + '\\n');
  if (process.argv[2] === 'busy') await host.call({ loop: 1 });
  if (process.argv[2] === 'idle') await new Promise(() => setInterval(() => {}, 1000));
`;
const kata = `import { zeros } from 'bptt/kata';\n${body('if (given.loop) for (;;); return { h: zeros(2) };')}`;

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.runIf(posix)('installed', () => {
  it('answers from dist, and an unclosed host does not keep its process alive', async () => {
    const folder = await installed({ 'main.mjs': script, 'ws/kata.ts': kata });
    const parent = spawn(process.execPath, ['main.mjs', 'end', '60000'], { cwd: folder });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const [kind, pid] = JSON.parse(line.toString()) as [string, number];
    expect(kind).toBe('returned');
    expect(await once(parent, 'exit')).toEqual([0, null]);
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });

  it.each([
    ['SIGINT', 'busy', 60_000],
    ['SIGTERM', 'busy', 60_000],
    ['SIGHUP', 'busy', 60_000],
    ['SIGKILL', 'idle', 60_000], // the child sees the end of its stdin
    ['SIGKILL', 'busy', 1000], // ulimit -t, which is 242 s for the others
  ] as const)('%s to a parent that is %s ends both', async (signal, state, deadlineMs) => {
    const folder = await installed({ 'main.mjs': script, 'ws/kata.ts': kata });
    const parent = spawn(process.execPath, ['main.mjs', state, String(deadlineMs)], {
      cwd: folder,
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const [, pid] = JSON.parse(line.toString()) as [string, number];
    expect(isAlive(pid)).toBe(true);
    await new Promise((later) => setTimeout(later, 100));
    parent.kill(signal);
    expect(await once(parent, 'exit')).toEqual([null, signal]);
    await expect.poll(() => isAlive(pid), { timeout: 40_000, interval: 100 }).toBe(false);
  });
});

it.runIf(posix)('a file that signals its parent reaches nobody', async () => {
  const source = body('process._debugProcess(process.ppid); return {};');
  const host = await open(workspace({ 'kata.ts': source }));
  expect(process.listenerCount('SIGUSR1')).toBeGreaterThan(0);
  expect(await host.call({})).toMatchObject({ kind: 'threw' });
});
