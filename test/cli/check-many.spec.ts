/** `bptt check` beyond the workspace's one kata, and what stands beside it: files, folders, XML, proofs, diffs. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  Learner,
  expectRefusal,
  inWorkspace,
  lstm,
  root,
  shared,
  solutionOf,
  swapped,
} from './bptt.js';
import type { DifferenceLine } from '../../src/ui/difference.js';

const ours = path.join(root, 'test/kata/fixtures/our-katas');

describe.concurrent('check --all', () => {
  it('sums up what passed, failed and is open; --junit leaves whole XML and no other file', async () => {
    const learner = await inWorkspace(shared);
    learner.write(lstm, swapped());
    learner.write('katas/40-gru/gru-step.ts', solutionOf('katas/40-gru/gru-step.ts'));
    const before = Object.keys(learner.files());
    const ran = await learner.bptt(['check', '--all', '--junit', 'report.xml']);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toMatch(
      /^\d+ katas {2}✓ 1 passed {3}✗ 1 failed {3}· \d+ not implemented yet/,
    );
    expect(ran.stdout).toContain('lstm-step: You have the forget and input gates swapped');
    const xml = learner.read('report.xml').toString();
    expect(xml).toMatch(/^<\?xml [^]*<\/testsuites>\n$/);
    expect(xml).toContain('<testsuite name="lstm-step"');
    const added = Object.keys(learner.files()).filter((name) => !before.includes(name));
    expect(added.sort()).toEqual(['history.jsonl', 'report.xml']);
  });

  it('--junit - writes XML and nothing else; a place where none can be written ends 4', async () => {
    const learner = await inWorkspace(shared);
    const ran = await learner.bptt(['check', 'rnn-step', '--junit', '-']);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toMatch(/^<\?xml [^]*<\/testsuites>\n$/);
    const full = await learner.bptt(['check', 'rnn-step', '--junit', '/dev/full']);
    expect(full.status).toBe(4);
    expect(full.stderr).toBe('bptt: --junit: could not write /dev/full (ENOSPC).\n');
    expect(full.stdout).toContain('rnn-step'); // the verdict is not lost
  });

  it.each([
    [['--all', 'lstm-step'], '--all'],
    [['--junit', '-', '--json', 'lstm-step'], '--junit -'],
    [['rnn-step', '--junit', ''], '--junit needs the name of a file'],
    [['rnn-step', '--junit', 'katas'], '--junit needs the name of a file'],
    [['rnn-step', '--junit', 'no/such/folder.xml'], '--junit: there is no folder «no/such»'],
    [['--file', lstm], '--file needs the id'],
    [['--file', lstm, 'lstm-step', 'rnn-step'], '--file needs the id'],
    [['--file', 'nowhere.ts', 'lstm-step'], 'there is no file «nowhere.ts»'],
    [['--file', 'katas', 'lstm-step'], 'not a regular file'],
    [['--katas', 'katas'], 'There is no folder'],
    [['--katas', ours, 'leaky-stp'], 'Did you mean leaky-step?'],
  ])('refuses %j, and records nothing', async (args, part) => {
    const learner = await inWorkspace(shared);
    const ran = await learner.bptt(['check', ...args]);
    if (args.includes('--json')) expect(ran.stdout).toContain(part);
    else expectRefusal(ran, part);
    expect(ran.status).toBe(2);
    expect(fs.existsSync(learner.path('history.jsonl'))).toBe(false);
  });
});

describe.concurrent('check --file', () => {
  it('checks anybody’s file anywhere, says whose, and leaves no trace', async () => {
    const learner = new Learner(shared);
    learner.write('answers/ada.ts', swapped());
    const before = learner.files();
    const args = ['check', '--file', 'answers/ada.ts', 'lstm-step'];
    const ran = await learner.bptt(args);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toContain('file: answers/ada.ts');
    expect(ran.stdout).toContain('gates swapped');
    expect(ran.stdout).not.toContain('card');
    const { katas } = (await learner.bptt([...args, '--json'])).json() as { katas: unknown[] };
    expect(katas).toMatchObject([{ id: 'lstm-step', file: 'answers/ada.ts', outcome: 'failed' }]);
    expect(learner.files()).toEqual(before);
    expect(fs.readdirSync(learner.home)).toEqual([]);
  });

  it('neither records in the workspace that one stands in nor looks at its file', async () => {
    const learner = await inWorkspace(shared);
    const other = new Learner(shared);
    other.write('mine.ts', solutionOf(lstm));
    const ran = await learner.bptt(['check', 'lstm-step', '--file', other.path('mine.ts')]);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(fs.existsSync(learner.path('history.jsonl'))).toBe(false);
  });
});

describe.concurrent('--katas', () => {
  it('list, reset, check, hint, solution and diff go through a folder of one’s own', async () => {
    const learner = await inWorkspace(shared);
    const bptt = (...args: string[]) => learner.bptt([...args, '--katas', ours]);
    expect((await bptt('list')).stdout).toContain('leaky-step');
    expect((await bptt('reset', 'leaky-step')).status).toBe(0);
    expect((await bptt('check')).stdout).toContain('leakyStep still throws NotImplemented');
    expect((await bptt('hint', 'leaky-step')).stdout).toContain('mixture');
    expect((await bptt('solution', 'leaky-step')).status).toBe(1);
    const solution = fs.readFileSync(path.join(ours, 'solutions/90-ours/leaky-step.ts'), 'utf8');
    learner.write('katas/90-ours/leaky-step.ts', solution);
    expect((await bptt('check', 'leaky-step')).stdout).toMatch(/^leaky-step {2}✓ passed/);
    expect((await bptt('diff', 'leaky-step')).stdout).toContain('They are the same.');
    expectRefusal(await learner.bptt(['check', 'leaky-step']), 'There is no kata');
    expect((await bptt('undo', 'leaky-step')).status).toBe(2); // nothing to bring back yet
    expect((await bptt('reset', 'leaky-step')).status).toBe(0);
    expect((await bptt('undo', 'leaky-step')).stdout).toContain('is back as it was.');
  });
});

describe.concurrent('what to type next, of a folder of one’s own', () => {
  /** The commands about katas in a text, each up to its end. */
  const commands = (text: string): string[] =>
    text
      .split(/(?=\bbptt )/)
      .filter((part) => /^bptt (?:check|watch|hint|solution|diff|list|undo|reset)\b/.test(part));

  it('names the folder again, as it was named, whatever the command', async () => {
    const learner = await inWorkspace(shared);
    const copy = new Learner(shared);
    fs.cpSync(ours, copy.path('our katas'), { recursive: true });
    const folder = path.relative(learner.folder, copy.path('our katas'));
    const file = 'katas/90-ours/leaky-step.ts';
    const solution = fs.readFileSync(path.join(ours, 'solutions/90-ours/leaky-step.ts'), 'utf8');
    const said: string[] = [];
    const bptt = async (...args: string[]): Promise<void> => {
      const { stdout, stderr } = await learner.bptt([...args, '--katas', folder]);
      said.push(...commands((stdout + stderr).replaceAll(/\s+/g, ' ')));
    };
    await bptt('diff', 'leaky-step'); // there is no file: reset
    await bptt('reset', 'leaky-step');
    await bptt('check'); // hint
    await bptt('diff', 'leaky-step'); // hint, solution
    await bptt('solution', 'leaky-step'); // hint
    for (const level of ['1', '3']) await bptt('hint', 'leaky-step', '--level', level);
    learner.write(file, solution.replace('tanh', 'sin'));
    await bptt('check', 'leaky-step'); // hint, check
    learner.write(file, solution);
    await bptt('check', 'leaky-step'); // solution, diff, list
    await bptt('reset', 'leaky-step'); // undo
    await bptt('diff', 'leaky-step'); // check, solution
    await bptt('check', 'leakystep'); // list
    const names = ['reset', 'hint', 'check', 'solution', 'diff', 'list', 'undo'];
    expect(new Set(said.map((one) => one.split(' ')[1]))).toEqual(new Set(names));
    const without = said.filter((one) => !one.includes(` --katas '${folder}'`));
    expect(without).toEqual([]);
  });
});

