/** Home as a person has it: the built binary on a pseudo-terminal. */
import fs from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { Learner } from './bptt.js';
import { Terminal } from './pty.js';

const ctrlC = '\u0003';
const enter = '\r';
const terminals: Terminal[] = [];
afterEach(() => terminals.splice(0).forEach((terminal) => terminal.kill()));
const open = (learner: Learner): Terminal => {
  const terminal = new Terminal([], { cwd: learner.folder, home: learner.home });
  terminals.push(terminal);
  return terminal;
};
const nothingIn = ({ folder, home }: Learner): void =>
  expect([...fs.readdirSync(folder), ...fs.readdirSync(home)]).toEqual([]);

it('offers a workspace on the first run, and writes it only after a yes', async () => {
  const learner = new Learner();
  const bptt = open(learner);
  const [, files] = /with (\d+) files/.exec(await bptt.see('not now'))!;
  nothingIn(learner);
  bptt.press('n');
  await bptt.see('no workspace here');
  bptt.press(enter);
  await bptt.see('not now');
  nothingIn(learner);
  bptt.press(enter);
  await bptt.see('bptt check rnn-step');
  expect(fs.readdirSync(learner.folder)).toEqual(['my-workspace']);
  expect(Object.keys(learner.files())).toHaveLength(Number(files));
  expect(fs.readdirSync(learner.home)).toEqual([]);
  // It stands in the new workspace now: what enter starts checks a kata there.
  bptt.press(enter);
  await bptt.see('bptt check rnn-step ended with 1');
  bptt.press(enter);
  await bptt.see('today');
  bptt.press(ctrlC);
  expect((await bptt.end()).status).toBe(130);
});

it('runs the command of a key on the same terminal, whose keys are its own, and comes back', async () => {
  const learner = new Learner();
  const bptt = open(learner);
  await bptt.see('not now');
  bptt.press('n');
  await bptt.see('q quiz');
  bptt.press('q');
  await bptt.see('quiz · 1 of');
  bptt.press(ctrlC); // the quiz's, not home's
  await bptt.see('enter home');
  bptt.press(enter);
  await bptt.see('q quiz');
  bptt.press('\u001b');
  expect((await bptt.end()).status).toBe(0);
});
