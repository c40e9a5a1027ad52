/** What every command owes its shell: JSON where asked, one line for an error, colour and width as told. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { table } from '../../src/commands/table.js';
import {
  Learner,
  expectRefusal,
  expectToFit,
  inWorkspace,
  lstm,
  node,
  shared,
  swapped,
} from './bptt.js';

/** As they are typed; bptt home is typed as bptt. */
const commands = Object.keys(table)
  .map((name) => name.replace(':', ' '))
  .filter((name) => name !== 'home');
const escape = '\u001b';

describe.concurrent('--json', () => {
  it.each([
    [0, ['list']],
    [0, ['walk']],
    [0, ['walk', 'lstm']],
    [0, ['stats']],
    [0, ['export', 'history']],
    [0, ['export', 'cards']],
    [0, ['cards']],
    [0, ['learn']],
    [0, ['interview', '--list']],
    [0, ['quiz', '--list']],
    [0, ['diff', 'lstm-step', '--reveal']],
    [0, ['autocomplete', 'fish']],
    [0, ['hint', 'lstm-step']],
    [0, ['solution', 'lstm-step', '--reveal']],
    [0, ['gradcheck', 'rnn', '--steps', '2']],
    [1, ['check', 'rnn-step']],
  ])('ends %i with a report: %j', async (status, args) => {
    const learner = await inWorkspace();
    const ran = await learner.bptt([...args, '--json'], shared);
    expect(ran).toMatchObject({ status, stderr: '' });
    expect(ran.json()).not.toHaveProperty('error');
  });

  it.each([
    [2, ['list', 'lists']],
    [2, ['walk', 'lstmm']],
    [2, ['walk', 'lstm', 'gru']],
    [2, ['walk', 'lstm', '--answers', 'x']],
    [2, ['stats', 'all']],
    [2, ['export', 'cards', '--format', 'pdf']],
    [2, ['quiz', '--interview-date', 'soon']],
    [2, ['hint', 'nope']],
    [2, ['bench', 'memory', 'x']],
    [2, ['bench', 'speed', '--only', '']],
    [2, ['interview', '--list', 'rnn']],
    [2, ['interview', '--list', '--resume']],
    [2, ['interview', '--last', '--seed', '1']],
    [2, ['cards', '--example', 'x.yaml']],
    [2, ['dev', 'check', 'nope']],
    [2, ['learn', 'lstmm']],
    [2, ['autocomplete', 'fish', 'x']],
    [1, ['diff', 'lstm-step']],
    [2, ['solution', 'nope']],
    [1, ['solution', 'lstm-step']],
    [2, ['reset', 'lstm-step']],
    [2, ['undo', 'lstm-step']],
    [2, ['check', '../x']],
    [2, ['check', '--timeout', 'long']],
    [2, ['gradcheck', 'lstm', '--hidden', '0']],
    [2, ['gradcheck', 'lstm', '--hidden', '256', '--steps', '1000']],
    [2, ['gradcheck']],
    [2, ['init', 'bptt.json']],
  ])('ends %i with an error: %j, and with the same sentence without it', async (status, args) => {
    const learner = await inWorkspace();
    const ran = await learner.bptt([...args, '--json'], shared);
    expect(ran).toMatchObject({ status, stderr: '' });
    const { error } = ran.json() as { error: { message: string; exitCode: number } };
    expect(error.exitCode).toBe(status);
    expect(await learner.bptt(args, shared)).toMatchObject({
      status,
      stdout: '',
      stderr: `bptt: ${error.message}\n`,
    });
  });
});

