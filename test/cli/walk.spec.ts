/** `bptt walk` in a pipe: the steps, where one stands, what to type next; and predictions line by line. */
import { describe, expect, it } from 'vitest';
import { Learner, expectRefusal, expectToFit, inWorkspace, shared, solutionOf } from './bptt.js';
import type { WalkReport } from '../../src/walk/index.js';

const report = (ran: { json: () => unknown }): WalkReport => ran.json() as WalkReport;

describe.concurrent('walk in a pipe', () => {
  it('lists the walks, and says how to make a workspace where there is none', async () => {
    const learner = new Learner();
    const all = report(await learner.bptt(['walk', '--json']));
    expect(all.walks.map(({ walk }) => walk)).toEqual(
      ['rnn', 'lstm', 'gru', 'sequences', 'attention', 'memory'], // prettier-ignore
    );
    expect(all.next).toMatchObject({ walk: 'rnn', command: 'bptt init my-workspace' });
    const { stdout, status } = await learner.bptt(['walk', 'lstm']);
    expect(status).toBe(0);
    expect(stdout).toContain('bptt init my-workspace');
    expect((await learner.bptt(['walk', 'memory'])).stdout).not.toContain('bptt init');
  });

  it('counts what was done elsewhere: a check, a gradient check, a lesson', async () => {
    const learner = await inWorkspace(shared);
    const file = 'katas/40-gru/gru-step.ts';
    learner.write(file, solutionOf(file));
    for (const args of [['check', 'gru-step'], ['gradcheck', 'gru', '--steps', '2', '--hidden', '2']])
      expect(await learner.bptt(args)).toMatchObject({ status: 0 });
    const { walks, next } = report(await learner.bptt(['walk', 'gru', '--json']));
    const done = walks[0]!.steps.filter((step) => step.done).map(({ id }) => id);
    expect(done).toEqual(['gru-step', 'gradient-check']);
    expect(next).toMatchObject({ step: 'gru-reset-after', command: 'bptt check gru-reset-after' });
    // What it says to type can be typed, and does not end in a refusal.
    const ran = await learner.bptt(next!.command.split(' ').slice(1));
    expect(ran.status).toBe(1);
    const { stdout } = await learner.bptt(['walk', 'gru']);
    expect(stdout).toMatch(/✓ +1 .*\n.*→ +2 /);
  }); // prettier-ignore

  it('takes predictions line by line, measures, remembers them, and goes on there', async () => {
    const learner = new Learner();
    learner.write('answers.txt', '1 kB\n0\n7340032\n');
    const first = await learner.bptt(['walk', 'memory', '--answers', 'answers.txt']);
    expect(first).toMatchObject({ status: 1, stderr: '' }); // 7,340,032 is twice 3,670,016
    expect(first.stdout).toContain('✓ bytes kept: you said 1 kB, right');
    expect(first.stdout).toContain('Measured 1,024 bytes = 2·H · 8');
    expect(first.stdout).toContain('1 kB ✓, 0 ✓');
    expect(first.stdout).not.toContain('Measured 3,670,016'); // its exponent is still to be predicted

    learner.write('more.json', JSON.stringify({ 'memory.lstm-bptt.exponent': 1 }));
    const env = { COLUMNS: '40' };
    const second = await learner.bptt(['walk', 'memory', '--answers', 'more.json'], { env });
    expectToFit(second.stdout, 40);
    expect(second.stdout).not.toContain('An LSTM that reads a stream\n\n  Inference');
    expect(second.stdout.replaceAll(/\s+/g, ' ')).toContain('Measured 3,670,016 bytes = 7·T·H · 8');
    const { walks } = report(await learner.bptt(['walk', 'memory', '--json']));
    expect(walks[0]!.steps.slice(0, 2).map(({ done }) => done)).toEqual([true, true]);
    expect(walks[0]!.steps[1]!.predictions).toEqual([
      { of: 'bytes', given: '7340032', correct: false },
      { of: 'exponent', given: '1', correct: true },
    ]);
  });

  it('refuses what is no walk', async () => {
    const learner = new Learner(shared);
    expectRefusal(await learner.bptt(['walk', 'lstmm']), 'Did you mean lstm?');
    expectRefusal(await learner.bptt(['walk', 'lstm', 'gru']), 'takes one walk');
    expectRefusal(await learner.bptt(['walk', 'lstm', '--answers', 'x']), '--answers');
    expectRefusal(await learner.bptt(['walk', 'memory', '--answers', 'none']), 'could not read');
  });

  it('fits 40 columns', async () => {
    const learner = await inWorkspace();
    const columns = 40;
    const env = { COLUMNS: String(columns) };
    for (const walk of [[], ['rnn'], ['memory']]) {
      const { stdout } = await learner.bptt(['walk', ...walk], { env });
      expectToFit(stdout, columns);
    }
  });
});
