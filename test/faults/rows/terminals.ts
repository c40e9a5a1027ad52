/** Terminal rows: pipes, colours, widths and signals. */
import fs from 'node:fs';
import { fits } from '../../ui/pages.js';
import { inStep, rightAnswer } from './source.js';
import type { Place } from '../place.js';
import type { CommandFault, Row } from '../row.js';

const row = (
  id: string,
  threat: string,
  control: string,
  provoke: Omit<CommandFault, 'by'>,
): Row => ({ id, threat, control, provoke: { by: 'command', ...provoke } });

const quietly = 'EPIPE ends it at once, quietly, with 0';

export const pipes: readonly Row[] = [
  row('pipe-head', 'bptt list | head -1', quietly, {
    args: ['list'],
    shell: '{ "$@"; echo "status $?" >&2; } | head -1',
    status: 0,
    stdout: /^ *kata .*\n$/,
    stderr: /^status 0\n$/,
  }),
  row('pipe-closed', 'nobody reads: bptt list | true', quietly, {
    args: ['list', '--json'],
    shell: '{ sleep 0.2; "$@"; echo "status $?" >&2; } | true',
    status: 0,
    stderr: /^status 0\n$/,
  }),
  row('stdout-closed', 'standard output is closed', 'Node opens /dev/null in its place', {
    args: ['list'],
    shell: 'exec "$@" >&-',
    status: 0,
  }),
  row('stdout-full', 'standard output is a full disk', 'one sentence, exit 4', {
    args: ['list'],
    shell: 'exec "$@" > /dev/full',
    status: 4,
    stderr: /^bptt: the output could not be written.*ENOSPC.*\n$/,
  }),
  row('stderr-closed', 'standard error is closed', 'the exit code says it as well', {
    args: ['hint', 'nope'],
    shell: 'exec "$@" 2>&-',
    status: 2,
  }),
  row('stdin-quiz', 'a quiz without anyone to answer', 'the end of the input ends the quiz', {
    args: ['quiz', '--count', '2', '--seed', '1'],
    status: 0,
  }),
  row('stdin-garbage', 'a quiz answered with bytes', 'what cannot be read is told, and no answer', {
    args: ['quiz', '--count', '3', '--seed', '1'],
    shell: String.raw`printf '\377\376\033[2J\n\000\n%s\n' "$(head -c 5000 /dev/zero | tr '\0' x)" | "$@"`,
    status: 1,
  }),
  row('cwd-gone', 'the folder one stands in was removed', 'one sentence, exit 2', {
    args: ['list'],
    shell: 'mkdir "$TMPDIR/gone" && cd "$TMPDIR/gone" && rmdir "$TMPDIR/gone" && exec "$@"',
    status: 2,
    stderr: /bptt: The folder that you stand in no longer exists: cd into another one\.\n$/,
  }),
  row('tmpdir-gone', 'there is no folder for temporary files', 'told as the reason; exit 1', {
    args: ['check', 'rnn-step'],
    source: rightAnswer,
    env: { TMPDIR: '/nonexistent' },
    status: 1,
    // The reason is folded to the width, at places that the length of a path decides.
    stdout: /could\s+not\s+be\s+started:\s+ENOENT/,
    log: 'grown',
  }),
];

/** Each command as one would type it; none may wait for ever when nobody is there. */
const everyCommand: readonly (readonly string[])[] = [
  ['home'],
  ['tour'],
  ['init', '.'],
  ['list'],
  ['walk', 'lstm'],
  ['check', 'rnn-step'],
  ['hint', 'gru-step'],
  ['solution', 'gru-step'],
  ['reset', 'gru-step'],
  ['undo', 'gru-step'],
  ['quiz'],
  ['interview'],
  ['gradcheck', 'rnn'],
  ['doctor'],
  ['diff', 'gru-step'],
  ['stats'],
  ['cards'],
  ['learn', 'lstm'],
  ['export', 'cards', '--json'],
  ['export', 'history'],
  ['dev', 'check', 'gru-step'],
  ['autocomplete', 'fish'],
  ['bench', 'memory', '--steps', '4', '--modes', 'lstm-streaming'],
];
/** Commands of two words. */
const topics = ['autocomplete', 'bench', 'dev', 'export'];
const nameOf = ([first, second]: readonly string[]): string =>
  topics.includes(first!) ? `${first!}-${second!}` : first!;
const ends: Readonly<Record<string, number>> = {
  check: 1,
  solution: 1,
  diff: 1,
  reset: 2,
  undo: 2,
};

export const alone: readonly Row[] = everyCommand.map((args) =>
  row(
    `alone-${nameOf(args)}`,
    `bptt ${args.join(' ')} with nobody there`,
    'no terminal, no question',
    {
      args,
      shell: 'exec "$@" < /dev/null',
      status: ends[args[0]!] ?? 0,
      ...(['check', 'hint', 'gradcheck', 'learn'].includes(args[0]!)
        ? { log: 'grown' as const }
        : {}),
      stderr: /^([^\n]*\n)?$/,
    },
  ),
);

const narrow =
  (columns: number) =>
  (_: Place, { stdout }: { stdout: string }) => {
    const wide = stdout.split('\n').filter((line) => !fits(line, columns));
    if (wide.length > 0) throw new Error(`wider than ${columns}: ${wide[0]!}`);
  };