describe.concurrent('a name that is none', () => {
  it.each([
    ['chek', 'Did you mean check?'],
    ['grad-check', 'Did you mean gradcheck?'],
    ['quite-another-thing', 'bptt --help'],
    ['bench memor', 'Did you mean bench memory?'],
    ['bench nope', 'There are bench memory, bench speed.'],
    ['export cart', 'Did you mean export cards?'],
    ['autocomplete nope', 'There are bash, zsh, fish, powershell.'],
    ['autocomplete bsh', 'Did you mean bash?'],
    ['autocomplete zsh x', 'takes one shell'],
    ['help nope', 'bptt --help'],
    ['help gradchek', 'Did you mean gradcheck?'],
    ['help bench memor', 'Did you mean bench memory?'],
    ['__proto__', 'bptt --help'],
    ['constructor', 'bptt --help'],
  ])('%s is no command', async (name, says) => {
    expectRefusal(await node(name.split(' '), shared), says);
  });

  it.each([
    [['check', '--sed', '7'], 'Did you mean --seed?'],
    [['gradcheck', 'lstm', '--method', 'complexstep'], 'Did you mean complex-step?'],
    [['export', 'history', '--format', 'cvs'], 'Did you mean csv?'],
    [['quiz', '--topic', 'lstmm'], 'Did you mean lstm?'],
    [['check', '--quite-another'], 'Nonexistent flag: --quite-another.'],
  ])('%j has a flag or a value that is none', async (args, says) => {
    expectRefusal(await node(args, shared), says);
  });

  it.each([
    ['hint', 'lstm-stp', 'Did you mean lstm-step?'],
    ['solution', 'gru_step', 'Did you mean gru-step?'],
    ['hint', '../../../../etc/passwd', 'There is no kata'],
    ['solution', '..\\..\\secret', 'There is no kata'],
    ['reset', 'x'.repeat(5000), 'There is no kata'],
    ['undo', '__proto__', 'There is no kata'],
  ])('%s %s is no kata', async (command, name, says) => {
    const learner = await inWorkspace();
    const before = learner.files();
    const ran = await learner.bptt([command, name], shared);
    expectRefusal(ran, says);
    expect(ran.stderr.length).toBeLessThan(300);
    expect(learner.files()).toEqual(before);
  });

  const hostile = '\u001b[2J\u0007\u202ered\r\nbptt: all is well';

  it.each([
    ['a command', [hostile]],
    ['a kata', ['hint', hostile]],
    ['a cell', ['gradcheck', hostile]],
    ['a number', ['gradcheck', 'lstm', '--hidden', hostile]],
    ['a mistake', ['gradcheck', 'lstm', '--mistake', hostile]],
    ['a method', ['gradcheck', 'lstm', '--method', hostile]],
    ['a flag', ['gradcheck', 'lstm', `--${hostile}`]],
    ['an argument too many', ['hint', 'lstm-step', hostile]],
    ['an argument of list', ['list', hostile]],
    ['a folder', ['init', `${hostile}/bptt.json/x`]],
  ])('%s with control characters is never echoed as it is', async (what, args) => {
    const learner = new Learner();
    if (what === 'a folder') learner.write(`${hostile}/bptt.json`, '{}');
    for (const more of [[], ['--json']]) {
      const ran = await learner.bptt([...args, ...more], shared);
      expect(ran.status).toBe(2);
      expect((ran.stdout + ran.stderr).replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\p{Bidi_Control}]/u,
      );
      if (more.length === 0) expectRefusal(ran);
    }
  });
});