describe.concurrent('dev check', () => {
  it('proves a folder’s katas, and says what does not hold', async () => {
    const learner = new Learner(shared);
    fs.cpSync(ours, learner.folder, { recursive: true });
    const proved = await learner.bptt(['dev', 'check']);
    expect(proved).toMatchObject({ status: 0, stderr: '' });
    expect(proved.stdout).toMatch(/^leaky-step {2}✓ proved/);
    fs.rmSync(learner.path('solutions'), { recursive: true });
    const ran = await learner.bptt(['dev', 'check', '.', 'leaky-step', '--json']);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    const { holds, katas } = ran.json() as {
      holds: boolean;
      katas: { claims: { name: string; holds: boolean; says: string[] }[] }[];
    };
    expect(holds).toBe(false);
    expect(katas[0]!.claims.filter((claim) => !claim.holds)).toMatchObject([
      { says: [expect.stringContaining('There is no file solutions/90-ours/leaky-step.ts')] },
    ]);
  });

  it.each([
    [[], 'There is no folder'],
    [['nothing-like-it'], 'There is no kata «nothing-like-it»'],
    [[ours, root], 'One folder at a time'],
  ])('refuses %j', async (args, part) => {
    expectRefusal(await new Learner(shared).bptt(['dev', 'check', ...args]), part);
  });
});