export const looks: readonly Row[] = [
  row('no-color', 'NO_COLOR, though colour is forced', 'NO_COLOR wins', {
    args: ['check', 'rnn-step'],
    env: { NO_COLOR: '1', FORCE_COLOR: '1' },
    status: 1,
    log: 'grown',
  }),
  row('force-color-0', 'FORCE_COLOR=0', 'no colour', {
    args: ['list'],
    env: { FORCE_COLOR: '0' },
    status: 0,
  }),
  row('term-dumb', 'TERM=dumb on a terminal', 'text, no colour, no screen', {
    args: ['list'],
    env: { TERM: 'dumb' },
    shell: `script -qec "$(printf "'%s' " "$@")" /dev/null < /dev/null | tr -d '\\r'`,
    status: 0,
    stdout: /rnn-step/,
  }),
  row(
    'zero-columns',
    'a terminal that says it has 0 columns',
    'the width has a floor and a default',
    {
      args: ['list'],
      env: { TERM: 'dumb' },
      shell: `script -qec "stty cols 0 rows 0; $(printf "'%s' " "$@")" /dev/null < /dev/null | tr -d '\\r'`,
      status: 0,
      stdout: /rnn-step/,
      after: narrow(120),
    },
  ),
  ...[20, 40, 80, 200].flatMap((columns) =>
    (
      [
        ['list', 0],
        ['check', 1],
      ] as const
    ).map(([command, status]) =>
      row(
        `columns-${columns}-${command}`,
        `${columns} columns for ${command}`,
        'one layout, wrapped by width',
        {
          args: command === 'list' ? ['list'] : ['check', 'rnn-step'],
          source: inStep('console.log("wide ".repeat(60)); return { h: x };'),
          env: { COLUMNS: String(columns) },
          status,
          log: 'grown',
          after: narrow(columns),
        },
      ),
    ),
  ),
  row('columns-garbage', 'COLUMNS=1e9', 'digits in a range, else 80', {
    args: ['list'],
    env: { COLUMNS: '1e9' },
    status: 0,
    after: narrow(120),
  }),
];

const loops = inStep('for (;;);');
const groupEnds = 'the host’s group is killed in the handler; its folder is removed';

export const signals: readonly Row[] = [
  ...(
    [
      ['start', 60],
      ['child', 0],
      ['child', 60],
      ['child', 600],
    ] as const
  ).map(([when, afterMs], k) =>
    row(
      `ctrl-c-${k + 1}`,
      `Ctrl-C ${afterMs} ms after ${when === 'start' ? 'the start' : 'the kata’s process started'}`,
      groupEnds,
      {
        args: ['check', 'rnn-step', '--timeout', '60'],
        source: loops,
        signal: { name: 'SIGINT', when, afterMs },
        status: 130,
      },
    ),
  ),
  ...(['SIGTERM', 'SIGHUP'] as const).map((name) =>
    row(`signal-${name.slice(3).toLowerCase()}`, `${name} during a check`, groupEnds, {
      args: ['check', 'rnn-step', '--timeout', '60'],
      source: loops,
      signal: { name, when: 'child', afterMs: 200 },
      status: name === 'SIGTERM' ? 143 : 129,
    }),
  ),
  row(
    'signal-kill',
    'the parent is killed by SIGKILL during a loop',
    'the kernel ends the child, where setpriv asks it to, else ulimit -t; bptt doctor tells of its folder',
    {
      args: ['check', 'rnn-step', '--timeout', '60'],
      source: loops,
      signal: { name: 'SIGKILL', when: 'child', afterMs: 100 },
      status: 137,
      after: ({ temporary }) => fs.rmSync(temporary, { recursive: true }),
    },
  ),
  row('ctrl-c-watch', 'Ctrl-C while a watch waits for a loop', groupEnds, {
    args: ['watch', 'rnn-step', '--timeout', '60'],
    source: loops,
    signal: { name: 'SIGINT', when: 'child', afterMs: 200 },
    status: 130,
  }),
  row('ctrl-c-gradcheck', 'Ctrl-C while a file’s gradient check waits for a loop', groupEnds, {
    args: ['gradcheck', '--file', 'loop.ts', '--timeout', '60'],
    setUp: (place) =>
      place.write(
        'loop.ts',
        'export const inputs = () => ({ x: new Float64Array(1) }), backward = inputs, forward = () => { for (;;); };',
      ),
    signal: { name: 'SIGINT', when: 'child', afterMs: 400 },
    status: 130,
  }),
  row('ctrl-c-quiz', 'Ctrl-C in a quiz on a terminal', 'the terminal is given back; 130', {
    args: ['quiz', '--seed', '3'],
    env: { TERM: 'xterm-256color' },
    shell: `{ sleep 2; printf '\\003'; sleep 2; } | script -qec "$(printf "'%s' " "$@")" /dev/null`,
    coloured: true,
    status: 130,
    after: (_, { stdout }) => {
      const [hidden, back] = [stdout.lastIndexOf('\u001b[?25l'), stdout.lastIndexOf('\u001b[?25h')];
      if (hidden < 0 || back < hidden) throw new Error('the cursor stays hidden');
    },
  }),
];