it('--help has every exit code once, in order', async () => {
  const { stdout } = await node(['--help']);
  const [, section = ''] = stdout.split('EXIT CODES\n');
  const codes = [...section.matchAll(/^ {2}(\d+) +\S/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual([0, 1, 2, 3, 4, 70, 124, 130, 137]);
});

it('--help of a command says its summary once', async () => {
  const { stdout } = await node(['check', '--help']);
  const [summary = ''] = stdout.split('\n');
  expect(stdout.split(summary)).toHaveLength(2);
  expect(stdout).toContain('DESCRIPTION\n  Runs your file');
});

it.each(['20', '25', '30'])(
  '--help hangs what an exit code means at %s columns',
  async (COLUMNS) => {
    const { stdout } = await node(['--help'], { env: { COLUMNS } });
    const [, section = ''] = stdout.split('EXIT CODES\n');
    const lines = section.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(9);
    expect(lines.filter((line) => !/^ {2}(?:\d+ +| {5})\S/.test(line))).toEqual([]);
  },
);

describe.concurrent('colour', () => {
  const args = ['gradcheck', 'rnn', '--steps', '2'];

  it('is not put into a pipe, unless it is asked for', async () => {
    expect((await node(args)).stdout).not.toContain(escape);
    expect((await node(args, { env: { FORCE_COLOR: '1' } })).stdout).toContain(escape);
    expect((await node(args, { env: { FORCE_COLOR: '0' } })).stdout).not.toContain(escape);
  });

  it('is nothing that a word does not say as well', async () => {
    const learner = await inWorkspace();
    learner.write(lstm, swapped());
    for (const command of [['check', 'lstm-step', '--seed', '1'], ['list'], args]) {
      const without = (await learner.bptt(command)).stdout;
      const coloured = (await learner.bptt(command, { env: { FORCE_COLOR: '1' } })).stdout;
      const timeless = (text: string) => text.replace(/ *(?:\d+ ms|\d+\.\d s)/g, '');

      expect(timeless(coloured.replace(/\u001b\[\d+m/g, ''))).toBe(timeless(without));
      expect(without).toMatch(/[✓✗]/);
    }
  });

  it('goes where NO_COLOR is set, even when forced', async () => {
    for (const env of [{ NO_COLOR: '1', FORCE_COLOR: '1' }])
      for (const command of [args, ['gradcheck', 'nope'], ['check', '--help']]) {
        const { stdout, stderr } = await node(command, { env });
        expect(stdout + stderr).not.toContain(escape);
      }
  });
});

describe.concurrent('width', () => {
  it.each([40, 200])('%i columns are enough', async (columns) => {
    const learner = await inWorkspace();
    const options = { ...shared, env: { COLUMNS: String(columns) } };
    const text = async (...args: string[]) => (await learner.bptt(args, options)).stdout;
    expectToFit(await text('list'), columns);
    expectToFit(await text('check', 'rnn-bptt'), columns);
    expectToFit(await text('hint', 'lstm-step'), columns);
    learner.write(lstm, swapped());
    expectToFit(await text('check', 'lstm-step'), columns);
    learner.write(lstm, "export const lstmStep = () => { throw new Error('long '.repeat(99)); };");
    expectToFit(await text('check', 'lstm-step'), columns);
    expectToFit(await text('gradcheck', 'lstm', '--steps', '3'), columns);
    expectToFit(
      await text('gradcheck', 'gru', '--steps', '3', '--mistake', 'no-hidden-carry'),
      columns,
    );
  });

  it.each(['0', '1', 'wide', '1e9'])('COLUMNS=%s does no harm', async (COLUMNS) => {
    const { status, stdout } = await new Learner().bptt(['list'], { ...shared, env: { COLUMNS } });
    expect(status).toBe(0);
    expect(stdout).toContain('lstm-step');
  });
});

describe.concurrent('pipes and help', () => {
  it('a reader that has gone away ends it quietly', async () => {
    for (const args of [['list'], ['gradcheck', 'lstm', '--json'], ['hint', 'lstm-step']])
      expect(await new Learner().bptt(args, { deaf: true })).toMatchObject({
        status: 0,
        stderr: '',
      });
  });

  it.each(commands)('%s --help shows an example', async (command) => {
    const ran = await node([...command.split(' '), '--help'], shared);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(
      new RegExp(`^[^\\n]+(\\n[^\\n]+)?\\n\\nEXAMPLES\\n +\\$ bptt ${command}`),
    );
    expectToFit(ran.stdout.replaceAll(/^ +\$ .*$/gm, ''), 80); // what is typed stands on one line
  });

  it('--help names every command, --version the version', async () => {
    const help = await node(['--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    for (const command of commands)
      expect(help.stdout).toMatch(new RegExp(`^ +${command.split(' ')[0]!} `, 'm'));
    const version = await node(['--version']);
    expect(version).toMatchObject({ status: 0, stderr: '' });
    expect(version.stdout).toMatch(/^bptt\/\d+\.\d+\.\d+ /);
  });
});

describe.concurrent('a history that cannot be used', () => {
  it('from a newer version is read, not written, and ends 3', async () => {
    const learner = new Learner();
    const line = JSON.stringify({ v: 99, id: 'a', at: '2030-01-01T00:00:00.000Z', type: 'x' });
    fs.writeFileSync(`${learner.home}/history.jsonl`, `${line}\n`);
    const ran = await learner.bptt(['hint', 'lstm-step', '--json']);
    expect(ran.status).toBe(3);
    expect(ran.json()).toMatchObject({ level: 1 });
    expect(ran.stderr).toMatch(/^bptt: .*newer bptt.*\n$/);
    expect(fs.readFileSync(`${learner.home}/history.jsonl`, 'utf8')).toBe(`${line}\n`);
  });

  it('that is a folder is named, and ends 4', async () => {
    const learner = new Learner();
    fs.mkdirSync(`${learner.home}/history.jsonl`);
    const ran = await learner.bptt(['hint', 'lstm-step', '--json']);
    expect(ran.status).toBe(4);
    expect(ran.json()).toMatchObject({ level: 1 });
    expect(ran.stderr).toMatch(/^bptt: .*history\.jsonl.*\n$/);
  });
});
