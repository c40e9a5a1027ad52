/**
 * On a terminal of 80×24 what a command prints fits, or it is paged: a law over all commands. What a pager shows and
 * leaves behind is what the same command prints into a pipe. A screen that takes keys has its own specs.
 */
import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { afterAll, describe, expect, it } from 'vitest';
import { partsThatFit } from '../../src/ui/pager.js';
import type { CommandName } from '../../src/commands/table.js';
import { inWorkspace, type Learner } from './bptt.js';
import { Terminal } from './pty.js';

/** What each command is run with; null where it takes over the terminal, or is watched while it grows. */
const runs: Readonly<Record<CommandName, readonly string[] | null>> = {
  home: null, // a screen
  tour: null, // grows
  init: ['paged'],
  learn: ['lstm'],
  walk: [],
  list: [],
  check: ['rnn-step', '--seed', '1'],
  watch: null, // a screen
  hint: ['lstm-step', '--level', '1'],
  solution: ['lstm-step', '--reveal'],
  diff: ['lstm-step', '--reveal'],
  reset: ['lstm-step'],
  undo: ['lstm-step'],
  quiz: ['--list'],
  stats: [],
  cards: ['--example'],
  'export:cards': [],
  'export:history': [],
  interview: ['--list'],
  gradcheck: ['lstm', '--steps', '3'],
  flow: ['--steps', '9', '--hidden', '3'],
  claims: ['gru-parameters', 'gates-fixed'],
  doctor: [],
  'dev:check': null, // grows
  autocomplete: [],
  'autocomplete:fish': [],
  'bench:memory': ['--steps', '4..16', '--modes', 'lstm-streaming,lstm-bptt'],
  'bench:speed': null, // measures for many seconds
};

const columns = 80;
const rows = 24;
const ctrlC = '\u0003';
const footer = /enter \w+ · b back · q quit {3}1\/(\d+)/;

const terminals: Terminal[] = [];
afterAll(() => terminals.splice(0).forEach((terminal) => terminal.kill()));
const open = (
  { folder: cwd, home }: Learner,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Terminal => {
  const terminal = new Terminal(args, { cwd, home, columns, rows, env });
  terminals.push(terminal);
  return terminal;
};

/** How many rows of the terminal a text takes. */
const height = (text: string): number =>
  text
    .trimEnd()
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
const shown = (output: string): string =>
  stripVTControlCharacters(output)
    .replaceAll('\r', '')
    .replace(/^\/dev\/\S+\n/, '');
/** What differs from run to run. */
const timeless = (text: string): string => text.replaceAll(/ *[\d.,]+ m?s\b/g, '');

const hasScript = spawnSync('script', ['--version']).status === 0;

describe.runIf(hasScript).concurrent('on 80×24', () => {
  it.each(Object.entries(runs).filter(([, args]) => args !== null))(
    '%s fits, or is paged',
    async (id, args) => {
      const terminal = open(await inWorkspace(), [...id.split(':'), ...args!]);
      if (await terminal.seeOrEnd(footer)) {
        const [, pages] = footer.exec(await terminal.see(footer))!;
        expect(Number(pages)).toBeGreaterThan(1);
        terminal.press('q');
        await terminal.end();
      } else expect(height(shown((await terminal.end()).output))).toBeLessThan(rows);
    },
  );

  it.each([
    [['cards'], 'notes', 'bptt export cards --out bptt.txt'],
    [['history'], 'events', 'bptt export history --out history.json'],
    [['history', '--format', 'csv'], 'events', 'bptt export history --out history.csv'],
  ])('export %s says where to write instead of showing a file', async (args, what, command) => {
    const { status, output } = await open(await inWorkspace(), ['export', ...args]).end();
    expect(status).toBe(0);
    expect(shown(output).trim()).toMatch(new RegExp(`^\\d+ ${what}; ${command} writes them\\.$`));
  });

  it('Ctrl-C stops a measurement, and leaves no progress on the line', async () => {
    const terminal = open(await inWorkspace(), ['bench', 'speed', '--budget', '20']);
    await terminal.see(/4 of \d+: /);
    terminal.press(ctrlC);
    const { status, output } = await terminal.end();
    expect(status).toBe(130);
    expect(output.endsWith('\r\u001b[K')).toBe(true);
  });

  const long = ['quiz', '--list', '--topic', 'lstm'];
  const text = async (learner: Learner): Promise<string> =>
    (await learner.bptt(long, { env: { COLUMNS: String(columns) } })).stdout;

  it('what was read stays on the terminal, and nothing else', async () => {
    const learner = await inWorkspace();
    const all = (await text(learner)).trimEnd().split('\n');
    const parts = partsThatFit([all], rows, columns);
    const pages = parts.length;
    for (const screens of [1, 2, Infinity]) {
      const terminal = open(learner, long);
      await terminal.see(footer);
      for (let place = 1; place < Math.min(screens, pages); place++) {
        terminal.press(' ');
        await terminal.see(`${place + 1}/${pages}`);
      }
      terminal.press(screens === Infinity ? '\r' : 'q');
      const { status, output } = await terminal.end();
      expect(status).toBe(0);
      const read = all
        .slice(0, parts[Math.min(screens, pages) - 1]!.seen)
        .join('\n')
        .trimEnd();
      expect(shown(output).trimEnd().endsWith(`\n${read}`)).toBe(true);
    }
  });

  it('a failed command keeps its exit code when the pager is left, and Ctrl-C is 130', async () => {
    const learner = await inWorkspace();
    for (const [key, status] of [
      ['q', 1],
      [ctrlC, 130],
    ] as const) {
      const terminal = open(learner, ['check', 'rnn-step', 'gru-step', 'lstm-step']);
      await terminal.see(footer);
      terminal.press(key);
      expect((await terminal.end()).status).toBe(status);
    }
  });

  it('--help is paged like everything else', async () => {
    const terminal = open(await inWorkspace(), ['help', 'gradcheck']);
    expect(await terminal.see(footer)).toContain('EXAMPLES');
    terminal.press('q');
    expect((await terminal.end()).status).toBe(0);
  });

  it.each([
    { CI: 'true' },
    { TERM: 'dumb' },
    { PAGER: 'cat' },
    { BPTT_PAGER: '', PAGER: 'no-such-pager' },
    { INK_SCREEN_READER: 'true' },
    { BPTT_PAGER: 'no-such-pager 2> /dev/null' },
  ])('with %j all of it goes by', async (env) => {
    const learner = await inWorkspace();
    const { status, output } = await open(learner, long, env).end();
    expect(status).toBe(0);
    expect(shown(output)).toBe(await text(learner));
  });

  it('--json is never paged', async () => {
    const { status, output } = await open(await inWorkspace(), [...long, '--json']).end();
    expect(status).toBe(0);
    expect(JSON.parse(shown(output))).toHaveProperty('cards');
  });

  it('a pager of one’s own gets the whole text, and the exit code stays', async () => {
    const learner = await inWorkspace();
    const args = ['check', 'rnn-step', 'gru-step', 'lstm-step', '--seed', '1'];
    const { stdout } = await learner.bptt(args, { env: { COLUMNS: String(columns) } });
    const env = { BPTT_PAGER: 'sed s/^/@/', PAGER: 'cat' };
    const { status, output } = await open(learner, args, env).end();
    expect(status).toBe(1);
    const lines = [...shown(output).matchAll(/@(.*)$/gm)].map(([, line]) => line);
    expect(timeless(lines.join('\n'))).toBe(timeless(stdout.trimEnd()));
  });
});
