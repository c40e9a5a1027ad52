/**
 * For a screen reader (INK_SCREEN_READER, as Ink has it) on a terminal: every line is printed once, nothing is drawn over,
 * nothing is a bar or a box, and what a screen would ask is asked line by line.
 */
import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import type { AnsweredEvent } from '../../src/quiz/index.js';
import { inWorkspace, type Learner } from './bptt.js';
import { Terminal } from './pty.js';

const env = { INK_SCREEN_READER: '1' }; // or true, the one word that Ink itself knows
const ctrlC = '\u0003';
const ctrlD = '\u0004';

const terminals: Terminal[] = [];
afterAll(() => terminals.splice(0).forEach((terminal) => terminal.kill()));
const open = ({ folder: cwd, home }: Learner, args: readonly string[]): Terminal => {
  const terminal = new Terminal(args, { cwd, home, rows: 24, env });
  terminals.push(terminal);
  return terminal;
};

/** What a screen reader has no use for: anything that moves, clears or hides, and what is drawn with characters. */
function expectPlain(output: string): void {
  expect(output.replaceAll(/\u001b\[[\d;]*m/g, '')).not.toMatch(/\u001b/);
  expect(output.replaceAll('\r\n', '\n')).not.toMatch(/[\r█▏░▒▓─│┤└┬]|·{3}/u);
}

const hasScript = spawnSync('script', ['--version']).status === 0;

describe.runIf(hasScript).concurrent('for a screen reader', () => {
  it.each([
    [0, []],
    [0, ['walk', 'lstm']],
    [0, ['learn', 'rnn']],
    [0, ['stats']],
    [0, ['flow', '--steps', '30', '--hidden', '3']],
    [0, ['gradcheck', 'rnn', '--steps', '3']],
    [1, ['check', 'rnn-step', 'lstm-step', 'gru-step']],
  ])('ends %i, in plain lines: bptt %j', async (status, args) => {
    const ran = await open(await inWorkspace(), args).end();
    expect(ran.status).toBe(status);
    expect(ran.output.split('\n').length).toBeGreaterThan(3);
    expectPlain(ran.output);
  });

  it('watch tells each result, until Ctrl-C', async () => {
    const terminal = open(await inWorkspace(), ['watch', 'rnn-step']);
    await terminal.see('not implemented yet');
    terminal.press(ctrlC);
    const { status, output } = await terminal.end();
    expect(status).toBe(130);
    expectPlain(output);
  });

  it('a quiz asks line by line: a hint, an answer that cannot be read, a grade, and the end', async () => {
    const learner = await inWorkspace();
    const args = ['quiz', '--seed', '1', '--count', '2', '--kind', 'choice', '--new'];
    const terminal = open(learner, args);
    await terminal.see('quiz · 1 of 2');
    terminal.press('?\n');
    await terminal.see(/Hint:|There is no hint/);
    terminal.press('nonsense\n');
    await terminal.see('Not read:');
    terminal.press('1\n');
    expect(await terminal.see('quiz · 2 of 2')).toMatch(/✓ Right|✗ Wrong/);
    terminal.press(ctrlD);
    await terminal.see(/of 1 right/);
    const { output } = await terminal.end();
    expectPlain(output);
    const events = learner.read('history.jsonl').toString().trim().split('\n');
    expect(events.map((line) => (JSON.parse(line) as AnsweredEvent).type)).toContain('answered');
  });

  it('a card is left by the word skip, and counts for nothing', async () => {
    const learner = await inWorkspace();
    const args = ['quiz', '--seed', '1', '--count', '2', '--kind', 'choice', '--new'];
    const terminal = open(learner, args);
    await terminal.see('skip leaves a card');
    terminal.press('skip\n');
    await terminal.see('quiz · 2 of 2');
    terminal.press('skip\n');
    const { output } = await terminal.end();
    expect(output).not.toMatch(/Not read|✓ Right|✗ Wrong/);
    expectPlain(output);
  });

  it('a free answer that cannot be read is asked for again, and the next one counts', async () => {
    const learner = await inWorkspace();
    const args = ['quiz', '--seed', '1', '--count', '1', '--kind', 'free', '--new'];
    const terminal = open(learner, args);
    await terminal.see('quiz · 1 of 1');
    terminal.press('no words of it [99]\n');
    await terminal.see('Not read:');
    terminal.press('The gates decide. [1]\n');
    const { output } = await terminal.end();
    expect(output.match(/quiz · 1 of 1/g)).toHaveLength(1);
    expectPlain(output);
    const events = learner.read('history.jsonl').toString().trim().split('\n');
    const given = events.map((line) => JSON.parse(line) as { type: string });
    expect(given.filter(({ type }) => type === 'answered')).toMatchObject([
      { given: 'The gates decide. [1]' },
    ]);
  });

  it('an interview and a prediction are asked in the same way', async () => {
    for (const [args, first] of [
      [['interview', 'lstm-or-gru', '--seed', '7'], 'interview · explain'],
      [['walk', 'memory'], 'walk memory'],
    ] as const) {
      const terminal = open(await inWorkspace(), args);
      await terminal.see(first);
      terminal.press(ctrlD);
      const { status, output } = await terminal.end();
      expect(status).toBe(0);
      expectPlain(output);
    }
  });
});
