/** The steps around a kata from outside: hints, the solution, reset and undo. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Learner, expectRefusal, inWorkspace, lstm, shared, solutionOf } from './bptt.js';

describe.concurrent('hint', () => {
  it('goes up the ladder, stays at the top, and goes to a rung that is named', async () => {
    const learner = new Learner(shared);
    const hint = async (...more: string[]) => {
      const ran = await learner.bptt(['hint', 'lstm-step', '--json', ...more]);
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      return ran.json() as { kata: string; level: number; of: number; hint: string };
    };
    const first = await hint();
    expect(first).toMatchObject({ kata: 'lstm-step', level: 1 });
    expect(first.of).toBeGreaterThanOrEqual(3);
    const seen = new Set([first.hint]);
    for (let level = 2; level <= first.of; level++) {
      const next = await hint();
      expect(next.level).toBe(level);
      seen.add(next.hint);
    }
    expect(seen.size).toBe(first.of);
    expect((await hint()).level).toBe(first.of);
    expect(await hint('--level', '1')).toEqual(first);
    expect((await learner.bptt(['hint', 'lstm-step'])).stdout).toContain('--reveal');
  });

  it.each(['0', '-1', '4', '99', 'two', ''])('refuses --level=%s', async (level) => {
    const learner = new Learner(shared);
    expectRefusal(await learner.bptt(['hint', 'lstm-step', `--level=${level}`]), '--level');
    expect(fs.readdirSync(learner.home)).toEqual([]);
  });
});

describe.concurrent('solution', () => {
  it('is kept back until it is asked for twice', async () => {
    const learner = await inWorkspace(shared);
    const refused = await learner.bptt(['solution', 'lstm-step']);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^bptt: .*--reveal.*\n$/);
    const revealed = await learner.bptt(['solution', 'lstm-step', '--reveal', '--json']);
    expect(revealed).toMatchObject({ status: 0, stderr: '' });
    expect(revealed.json()).toMatchObject({ kata: 'lstm-step', solution: solutionOf(lstm) });
    expect((await learner.bptt(['solution', 'lstm-step'])).status).toBe(0);
    expect(
      learner
        .read('history.jsonl')
        .toString()
        .match(/"revealed"/g),
    ).toHaveLength(1);
    expect((await learner.bptt(['solution', 'gru-step'])).status).toBe(1);
  });

  it('is there after a pass, and the history does not say revealed', async () => {
    const learner = await inWorkspace(shared);
    learner.write(lstm, solutionOf(lstm));
    expect((await learner.bptt(['check', 'lstm-step'])).status).toBe(0);
    const ran = await learner.bptt(['solution', 'lstm-step']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain(solutionOf(lstm).trimEnd());
    expect(learner.read('history.jsonl').toString()).not.toContain('revealed');
  });
});

describe.concurrent('reset and undo', () => {
  it.each([
    ['line endings of Windows', Buffer.from('// mine\r\nexport {};\r\n')],
    ['a byte order mark', Buffer.from('\ufeff// mine\n')],
    ['no final newline', Buffer.from('// mine')],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0xc3, 0x28])],
    ['nothing', Buffer.alloc(0)],
  ])('bring back bit for bit a file with %s', async (_, mine) => {
    const learner = await inWorkspace(shared);
    const stub = learner.read(lstm);
    learner.write(lstm, mine);
    const reset = await learner.bptt(['reset', 'lstm-step', '--json']);
    expect(reset).toMatchObject({ status: 0, stderr: '' });
    const { backup } = reset.json() as { backup: string };
    expect(learner.read(lstm).equals(stub)).toBe(true);
    expect(learner.read(backup).equals(mine)).toBe(true);
    expect(await learner.bptt(['undo', 'lstm-step'])).toMatchObject({ status: 0, stderr: '' });
    expect(learner.read(lstm).equals(mine)).toBe(true);
    expect((await learner.bptt(['undo', 'lstm-step'])).status).toBe(0);
    expect(learner.read(lstm).equals(stub)).toBe(true); // the second undo undid the first
  });

  it('bring back a file that was deleted', async () => {
    const learner = await inWorkspace(shared);
    const stub = learner.read(lstm);
    fs.rmSync(learner.path(lstm));
    const ran = await learner.bptt(['reset', 'lstm-step', '--json']);
    expect(ran.json()).toMatchObject({ backup: null });
    expect(learner.read(lstm).equals(stub)).toBe(true);
  });

  it('refuse where there is nothing to do', async () => {
    const learner = await inWorkspace(shared);
    const before = learner.files();
    expectRefusal(await learner.bptt(['reset', 'lstm-step']), 'untouched stub');
    expectRefusal(await learner.bptt(['undo', 'lstm-step']), 'no copy of lstm-step');
    expect(learner.files()).toEqual(before);
  });

  it('refuse a link, to a file or in the way to it', async () => {
    const [learner, elsewhere] = [await inWorkspace(shared), new Learner()];
    elsewhere.write('lstm-step.ts', 'precious');
    fs.rmSync(learner.path(lstm));
    fs.symlinkSync(elsewhere.path('lstm-step.ts'), learner.path(lstm));
    expectRefusal(await learner.bptt(['reset', 'lstm-step']), 'symbolic link');
    fs.rmSync(learner.path('katas/30-lstm'), { recursive: true });
    fs.symlinkSync(elsewhere.folder, learner.path('katas/30-lstm'));
    expectRefusal(await learner.bptt(['reset', 'lstm-step']), 'out of the workspace');
    expect(elsewhere.files()).toEqual({ 'lstm-step.ts': 'precious' });
  });

  it('never write copies through a link out of the workspace', async () => {
    const [learner, elsewhere] = [await inWorkspace(shared), new Learner()];
    learner.write(lstm, '// mine');
    fs.symlinkSync(elsewhere.folder, learner.path('.history'));
    expectRefusal(await learner.bptt(['reset', 'lstm-step']), 'out of the workspace');
    expect(elsewhere.files()).toEqual({});
    expect(learner.read(lstm).toString()).toBe('// mine');
  });
});