describe.concurrent('diff', () => {
  it('is kept back until a pass or --reveal, like the solution', async () => {
    const learner = await inWorkspace(shared);
    learner.write(lstm, swapped());
    const refused = await learner.bptt(['diff', 'lstm-step']);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^bptt: .*--reveal.*\n$/);
    const ran = await learner.bptt(['diff', 'lstm-step', '--reveal']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^- +\d+ .*i \* cPrev\[j\] \+ f \* g/m);
    expect(ran.stdout).toMatch(/^\+ +\d+ .*f \* cPrev\[j\] \+ i \* g/m);
    expect(learner.read('history.jsonl').toString()).toContain('"revealed"');
    expect((await learner.bptt(['solution', 'lstm-step'])).status).toBe(0);
  });

  it('counts what is yours, not what the stub says; a stub alone is not begun', async () => {
    const learner = await inWorkspace(shared);
    const stub = learner.read(lstm).toString();
    const closed = await learner.bptt(['diff', 'lstm-step']);
    expect(closed).toMatchObject({ status: 1, stdout: '' });
    expect(closed.stderr).toMatch(/You have not begun lstm-step.*bptt solution lstm-step --reveal/);
    expect(fs.existsSync(learner.path('history.jsonl'))).toBe(false);
    const open = await learner.bptt(['diff', 'lstm-step', '--reveal']);
    expect(open.stdout).toMatch(/You have not begun[^]*bptt solution lstm-step/);

    const comment = /\/\*\*[^]*?\*\/\n/.exec(stub)![0];
    const hostile = '// \u001b[2J\n';
    learner.write(lstm, hostile + solutionOf(lstm).replace('export interface', `${comment}$&`));
    const ran = await learner.bptt(['diff', 'lstm-step', '--json']);
    const { begun, lines } = ran.json() as { begun: boolean; lines: DifferenceLine[] };
    expect(begun).toBe(true);
    const mine = lines.filter((line) => line.in === 'yours');
    expect(mine.map(({ stub }) => stub === true)).toEqual([
      false,
      ...comment
        .trimEnd()
        .split('\n')
        .map(() => true),
    ]);
    expect((await learner.bptt(['diff', 'lstm-step'])).stdout).toMatch(/^- +1 +\/\/\n/m);
  });

  it('refuses where there is nothing to compare', async () => {
    const learner = await inWorkspace(shared);
    fs.rmSync(learner.path(lstm));
    expectRefusal(await learner.bptt(['diff', 'lstm-step', '--reveal']), 'bptt reset lstm-step');
    expect(fs.existsSync(learner.path('history.jsonl'))).toBe(false);
    expectRefusal(await new Learner(shared).bptt(['diff', 'lstm-step']), 'not inside a workspace');
  });
});

describe.concurrent('a kata named by its path', () => {
  it('is the kata of that file, once, also by two names and from its folder', async () => {
    const learner = await inWorkspace(shared);
    for (const args of [[`./${lstm}`], [learner.path(lstm), 'lstm-step', lstm]]) {
      const ran = await learner.bptt(['check', ...args, '--json']);
      expect(ran).toMatchObject({ status: 1, stderr: '' });
      expect((ran.json() as { katas: unknown[] }).katas).toEqual([
        expect.objectContaining({ id: 'lstm-step', outcome: 'notImplemented' }),
      ]);
    }
    const cwd = learner.path('katas/30-lstm');
    for (const command of ['hint', 'reset']) {
      fs.rmSync(learner.path(lstm), { force: true });
      const ran = await learner.bptt([command, 'lstm-step.ts', '--json'], { cwd });
      expect(ran.json()).toMatchObject({ kata: 'lstm-step' });
    }
  });
});

describe.concurrent('what comes next', () => {
  const one = 'katas/10-rnn/rnn-step.ts';

  it('is offered after a pass, and only then', async () => {
    const learner = await inWorkspace(shared);
    learner.write(one, solutionOf(one));
    const text = (await learner.bptt(['check', 'rnn-step'])).stdout;
    expect(text).toMatch(/\n {2}next: bptt watch rnn-forward\n$/);
    const report = await learner.bptt(['check', 'rnn-step', '--json']);
    expect(report.json()).toMatchObject({ next: 'rnn-forward' });
    for (const args of [['lstm-step'], ['rnn-step', 'lstm-step'], ['--file', one, 'rnn-step']]) {
      expect((await learner.bptt(['check', ...args])).stdout).not.toContain('next:');
      const ran = await learner.bptt(['check', ...args, '--json']);
      expect(ran.json()).not.toHaveProperty('next');
    }
  });

  it('several that passed say it once, below the summary', async () => {
    const learner = await inWorkspace(shared);
    const two = 'katas/10-rnn/rnn-forward.ts';
    for (const file of [one, two]) learner.write(file, solutionOf(file));
    const { stdout } = await learner.bptt(['check', 'rnn-forward', 'rnn-step']);
    expect(stdout.match(/next: .*/g)).toEqual(['next: bptt watch softmax-cross-entropy']);
  });
});
