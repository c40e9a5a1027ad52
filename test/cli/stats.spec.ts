/** Statistics, the plan, own cards and exports through the built binary: what only a process shows. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Learner, expectRefusal, inWorkspace, shared } from './bptt.js';
import type { Plan, QuizReport, StatsReport } from '../../src/quiz/index.js';

const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const choices = ['quiz', '--seed', '3', '--kind', 'choice', '--count', '4', '--json', '--answers'];
const card = '- kind: number\n  id: mine\n  ask: How many?\n  explain: So many.\n  answer: 7\n';

describe.concurrent('bptt stats', () => {
  it('says what to do while there is nothing, and counts what there is', async () => {
    const learner = await inWorkspace(shared);
    const before = await learner.bptt(['stats']);
    expect(before).toMatchObject({ status: 0, stderr: '' });
    expect(before.stdout).toContain('bptt quiz   nothing is answered yet');
    learner.write('ones.txt', '1\n1\n1\n1\n');
    const { asked } = (await learner.bptt([...choices, 'ones.txt'])).json() as QuizReport;
    const missed = asked.filter(({ correct }) => !correct).map(({ id }) => id);
    expect(missed).not.toEqual([]);
    const stats = (await learner.bptt(['stats', '--json'])).json() as StatsReport;
    const right = 4 - missed.length;
    expect(stats).toMatchObject({ version: 1, answers: { right, of: 4 }, seen: 4 });
    expect(stats.streak).toEqual({ days: 1, best: 1, today: true });
    expect(stats.next.command).toBe('bptt quiz --missed');
    // What was missed is what is asked again.
    const again = (
      await learner.bptt(['quiz', '--missed', '--json', '--answers', 'ones.txt'])
    ).json() as QuizReport;
    expect(again.asked.map(({ id }) => id).sort()).toEqual(missed.sort());
  });
});

describe.concurrent('bptt quiz', () => {
  it('remembers the day of the interview, plans it, and caps what comes back', async () => {
    const learner = await inWorkspace(shared);
    const date = inDays(12);
    const shown = await learner.bptt(['quiz', '--interview-date', date, '--plan']);
    expect(shown.stdout).toContain('Shown, not kept');
    expectRefusal(await learner.bptt(['quiz', '--plan']), '--plan', 'no day is set');
    await learner.bptt([
      'quiz',
      '--interview-date',
      date,
      '--count',
      '1',
      '--answers',
      '/dev/null',
    ]);
    const plan = (await learner.bptt(['quiz', '--plan', '--json'])).json() as Plan;
    expect(plan).toMatchObject({ version: 1, interview: date, daysLeft: 12, seen: 0 });
    expect(plan.days.reduce((sum, day) => sum + day.new, 0)).toBe(plan.unseen);
    expect((await learner.bptt(['stats'])).stdout).toContain(`interview in 12 days (${date})`);
    // Without --count, today's share is asked.
    const today = plan.days[0]!;
    const ran = await learner.bptt(['quiz', '--answers', '/dev/null']);
    expect(ran.stdout).toContain(`1 of ${today.new + today.due} `);
    expect(
      (await learner.bptt(['quiz', '--interview-date', 'none'], { shared: false })).status,
    ).toBe(0);
    expectRefusal(await learner.bptt(['quiz', '--plan']), '--interview-date');
  });

  it('asks only what is due or new where that is wanted, and says when there is none', async () => {
    const learner = await inWorkspace(shared);
    const due = await learner.bptt(['quiz', '--due', '--json']);
    expect(due).toMatchObject({ status: 0, stderr: '' });
    expect(due.json()).toMatchObject({ asked: [], next: expect.stringMatching(/^Nothing here is due: no card/) as string });
    expectRefusal(await learner.bptt(['quiz', '--due', '--new']), '--due', '--new');
  }); // prettier-ignore

  it.each([
    ['2020-01-01', 'is past'],
    ['\u001b[2J', 'needs a day like'],
  ])('refuses the date %j and remembers nothing', async (date, says) => {
    const learner = await inWorkspace(shared);
    expectRefusal(await learner.bptt(['quiz', '--interview-date', date]), '--interview-date', says);
    expect(fs.existsSync(learner.path('history.jsonl'))).toBe(false);
  });
});

describe.concurrent('own cards', () => {
  it('are found in the workspace and in the data folder, asked, and scheduled', async () => {
    const learner = await inWorkspace(shared);
    expectRefusal(await learner.bptt(['quiz', '--own']), '--own', 'bptt cards');
    learner.write('cards/a.yaml', card);
    fs.mkdirSync(`${learner.home}/cards`);
    fs.writeFileSync(`${learner.home}/cards/b.yml`, card.replace('mine', 'other'));
    const listed = (await learner.bptt(['cards', '--json'])).json();
    expect(listed).toMatchObject({ version: 1, flaws: [], cards: [{ id: 'my.mine' }, { id: 'my.other' }] });
    learner.write('answers.json', '{"my.mine": 7, "my.other": 8}');
    const quiz = ['quiz', '--own', '--json', '--answers', 'answers.json'];
    const { asked } = (await learner.bptt(quiz)).json() as QuizReport;
    expect(asked.map(({ id, correct }) => [id, correct]).sort()).toEqual([['my.mine', true], ['my.other', false]]);
    const stats = (await learner.bptt(['stats', '--json'])).json() as StatsReport;
    expect(stats.topics.at(-1)).toMatchObject({ topic: 'own', cards: 2, seen: 2 });
  }); // prettier-ignore

  it('with a flaw are left out, told once, and do not stop the others', async () => {
    const learner = await inWorkspace(shared);
    learner.write('cards/a.yaml', `${card}- kind: riddle\n- kind: number\n  id: x\n`);
    const ran = await learner.bptt(['quiz', '--list', '--topic', 'own', '--json']);
    expect(ran.stderr).toMatch(/^bptt: left out: cards\/a\.yaml:6: kind is «riddle».* and 1 more; bptt cards .*\n$/);
    expect(ran.json()).toMatchObject({ cards: [{ id: 'my.mine' }] });
    const checked = await learner.bptt(['cards']);
    expect(checked.status).toBe(1);
    expect(checked.stdout).toContain('cards/a.yaml:7: this card has no');
    expect((await learner.bptt(['cards', 'nowhere.yaml'])).stdout).toContain('nowhere.yaml:1: the file cannot be read (ENOENT).');
    learner.write('sample.yaml', (await learner.bptt(['cards', '--example'])).stdout);
    expect(await learner.bptt(['cards', 'sample.yaml'])).toMatchObject({ status: 0 });
  }); // prettier-ignore
});

describe.concurrent('bptt export', () => {
  it('writes cards and history to a file, whole, and never over another unasked', async () => {
    const learner = await inWorkspace(shared);
    learner.write('cards/a.yaml', card);
    const cards = ['export', 'cards', '--out', 'cards.txt'];
    expect(await learner.bptt(cards)).toMatchObject({ status: 0, stderr: '' });
    const first = learner.read('cards.txt').toString();
    expect(first.startsWith('#separator:tab\n')).toBe(true);
    expect(first).toContain('\nmy.mine\tHow many?\t');
    expectRefusal(await learner.bptt([...cards, '--topic', 'gru']), '--out', '--force');
    expect(learner.read('cards.txt').toString()).toBe(first);
    expect((await learner.bptt([...cards, '--topic', 'gru', '--force'])).status).toBe(0);
    expect(learner.read('cards.txt').length).toBeLessThan(first.length);
    expect(Object.keys(learner.files()).filter((name) => name.endsWith('.new'))).toEqual([]);

    await learner.bptt(['hint', 'lstm-step']);
    const history = (await learner.bptt(['export', 'history'])).stdout;
    expect(JSON.parse(history)).toEqual(
      learner.read('history.jsonl').toString().trim().split('\n').map((line) => JSON.parse(line) as unknown),
    );
    const csv = (await learner.bptt(['export', 'history', '--format', 'csv', '--json'])).json();
    expect(csv).toMatchObject({ version: 1, format: 'csv', count: 1, file: null });
    expect((csv as { content: string }).content).toMatch(/^at,type,id,v,kata,level\n/);
  }); // prettier-ignore

  it('refuses what cannot be written, in one sentence', async () => {
    const learner = new Learner(shared);
    expectRefusal(await learner.bptt(['export', 'cards', '--out', '.']), '--out');
    const missing = ['export', 'history', '--out', 'no/such/folder.json'];
    expectRefusal(await learner.bptt(missing), '--out', 'no/such');
  });
});
