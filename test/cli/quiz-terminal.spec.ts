/** The quiz and the interview as a person has them: the built binary on a pseudo-terminal, key by key. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import {
  cardById,
  cardKinds,
  schedule,
  startSession,
  type AnsweredEvent,
  type CardKind,
  type Question,
} from '../../src/quiz/index.js';
import { rightAnswer, wrongAnswers } from '../quiz/answers.js';
import { Learner } from './bptt.js';
import { Terminal } from './pty.js';

const ctrlC = '\u0003';
const tab = '\t';
const enter = '\r';
const now = '2026-11-20T09:00:00.000Z'; // nothing is due in an empty history, whatever the time
const count = 150;

const terminals: Terminal[] = [];
afterEach(() => terminals.splice(0).forEach((terminal) => terminal.kill()));
const open = (learner: Learner, ...args: string[]): Terminal => {
  const terminal = new Terminal(args, { cwd: learner.folder, home: learner.home });
  terminals.push(terminal);
  return terminal;
};
const log = (learner: Learner): AnsweredEvent[] =>
  readFileSync(`${learner.home}/history.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AnsweredEvent);

const questionsOf = (seed: number, states: ReturnType<typeof schedule> = new Map()): Question[] => [
  ...startSession({ seed, count, states, now }).questions,
];

/** The keys that answer a question right or wrong, without enter. */
function keysFor(question: Question, right: boolean): string {
  const card = cardById(question.id)!;
  const keys = right ? rightAnswer(card, question) : wrongAnswers(card, question)[0]?.given;
  if (card.kind === 'several') return keys!.replace('none', '').replaceAll(',', '');
  if (card.kind === 'free') return right ? card.model : 'Sorry, no idea at all.';
  return keys ?? rightAnswer(card, question).split(' ').reverse().join(' ');
}

type Plan = { readonly question: Question; readonly right: boolean | undefined }[];

/** Each kind once right and once wrong, everything else skipped, up to the last one needed. */
function planFor(seed: number): Plan {
  const asked = new Map<CardKind, number>();
  const plan = questionsOf(seed).map((question) => {
    const before = asked.get(question.kind) ?? 0;
    asked.set(question.kind, before + 1);
    return { question, right: before === 0 ? true : before === 1 ? false : undefined };
  });
  const complete = cardKinds.every((kind) => (asked.get(kind) ?? 0) >= 2);
  const needed = plan.findLastIndex(({ right }) => right !== undefined);
  return complete ? plan.slice(0, needed + 1) : [];
}

const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) process.stdout.write('no script(1) of util-linux: the terminal is not tested\n');

describe.runIf(hasScript)('on a terminal', () => {
  it('a quiz: every kind right and wrong, hint, skip, derivation, resize, quit, and what is next', async () => {
    const plans = Array.from({ length: 24 }, (_, seed) => ({ seed, plan: planFor(seed) }));
    const [{ seed, plan }] = plans
      .filter((one) => one.plan.length > 0)
      .sort((a, b) => a.plan.length - b.plan.length) as [{ seed: number; plan: Plan }];
    const learner = new Learner();
    const args = ['quiz', '--seed', String(seed), '--count', String(count)];
    const terminal = open(learner, ...args);
    let [hints, derivations, resized] = [0, 0, false];

    for (const [k, { question, right }] of plan.entries()) {
      const place = `quiz · ${k + 1} of ${count} · ${question.topic} · ${question.kind}`;
      await terminal.see(place);
      if (right === undefined) {
        terminal.press(tab);
        continue;
      }
      if (question.hint !== undefined && hints === 0) {
        terminal.press('?');
        await terminal.see('Hint:');
        hints++;
      }
      if (!resized) {
        terminal.resize(40);
        const screen = await terminal.see(/q stop|esc stop/);
        for (const line of screen.split('\n')) expect(stringWidth(line.trimEnd())).toBeLessThan(41);
        terminal.resize(80);
        await terminal.see(place);
        resized = true;
      }
      terminal.press(keysFor(question, right));
      terminal.press(enter);
      if (question.kind === 'free') {
        await terminal.see('Which points did you make?');
        terminal.press(enter);
      }
      const screen = await terminal.see(/enter next .*q stop/);
      expect(screen, question.id).toContain(right ? '✓' : '✗ Wrong.');
      if (!right) expect(screen).toContain('read: bptt learn');
      if (screen.includes('d derivation') && derivations === 0) {
        terminal.press('d');
        await terminal.see(/\p{L}\S* = .*\n +\S/u);
        derivations++;
      }
      terminal.press(k === plan.length - 1 ? 'q' : enter);
    }
    await terminal.see(`${cardKinds.length} of ${2 * cardKinds.length} right`);
    expect((await terminal.end()).status).toBe(0);
    expect([hints, derivations]).toEqual([1, 1]);

    const answered = plan.filter(({ right }) => right !== undefined);
    const events = log(learner);
    expect(events.map(({ card, correct }) => ({ id: card, right: correct }))).toEqual(
      answered.map(({ question, right }) => ({ id: question.id, right })),
    );
    expect(events.filter(({ hinted }) => hinted)).toHaveLength(1);

    // Another day at the same seed: what was answered is on the schedule, not among what is new.
    const [next] = questionsOf(seed, schedule(events)) as [Question];
    expect(events.map(({ card }) => card)).not.toContain(next.id);
    const again = open(learner, ...args);
    await again.see(`quiz · 1 of ${count} · ${next.topic} · ${next.kind}`);
    again.press(ctrlC);
    const { status, output } = await again.end();
    expect(status).toBe(130);
    expect(output.lastIndexOf('\u001b[?25h')).toBeGreaterThan(output.lastIndexOf('\u001b[?25l'));
    expect(log(learner)).toHaveLength(events.length);
  }, 120_000);

  it('an interview: ticked, paused in the middle of a word, resumed there', async () => {
    const learner = new Learner();
    const first = open(learner, 'interview', 'rnn-to-transformer', '--seed', '7');
    await first.see('interview · explain');
    first.press('The same weights at every step; a product of Jacobians.');
    first.press(enter);
    expect(await first.see('1-9 tick')).toContain('> 1  one state');
    first.press('9');
    await first.see('> 9  Transformers');
    first.press(enter);
    await first.see('✗ Wrong.');
    first.press(enter);
    await first.see('interview · derive 1 of 3');
    first.press('diag(1 - h^2');
    await first.see('> diag(1 - h^2▏');
    first.press(ctrlC);
    await first.see('not finished');
    expect((await first.end()).status).toBe(130);

    const second = open(learner, 'interview', '--resume');
    await second.see('> diag(1 - h^2▏');
    second.press(') * Whh');
    second.press(enter);
    await second.see('✓ Right');
    second.press('q');
    const screen = await second.see('bptt interview --resume');
    expect(screen).toMatch(/explain +3 of 9/);
    expect((await second.end()).status).toBe(0);
  }, 120_000);
});
