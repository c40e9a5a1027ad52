/** The interview in a pipe, through the built binary. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { interviewQuestions } from '../../src/quiz/index.js';
import { Learner, expectRefusal, expectToFit } from './bptt.js';
import type { InterviewReport } from '../../src/quiz/index.js';

const interview = (learner: Learner, ...args: string[]) => learner.bptt(['interview', ...args]);
const first = 'rnn-to-transformer';
const log = (learner: Learner): string => readFileSync(`${learner.home}/history.jsonl`, 'utf8');

describe.concurrent('bptt interview in a pipe', () => {
  it('stops where the answers do, goes on there, and ends with the report of the whole', async () => {
    const learner = new Learner();
    learner.write('one.txt', 'Shared weights and a product of Jacobians. [1 2]\ndiag(1-h^2)*Whh\n');
    learner.write('rest.txt', 'no idea\n'.repeat(20));
    const ran = await interview(learner, first, '--seed', '7', '--answers', 'one.txt', '--json');
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    const before = ran.json() as InterviewReport;
    expect(before).toMatchObject({ finished: false, seed: 7, question: { id: first } });
    expect(before.parts.map(({ part, right, of }) => [part, right, of])).toEqual([
      ['explain', 2, 9],
      ['derive', 1, 1],
    ]);
    const held = log(learner);
    // A new one says first that this one is open, and changes nothing else.
    learner.write('none.txt', '');
    const anew = await interview(learner, first, '--answers', 'none.txt', '--json');
    expect(anew).toMatchObject({ status: 0 });
    expect(anew.stderr).toMatch(
      /^bptt: «.*» of \d{4}-\d\d-\d\d is paused.*: bptt interview [a-z-]+ --resume\n$/,
    );
    expect((anew.json() as InterviewReport).parts).toEqual([]);
    const home = await learner.bptt(['--json']);
    expect(home.json()).toMatchObject({ paused: { question: first, done: 2, part: 'derive' } });
    expect((await learner.bptt([])).stdout).toContain('paused  bptt interview --resume');
    expect(log(learner)).toBe(held);

    const rest = ['--resume', '--answers', 'rest.txt', '--markdown', 'report.md'];
    const goneOn = await interview(learner, ...rest, '--json');
    expect(goneOn).toMatchObject({ status: 1, stderr: '' });
    const resumed = goneOn.json() as InterviewReport;
    expect(resumed).toMatchObject({ finished: true, id: before.id, at: before.at });
    expect(resumed.parts[0]).toEqual(before.parts[0]);
    expect(resumed.parts[1]!.items[0]).toEqual(before.parts[1]!.items[0]);
    expect(resumed.parts.map(({ part }) => part)).toHaveLength(5);
    expect(resumed.parts[1]!.items[1]).toMatchObject({ verdict: 'unread', given: 'no idea' });
    expect((await learner.bptt(['--json'])).json()).toMatchObject({ paused: null });
    expect(resumed.parts[2]!.items).toMatchObject([{ id: 'lstm-step', verdict: 'skipped' }]);
    expect(log(learner).startsWith(held)).toBe(true);
    expect(learner.read('report.md').toString()).toContain('# Interview: From the RNN');
    expectRefusal(await interview(learner, '--resume'), '--resume');
    const last = (await interview(learner, '--last', '--json')).json();
    expect(last).toEqual(resumed);
  });

  it('with nobody there asks, saves nothing and ends well, at 40 columns too', async () => {
    const learner = new Learner();
    const ran = await learner.bptt(['interview'], { env: { COLUMNS: '40' } });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expectToFit(ran.stdout, 40);
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain('Explain how RNNs process sequences');
    expectRefusal(await interview(learner, '--last'), '--last');
  });

  it('lists its questions', async () => {
    const { questions } = (await interview(new Learner(), '--list', '--json')).json() as {
      questions: { id: string; minutes: number; ask: string }[];
    };
    expect(questions.map(({ id }) => id)).toEqual(interviewQuestions.map(({ id }) => id));
  });

  it('refuses what it does not know, in one sentence', async () => {
    const learner = new Learner();
    expectRefusal(await interview(learner, 'lstm-or-gruu'), 'Did you mean lstm-or-gru?');
    expectRefusal(await interview(learner, first, first), 'one question');
    expectRefusal(await interview(learner, '--last', first), '--last');
    expectRefusal(await interview(learner, '--resume', first), `no interview of ${first} was left`);
    expectRefusal(await interview(learner, '--drop'), '--drop');
    expectRefusal(await interview(learner, '--seed', 'x'), '--seed');
    expectRefusal(await interview(learner, '--answers', 'nowhere.txt'), '--answers');
    learner.write('one.txt', 'no idea at all\n');
    expectRefusal(
      await interview(learner, '--answers', 'one.txt', '--markdown', 'no/such/report.md'),
      '--markdown: there is no folder «no/such»',
    );
    expect(existsSync(`${learner.home}/history.jsonl`)).toBe(false);
    const ran = await interview(learner, '--answers', 'one.txt', '--markdown', '/dev/full');
    expect(ran).toMatchObject({ status: 4, stderr: expect.stringMatching(/--markdown/) as string });
    expect(log(learner)).toContain('no idea at all');
  });
});
