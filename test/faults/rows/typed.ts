/** Terminal rows: what is typed, and names that would write on the screen. */
import path from 'node:path';
import type { CommandFault, Row } from '../row.js';

const row = (
  id: string,
  threat: string,
  control: string,
  provoke: Omit<CommandFault, 'by'>,
): Row => ({ id, threat, control, provoke: { by: 'command', ...provoke } });

const hostile = '\u001b[2J\u009b2J\u0007\u202ered\r\nbptt: all is well';
const sentence = /^bptt: [^\n]*[.?]\n$/;

export const typed: readonly Row[] = [
  ...[
    '',
    '12abc',
    '0x10',
    '1e3',
    'NaN',
    'Infinity',
    '-1',
    '0',
    '99999999999999999999',
    ' 5',
    '５',
  ].map((value, k) =>
    row(`number-${k + 1}`, `--count=«${value}»`, 'digits in a range, else exit 2', {
      args: ['quiz', `--count=${value}`],
      status: 2,
      stderr: /^bptt: --count needs a whole number from 1 to 500[^\n]*\n$/,
    }),
  ),
  ...['../../etc/passwd', 'con', '🙂', '__proto__', 'x'.repeat(1e5), hostile].map((name, k) =>
    row(
      `name-${k + 1}`,
      `a kata called «${name.length > 20 ? 'a name of 100,000 letters, or escapes' : name}»`,
      'ids of the catalogue only',
      {
        args: ['check', name],
        status: 2,
        stderr: sentence,
      },
    ),
  ),
  row('no-command', 'a command that does not exist', 'the nearest one, exit 2', {
    args: ['chek'],
    status: 2,
    stderr: /^bptt: There is no command «chek»\. Did you mean check\?[^\n]*\n$/,
  }),
  row('no-flag', 'a flag that does not exist', 'one sentence, exit 2', {
    args: ['check', '--fast'],
    status: 2,
    stderr: sentence,
  }),
  row(
    'hostile-folder',
    'a workspace whose name clears the screen',
    'names are made safe when they are shown',
    {
      args: ['init', `${hostile}/ws`],
      status: 2,
      stderr: sentence,
    },
  ),
  row(
    'hostile-folder-made',
    'a folder whose name clears the screen, and is made',
    'names are made safe when they are shown',
    {
      args: ['init', '../outside/a\u001b[2Jb\u009b2Jc\u202e'],
      shell: '"$@"; status=$?; find "$TMPDIR/../outside" -mindepth 1 -delete; exit $status',
      status: 0,
      stdout: /^Made a workspace in .*outside\/abc: \d+ files\.\n/,
    },
  ),
  row(
    'hostile-folder-json',
    'the same, under --json',
    'JSON with every control character escaped',
    {
      args: ['init', '../outside/a\u001b[2Jb\u009b2Jc\u202e', '--json'],
      shell: '"$@"; status=$?; find "$TMPDIR/../outside" -mindepth 1 -delete; exit $status',
      status: 0,
      after: (_, { stdout }) => {
        const { workspace } = JSON.parse(stdout) as { workspace: string };
        if (path.basename(workspace) !== 'a\u001b[2Jb\u009b2Jc\u202e')
          throw new Error('another name');
      },
    },
  ),
  row(
    'hostile-answers',
    'an answers file whose name and content clear the screen',
    'both are made safe',
    {
      args: ['quiz', '--count', '1', '--seed', '5', '--answers', `${hostile}.txt`],
      status: 2,
      stderr: sentence,
    },
  ),
];
