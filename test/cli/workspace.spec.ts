/** The life of a workspace from outside: made, completed, refused; and how its katas' standing moves. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Learner, edited, expectRefusal, inWorkspace, lstm, shared, solutionOf } from './bptt.js';
import type { Ran } from './bptt.js';

const posix = process.platform !== 'win32';

/** What the system would not write ends 4, in one sentence of ours. */
function expectUnsaved(ran: Ran, part: string): void {
  expect(ran).toMatchObject({ status: 4, stdout: '' });
  expect(ran.stderr).toMatch(/^bptt: Could not [^\n]*\.\n$/);
  expect(ran.stderr).toContain(part);
  expect(ran.stderr).not.toMatch(/\bE[A-Z]{4,}\b/);
}

describe.concurrent('init', () => {
  it('fills an empty folder with stubs, tests and a marker', async () => {
    const learner = new Learner(shared);
    const ran = await learner.bptt(['init', '--json']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const files = learner.files();
    expect(ran.json()).toEqual({
      workspace: learner.folder,
      written: expect.arrayContaining(['bptt.json', lstm, 'package.json']) as string[],
      kept: [],
    });
    expect((ran.json() as { written: string[] }).written.sort()).toEqual(Object.keys(files).sort());
    expect(files[lstm]).toContain("throw new NotImplemented('lstmStep')");
    expect(files['katas/30-lstm/lstm-step.test.ts']).toContain("testKata('lstm-step', lstmStep)");
    for (const name of ['bptt.json', 'package.json', 'tsconfig.json'])
      expect(() => JSON.parse(files[name]!) as unknown, name).not.toThrow();
  });

  it('makes the folder it is given, and leaves alone what else is around', async () => {
    const learner = new Learner(shared);
    learner.write('notes.txt', 'mine');
    const ran = await learner.bptt(['init', 'deep/er']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain('cd deep/er');
    expect(fs.existsSync(learner.path('deep/er', lstm))).toBe(true);
    expect(learner.read('notes.txt').toString()).toBe('mine');
  });

  it('works in a folder that has other files', async () => {
    const learner = new Learner(shared);
    learner.write('notes.txt', 'mine');
    expect((await learner.bptt(['init'])).status).toBe(0);
    expect(learner.files()).toMatchObject({
      'notes.txt': 'mine',
      'bptt.json': expect.any(String) as string,
    });
  });

  it('refuses a folder that has one of its files, and writes nothing', async () => {
    const learner = new Learner(shared);
    learner.write('package.json', '{}');
    expectRefusal(await learner.bptt(['init']), 'package.json', learner.folder);
    expect(learner.files()).toEqual({ 'package.json': '{}' });
  });

  it('run again writes back what is missing and touches nothing else', async () => {
    const learner = await inWorkspace(shared);
    learner.write(lstm, '// my work\r\n');
    fs.rmSync(learner.path('katas/40-gru/gru-step.ts'));
    const before = learner.files();
    const ran = await learner.bptt(['init', '--json']);
    expect(ran.json()).toMatchObject({ written: ['katas/40-gru/gru-step.ts'] });
    const { 'katas/40-gru/gru-step.ts': stub, ...rest } = learner.files();
    expect(stub).toContain('NotImplemented');
    expect(rest).toEqual(before);
    const third = await learner.bptt(['init']);
    expect(third).toMatchObject({ status: 0, stderr: '' });
    expect(third.stdout).toContain('nothing was written');
  });

  it('refuses to nest', async () => {
    const learner = await inWorkspace(shared);
    const before = learner.files();
    expectRefusal(await learner.bptt(['init', 'katas/inner']), 'nested', learner.folder);
    expect(learner.files()).toEqual(before);
  });

  it('refuses a file as a folder, above and below', async () => {
    const learner = new Learner(shared);
    learner.write('file', '');
    expectRefusal(await learner.bptt(['init', 'file']), 'is a file');
    expectUnsaved(await learner.bptt(['init', 'file/below']), 'is a file, not a folder');
    expect(learner.files()).toEqual({ file: '' });
  });

  it('refuses a dangling link among its names', async () => {
    const learner = new Learner(shared);
    fs.symlinkSync('/nonexistent/elsewhere', learner.path('README.md'));
    expectRefusal(await learner.bptt(['init']), 'README.md');
    expect(fs.readdirSync(learner.folder)).toEqual(['README.md']);
  });

  it.runIf(process.platform === 'linux')('refuses where nobody can write', async () => {
    const learner = new Learner(shared);
    expectUnsaved(await learner.bptt(['init', '/proc/bptt']), '/proc/bptt, because');
  });

  it.runIf(posix)('refuses an unwritable folder', async () => {
    const learner = new Learner(shared);
    fs.chmodSync(learner.folder, 0o555);
    expectUnsaved(
      await learner.bptt(['init'], { nobody: true, shared: false }),
      `Could not write the workspace ${learner.folder}, because there is no permission (at `,
    );
    expect(learner.files()).toEqual({});
  });

  it.runIf(posix)('takes back what it wrote when it cannot write the rest', async () => {
    const learner = new Learner(shared);
    learner.write('katas/10-rnn/notes', '');
    fs.chmodSync(learner.path('katas/10-rnn'), 0o555);
    fs.chmodSync(learner.folder, 0o777);
    expectUnsaved(
      await learner.bptt(['init'], { nobody: true, shared: false }),
      `Could not write the workspace ${learner.folder}, because there is no permission (at katas/10-rnn/`,
    );
    expect(learner.files()).toEqual({ 'katas/10-rnn/notes': '' });
    expect(fs.readdirSync(learner.folder)).toEqual(['katas']);
  });
});

describe.runIf(posix).concurrent('reset where one may not write', () => {
  const nobody = { nobody: true, shared: false };

  it.each([
    ['the folder of the kata', 'katas/40-gru', 'katas/40-gru/gru-step.ts, because'],
    ['the workspace', '.', 'because there is no permission (at '],
  ])('%s: one sentence, and every byte as it was', async (_, locked, says) => {
    const learner = await inWorkspace(shared);
    learner.write('katas/40-gru/gru-step.ts', 'mine');
    for (const name of ['katas/40-gru', '.']) fs.chmodSync(learner.path(name), 0o777);
    fs.chmodSync(learner.path(locked), 0o555);
    fs.chmodSync(learner.home, 0o777);
    const before = learner.files();
    expectUnsaved(await learner.bptt(['reset', 'gru-step'], nobody), says);
    expect(learner.files()).toEqual(before);
    expect(fs.existsSync(learner.path('.history'))).toBe(false);
  });
});

describe.concurrent('standing somewhere', () => {
  it('outside a workspace, check names the file that is not there', async () => {
    const learner = new Learner(shared);
    for (const command of ['check', 'reset', 'undo'])
      expectRefusal(
        await learner.bptt(command === 'check' ? ['check'] : [command, 'lstm-step']),
        'bptt.json',
        learner.folder,
      );
    expect(learner.files()).toEqual({});
  });

  it('a folder called bptt.json makes no workspace', async () => {
    const learner = new Learner(shared);
    fs.mkdirSync(learner.path('bptt.json'));
    expectRefusal(await learner.bptt(['check']), 'bptt.json');
  });

  it('below a workspace, check finds it', async () => {
    const learner = await inWorkspace(shared);
    const ran = await learner.bptt(['check', 'lstm-step', '--json'], {
      cwd: learner.path('katas/40-gru'),
    });
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.json()).toMatchObject({ katas: [{ id: 'lstm-step', outcome: 'notImplemented' }] });
    expect(fs.existsSync(learner.path('history.jsonl'))).toBe(true);
    expect(fs.existsSync(path.join(learner.home, 'history.jsonl'))).toBe(false);
  });
});

it.concurrent('list follows the checks: open, failed, passed, open after a reset', async () => {
  const learner = await inWorkspace(shared);
  const status = async () => {
    const ran = await learner.bptt(['list', '--json']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const { katas } = ran.json() as { katas: Record<string, unknown>[] };
    for (const kata of katas)
      expect(kata).toMatchObject({
        id: expect.any(String) as string,
        topic: expect.stringMatching(/^\d\d-/) as string,
        title: expect.any(String) as string,
        level: expect.any(Number) as number,
      });
    expect(katas.filter(({ id, status }) => id !== 'lstm-step' && status !== 'open')).toEqual([]);
    return katas.find(({ id }) => id === 'lstm-step')?.status;
  };
  expect(await status()).toBe('open');
  await learner.bptt(['check', 'lstm-step']);
  expect(await status()).toBe('open'); // a stub is not a failure
  learner.write(lstm, edited('Math.tanh(c[j])', 'c[j]'));
  await learner.bptt(['check', 'lstm-step']);
  expect(await status()).toBe('failed');
  learner.write(lstm, solutionOf(lstm));
  await learner.bptt(['check', 'lstm-step']);
  expect(await status()).toBe('passed');
  const text = (await learner.bptt(['list'])).stdout;
  expect(text).toMatch(/lstm-step +✓ passed/);
  expect(text).toMatch(/\b1 of \d+ passed/);
  await learner.bptt(['reset', 'lstm-step']);
  expect(await status()).toBe('open');
});

it.concurrent.each(['list', 'stats'])('%s says when it sees no workspace', async (command) => {
  const said = async (learner: Learner) => (await learner.bptt([command])).stdout;
  expect(await said(new Learner(shared))).toContain('You are in no workspace');
  expect(await said(await inWorkspace(shared))).not.toContain('no workspace');
});

it.concurrent('what one workspace learnt is not another’s', async () => {
  const one = await inWorkspace(shared);
  one.write(lstm, solutionOf(lstm));
  await one.bptt(['check', 'lstm-step']);
  const other = await inWorkspace(shared);
  const ran = await other.bptt(['list', '--json'], { env: { BPTT_HOME: one.home } });
  expect(JSON.stringify(ran.json())).not.toContain('passed');
});
