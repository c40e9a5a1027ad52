/** `bptt watch` without a terminal: a result for each save, however it is saved, until Ctrl-C. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { expectRefusal, inWorkspace, lstm, root, solutionOf, swapped } from './bptt.js';
import { Terminal } from './pty.js';
import type { Learner } from './bptt.js';
import type { KataReport } from '../../src/kata/index.js';

const ends: (() => Promise<number | null>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Starts it; reports are read one by one, in order. */
function watching(learner: Learner, ...args: string[]) {
  const binary = path.join(root, 'bin/run.js');
  const child = spawn(process.execPath, [binary, 'watch', '--json', ...args], {
    cwd: learner.folder,
    env: { PATH: process.env.PATH, BPTT_HOME: learner.home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let rest = '';
  let heard = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop()!;
    lines.push(...parts);
    heard();
  });
  const closed = new Promise<number | null>((done) => child.once('close', done));
  const end = (): Promise<number | null> => {
    child.kill('SIGINT');
    return closed;
  };
  ends.push(end);
  const next = async (): Promise<KataReport> => {
    while (lines.length === 0) await new Promise<void>((resolve) => (heard = resolve));
    const { katas } = JSON.parse(lines.shift()!) as { katas: KataReport[] };
    return katas[0]!;
  };
  /** The next report of which this holds; those before belong to a save in several steps. */
  const until = async (holds: (report: KataReport) => boolean): Promise<KataReport> => {
    for (;;) {
      const report = await next();
      if (holds(report)) return report;
    }
  };
  return { next, until, end, lines };
}

const outcomeIs = (outcome: string) => (report: KataReport) => report.outcome === outcome;

describe('watch', () => {
  it('checks at once and on every save, in place, by a rename, through a copy; Ctrl-C ends it 130', async () => {
    const learner = await inWorkspace();
    const watch = watching(learner, 'lstm-step');
    expect(await watch.next()).toMatchObject({ id: 'lstm-step', outcome: 'notImplemented' });

    learner.write(lstm, swapped());
    expect(await watch.until(outcomeIs('failed'))).toMatchObject({
      diagnosis: { mistake: 'forget-and-input-swapped' },
    });

    learner.write('katas/30-lstm/.saving.tmp', solutionOf(lstm));
    fs.renameSync(learner.path('katas/30-lstm/.saving.tmp'), learner.path(lstm));
    await watch.until(outcomeIs('passed'));

    fs.renameSync(learner.path(lstm), learner.path(`${lstm}~`));
    learner.write(lstm, 'const = 1;');
    await watch.until(outcomeIs('doesNotCompile'));

    // Another kata's file: it is the one that is checked now. So is the last, after a file of no kata.
    learner.write('katas/40-gru/gru-step.ts', solutionOf('katas/40-gru/gru-step.ts'));
    await watch.until(({ id, outcome }) => id === 'gru-step' && outcome === 'passed');
    learner.write('katas/40-gru/mine.ts', 'export const one = 1;');
    expect(await watch.next()).toMatchObject({ id: 'gru-step', outcome: 'passed' });

    expect(await watch.end()).toBe(130);
    const history = learner.read('history.jsonl').toString();
    expect(history.match(/"outcome":"passed"/g)!.length).toBeGreaterThanOrEqual(3);
  });

  it('a save while a check runs starts it again: the loop is given up, and not recorded', async () => {
    const learner = await inWorkspace();
    learner.write(lstm, solutionOf(lstm).replace('const H =', 'for (;;);\n  const H ='));
    const watch = watching(learner, 'lstm-step', '--timeout', '60');
    // Saved again and again, as nothing tells when the loop began; each save would be heard.
    const saving = setInterval(() => learner.write(lstm, solutionOf(lstm)), 2500);
    expect(await watch.next()).toMatchObject({ outcome: 'passed' });
    clearInterval(saving);
    expect(await watch.end()).toBe(130);
    expect(learner.read('history.jsonl').toString()).not.toContain('exited');
  });

  it('refuses what it cannot watch', async () => {
    const learner = await inWorkspace();
    expectRefusal(await learner.bptt(['watch', 'lstm-stp']), 'Did you mean lstm-step?');
    expectRefusal(await learner.bptt(['watch', 'lstm-step', 'gru-step']), 'takes one kata');
    fs.rmSync(learner.path('bptt.json'));
    expectRefusal(await learner.bptt(['watch']), 'not inside a workspace');
  });
});

const hasScript = spawnSync('script', ['--version']).status === 0;

describe.runIf(hasScript)('watch on a terminal', () => {
  it('keeps the solution back, and names the keys that help, not what a shell would type', async () => {
    const { folder: cwd, home } = await inWorkspace();
    const terminal = new Terminal(['watch', 'lstm-step'], { cwd, home, rows: 24 });
    await terminal.see('not implemented yet');
    terminal.press('s');
    const screen = await terminal.see('history');
    expect(screen).toMatch(/You have not passed lstm-step yet: h gives a hint; S, a\s+capital/);
    expect(screen).not.toContain('--reveal');
    terminal.press('S');
    await terminal.see("from 'bptt/kata'");
    terminal.press('q');
    expect((await terminal.end()).status).toBe(0);
  });
});
