/** A walk as a person has it: the built binary on a pseudo-terminal, an editor beside it, key by key. */
import { spawnSync } from 'node:child_process';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import { inWorkspace, solutionOf } from './bptt.js';
import { Terminal } from './pty.js';
import type { Learner } from './bptt.js';

const ctrlC = '\u0003';
const enter = '\r';
const forgetGate = 'katas/30-lstm/forget-gate.ts';

const terminals: Terminal[] = [];
afterEach(() => terminals.splice(0).forEach((terminal) => terminal.kill()));
const open = (learner: Learner, ...args: string[]): Terminal => {
  const terminal = new Terminal(args, { cwd: learner.folder, home: learner.home });
  terminals.push(terminal);
  return terminal;
};

const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) process.stdout.write('no script(1) of util-linux: the terminal is not tested\n');

describe.runIf(hasScript)('on a terminal', () => {
  it('a save is checked, the mistake named, a pass leads on; it is resumed there, and Ctrl-C is 130', async () => {
    const learner = await inWorkspace();
    const walk = open(learner, 'walk', 'lstm');
    await walk.see('1 of 14 · The forget gate');
    await walk.see('f = σ(W_f [h₋, x] + b_f)');
    const right = solutionOf(forgetGate);
    const wrong = right.replace(/\bsigmoid\((?=[a-z])/, 'Math.tanh(');
    expect(wrong).not.toBe(right);
    learner.write(forgetGate, wrong);
    await walk.see('Your gate goes through tanh.');
    walk.resize(40);
    const narrow = await walk.see('q quit');
    for (const line of narrow.split('\n')) expect(stringWidth(line.trimEnd())).toBeLessThan(41);
    walk.resize(80);
    learner.write(forgetGate, right);
    await walk.see('✓ passed');
    walk.press(enter);
    await walk.see('2 of 14 · Input gate and candidate');
    walk.press('q');
    await walk.see('1 of 14 done');
    expect((await walk.end()).status).toBe(0);

    const again = open(learner, 'walk', 'lstm');
    await again.see('2 of 14 · Input gate and candidate');
    again.press(ctrlC);
    const { status, output } = await again.end();
    expect(status).toBe(130);
    expect(output.lastIndexOf('\u001b[?25h')).toBeGreaterThan(output.lastIndexOf('\u001b[?25l'));
  }, 120_000);

  it('predictions: asked, measured, explained, and on to the next', async () => {
    const learner = await inWorkspace();
    const walk = open(learner, 'walk', 'memory');
    await walk.see('1 of 8 · predict first');
    walk.press(`2*64*8${enter}`);
    await walk.see('2 of 2');
    walk.press(`1${enter}`);
    const screen = await walk.see('enter next');
    expect(screen).toContain('✓ bytes kept: you said 2*64*8, right');
    expect(screen).toContain('✗ growth, T to the power of: you said 1, wrong.');
    walk.press(enter);
    await walk.see('2 of 8 · predict first');
    walk.press(ctrlC);
    expect((await walk.end()).status).toBe(130);
    expect(
      learner
        .read('history.jsonl')
        .toString()
        .match(/"predicted"/g),
    ).toHaveLength(2);
  }, 120_000);
});
