/** The quiz, home and tour through the built binary: what only a process shows. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardById, gradeAnswer, questionOf } from '../../src/quiz/index.js';
import { expectRefusal, inWorkspace, shared } from './bptt.js';
import type { QuizReport } from '../../src/quiz/index.js';

const learner = await inWorkspace(shared);
const quiz = (...args: string[]) => learner.bptt(['quiz', '--seed', '3', ...args]);
const log = () =>
  readFileSync(learner.path('history.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; card: string });

describe('bptt quiz in a pipe', () => {
  it('asks, grades, schedules and saves each answer; a wrong one ends with 1', async () => {
    learner.write('answers.txt', '1\n1\n1\n');
    const ran = await quiz('--count', '3', '--answers', 'answers.txt', '--json');
    const report = ran.json() as QuizReport;
    expect(report.seed).toBe(3);
    expect(report.asked.length + report.notRead.length).toBe(3);
    for (const asked of report.asked) {
      expect(asked.answer).toBe('1');
      expect(cardById(asked.id)?.kind).toBe(asked.kind);
      expect(['again', 'hard', 'good', 'easy']).toContain(asked.grade);
      expect(asked.correct).toBe(asked.grade !== 'again');
      expect(Date.parse(asked.due)).toBeGreaterThan(Date.now());
    }
    expect(ran.status).toBe(report.asked.every(({ correct }) => correct) ? 0 : 1);
    expect(
      log()
        .filter(({ type }) => type === 'answered')
        .map(({ card }) => card),
    ).toEqual(report.asked.map(({ id }) => id));
  });

  it('ends with 0 when every answer is right, given by card id in JSON', async () => {
    const choices = ['quiz', '--seed', '5', '--count', '4', '--kind', 'choice', '--json'];
    learner.write('none.json', '{}');
    const { notRead } = (
      await (await inWorkspace(shared)).bptt([...choices, '--answers', learner.path('none.json')])
    ).json() as QuizReport;
    const right = Object.fromEntries(
      notRead.map(({ id }) => {
        const card = cardById(id)!;
        const option = questionOf(card, 1).options!.find(
          (one) => gradeAnswer(card, questionOf(card, 1), one).correct,
        )!;
        return [id, option];
      }),
    );
    learner.write('right.json', JSON.stringify(right));
    const ran = await (
      await inWorkspace(shared)
    ).bptt([...choices, '--answers', learner.path('right.json')]);
    expect((ran.json() as QuizReport).asked.map(({ correct }) => correct)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(ran.status).toBe(0);
  });

  it('tells an answer that cannot be read, records nothing of it, and ends with 1', async () => {
    const fresh = await inWorkspace(shared);
    fresh.write('odd.txt', 'diag((\n');
    const args = ['quiz', '--seed', '3', '--kind', 'equation', '--count', '1'];
    const ran = await fresh.bptt([...args, '--answers', 'odd.txt']);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toContain('? Not read: ');
    expect(ran.stdout).toContain('quiz · 0 of 0 right · 1 not read');
    const again = await fresh.bptt([...args, '--answers', 'odd.txt', '--json']);
    const { asked, notRead } = again.json() as QuizReport;
    expect([asked, again.status]).toEqual([[], 1]);
    expect(notRead).toMatchObject([{ answer: 'diag((' }]);
    expect(Object.keys(fresh.files()).join()).not.toContain('history.jsonl');
  });

  it('keeps what was answered when the answers run out', async () => {
    const fresh = await inWorkspace(shared);
    fresh.write('one.txt', '1\n');
    const ran = await fresh.bptt(['quiz', '--seed', '3', '--count', '5', '--answers', 'one.txt']);
    expect(ran.stdout).toContain('1 of 5');
    const again = await fresh.bptt(['--json']);
    expect(again.status).toBe(0);
    expect(readFileSync(fresh.path('history.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('lists its cards and generators, all of them or by topic', async () => {
    interface Listed {
      cards: { id: string; topic: string }[];
      generators: { id: string }[];
    }
    const all = (await quiz('--list', '--json')).json() as Listed;
    expect(all.cards.length).toBeGreaterThanOrEqual(160);
    expect(all.generators.length).toBeGreaterThanOrEqual(30);
    expect(new Set([...all.cards, ...all.generators].map(({ id }) => id)).size).toBe(
      all.cards.length + all.generators.length,
    );
    const lstm = (await quiz('--list', '--topic', 'lstm', '--json')).json() as Listed;
    expect(new Set(lstm.cards.map(({ topic }) => topic))).toEqual(new Set(['lstm']));
    expect((await quiz('--list')).stdout).toContain(
      `${all.cards.length} cards, ${all.generators.length} generators`,
    );
  });

  it('refuses what it does not know, in one sentence', async () => {
    expectRefusal(await quiz('--topic', 'lsmt'), '--topic', 'Did you mean lstm?');
    expectRefusal(await quiz('--kind', 'riddle'), '--kind');
    expectRefusal(await quiz('--count', '0'), '--count');
    expectRefusal(await quiz('--answers', 'nowhere.txt'), '--answers', 'nowhere.txt');
    learner.write('bad.json', '{"a": {}}');
    expectRefusal(await quiz('--answers', 'bad.json'), '--answers', 'bad.json');
    expectRefusal(await learner.bptt(['quiz', 'lstm']), 'no argument');
  });
});

describe('bptt alone', () => {
  it('says what is due and next, as text and as JSON', async () => {
    const fresh = await inWorkspace(shared);
    const ran = await fresh.bptt([]);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain('next    bptt check');
    const report = (await fresh.bptt(['--json'])).json() as {
      due: number;
      next: { command: string };
    };
    expect(report.due).toBe(0);
    expect(ran.stdout).toContain(report.next.command);
  });
});

describe('bptt tour', () => {
  it('does real work, step by step, and leaves nothing behind', async () => {
    const before = learner.files();
    const ran = await learner.bptt(['tour', '--json']);
    const report = ran.json() as { passed: boolean; steps: { title: string; passed: boolean }[] };
    expect(report.steps.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.steps.length).toBeGreaterThanOrEqual(5);
    expect([ran.status, report.passed]).toEqual([0, true]);
    expect(learner.files()).toEqual(before);
  });
});
