/** State rows: a log that cannot be written, or not even read. The run goes on without it. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { eventsIn } from '../by-command.js';
import { anEvent } from '../place.js';
import type { CommandFault, Row } from '../row.js';
import { hint } from './logs.js';

const goesOn = 'the run goes on in memory, says so once, ends 4';

const notSaved = (more: Partial<CommandFault>): CommandFault => ({
  by: 'command',
  args: hint,
  status: 4,
  stdout: /"level": [12]/,
  stderr: /^bptt: [^\n]+\n$/,
  ...more,
});

/** Mounts a tiny file system over the data folder and fills it, in a mount namespace of its own. */
const tinyDisk =
  'mount -t tmpfs -o size=8k,mode=755 none "$BPTT_HOME" && head -c 8192 /dev/zero > "$BPTT_HOME/fill" 2>/dev/null; cd / && exec "$@"';
const canMount = ((): boolean => {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export const unwritable: readonly Row[] = [
  {
    id: 'disk-full',
    threat: 'the disk is full',
    control: goesOn,
    provoke: notSaved(
      canMount
        ? {
            shell: `unshare -rm /bin/sh -c '${tinyDisk}' sh "$@"`,
            stderr: /^bptt: .*(disk is full|bytes fit).*goes on.*not saved.*\n$/,
          }
        : {
            // Where no file system can be mounted: the same error by the limit of a file's size.
            shell: `trap '' XFSZ; ulimit -f 0; exec "$@"`,
            stderr: /^bptt: .*goes on.*not saved.*\n$/,
          },
    ),
  },
  {
    id: 'disk-full-half-line',
    threat: 'a file that may not grow any further, in the middle of a line',
    control: 'a write that falls short is not saved; what stood in the log stands',
    provoke: notSaved({
      setUp: (place) => {
        fs.appendFileSync(place.log, anEvent('pad', { pad: 'x'.repeat(860) }));
        place.write('size', String(fs.statSync(place.log).size));
      },
      shell: `trap '' XFSZ; ulimit -f 2; exec "$@"`,
      stderr: /^bptt: .*not saved.*\n$/,
      log: 'same',
    }),
  },
  {
    id: 'read-only-folder',
    threat: 'a folder in which one may not write',
    control: goesOn,
    provoke: notSaved({
      nobody: true,
      setUp: ({ log, workspace }) => {
        fs.rmSync(log);
        fs.chmodSync(workspace, 0o555);
      },
      stderr: /^bptt: .*there is no permission.*goes on.*\n$/,
    }),
  },
  {
    id: 'read-only-file',
    threat: 'a log that one may not write',
    control: goesOn,
    provoke: notSaved({
      nobody: true,
      setUp: ({ log }) => fs.chmodSync(log, 0o444),
      stderr: /^bptt: .*there is no permission.*goes on.*\n$/,
    }),
  },
  {
    id: 'unreadable-file',
    threat: 'a log that one may not read',
    control: goesOn,
    provoke: notSaved({
      nobody: true,
      setUp: ({ log }) => fs.chmodSync(log, 0o000),
      stderr: /^bptt: .*there is no permission.*\n$/,
    }),
  },
  {
    id: 'no-home',
    threat: 'HOME is unset, outside a workspace',
    control: 'the system’s record of the user, else exit 4 with a sentence',
    provoke: {
      by: 'command',
      args: ['list', '--json'],
      shell: 'cd /; exec "$@"',
      env: { HOME: undefined, BPTT_HOME: undefined, XDG_DATA_HOME: '/proc/nowhere' },
      status: 0,
    },
  },
  {
    id: 'no-user',
    threat: 'the user has no entry in the system’s list, and no SHELL, as in a container',
    control: 'nothing asks for either',
    provoke: { by: 'command', args: ['list'], nobody: 61_234, status: 0, stdout: /rnn-step/ },
  },
  {
    id: 'autocomplete-proc',
    threat: 'completion is to be written below a folder where none can be made',
    control: 'the folder is made first, one name after the other; exit 4',
    provoke: {
      by: 'command',
      args: ['autocomplete', 'bash'],
      env: { HOME: '/proc/nowhere' },
      status: 4,
      stderr: /^bptt: Could not write completion to [^\n]+\n$/,
    },
  },
  {
    id: 'junit-unwritable',
    threat: 'a report of --junit in a folder that may not be written to',
    control: 'the verdict is shown; one sentence, exit 4, no half file',
    provoke: {
      by: 'command',
      args: ['check', 'rnn-step', '--junit', '/proc/report.xml'],
      status: 4,
      stdout: /^rnn-step/,
      stderr: /^bptt: --junit: could not write \/proc\/report\.xml \(\w+\)\.\n$/,
      log: 'grown',
    },
  },
  {
    id: 'junit-disk-full',
    threat: 'the same on a disk that is full',
    control: 'the verdict is shown; one sentence, exit 4',
    provoke: {
      by: 'command',
      args: ['check', 'rnn-step', '--junit', '/dev/full'],
      status: 4,
      stdout: /^rnn-step/,
      stderr: /^bptt: --junit: could not write \/dev\/full \(ENOSPC\)\.\n$/,
      log: 'grown',
    },
  },
  {
    id: 'home-unwritable',
    threat: 'a data folder that cannot be made',
    control: goesOn,
    provoke: notSaved({
      shell: 'cd /; exec "$@"',
      env: { BPTT_HOME: '/proc/nowhere/deep' },
      stdout: /"level": 1/,
    }),
  },
  {
    id: 'home-is-a-file',
    threat: 'the data folder is a file',
    control: goesOn,
    provoke: notSaved({
      setUp: ({ home }) => fs.writeFileSync(path.join(home, 'file'), ''),
      shell: 'cd /; BPTT_HOME="$BPTT_HOME/file" exec "$@"',
      stdout: /"level": 1/,
    }),
  },
  {
    id: 'home-empty',
    threat: 'BPTT_HOME is set, and empty',
    control: 'as good as unset: no log is made in the folder one stands in',
    provoke: {
      by: 'command',
      args: hint,
      shell: 'cd "$TMPDIR"; BPTT_HOME= exec "$@"',
      env: { XDG_DATA_HOME: '/proc/nowhere' },
      status: 4,
      stderr: /\/proc\/nowhere\/bptt\/history\.jsonl/,
    },
  },
  {
    id: 'log-is-a-folder',
    threat: 'a folder has the log’s name',
    control: goesOn,
    provoke: notSaved({
      setUp: ({ log }) => {
        fs.rmSync(log);
        fs.mkdirSync(log);
      },
      stdout: /"level": 1/,
    }),
  },
  {
    id: 'log-is-a-pipe',
    threat: 'the log is a pipe that nobody reads',
    control: 'opened without waiting; exit 4',
    provoke: notSaved({
      setUp: ({ log }) => {
        fs.rmSync(log);
        execFileSync('mkfifo', [log]);
      },
      stdout: /"level": 1/,
    }),
  },
  {
    id: 'log-is-a-loop',
    threat: 'the log is a link that leads to itself',
    control: goesOn,
    provoke: notSaved({
      setUp: ({ log }) => {
        fs.rmSync(log);
        fs.symlinkSync(log, log);
      },
      stdout: /"level": 1/,
    }),
  },
  {
    id: 'quiz-not-saved',
    threat: 'the log cannot be written during a quiz',
    control: 'every question is still asked; said once, not once an answer',
    provoke: {
      by: 'command',
      args: ['quiz', '--count', '3', '--seed', '7', '--json'],
      shell: 'printf "1\\n1\\n1\\n" | "$@"; status=$?; exit $((status == 1 ? 4 : status))',
      nobody: true,
      setUp: ({ log }) => fs.chmodSync(log, 0o444),
      status: 4,
      stdout: /"asked": \[\s+\{[^]*\{[^]*\{/,
      stderr: /^bptt: [^\n]*not saved[^\n]*\n$/,
      after: ({ log }) => {
        if (eventsIn(log).length !== 1) throw new Error('the log changed');
      },
    },
  },
];
