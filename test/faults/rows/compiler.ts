/** Kata and command rows: files that mean the compiler, which reads them before anything is contained. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { run } from '../by-command.js';
import { kataFile } from '../place.js';
import type { Row } from '../row.js';
import { inStep, onLoad } from './source.js';

const unread =
  'we read the files, with their real path and size looked at; the compiler opens none';
const limited = 'one build at a time, 512 MB and a deadline; then the compiler is ended';

/** Text that doubles with every line: 2²⁹ letters in 800 bytes. */
const doubling = `enum E { a0 = 'xxxxxxxxxxxxxxxx', ${Array.from({ length: 28 }, (_, k) => `a${k + 1} = a${k} + a${k}`).join(', ')} }`;

const lyingMap = Buffer.from(
  JSON.stringify({ version: 3, sources: ['\u001b[2J/etc/passwd'], mappings: ';AAAA'.repeat(99) }),
).toString('base64');

export const compiling: readonly Row[] = [
  {
    id: 'compile-doubling',
    threat: 'text that the compiler unfolds to gigabytes',
    control: limited,
    provoke: {
      by: 'command',
      args: ['check', 'rnn-step'],
      source: onLoad(doubling),
      // Which of the two limits is met first is the machine's.
      shell: '"$@"; status=$?; [ $status = 124 ] && exit 137; exit $status',
      status: 137,
      stdout: /Compiling\s+katas\/10-rnn\/rnn-step\.ts\s+(needed\s+more|took\s+longer)/,
      log: 'grown',
    },
  },
  {
    id: 'compile-everywhere',
    threat: 'a computed import that every file of the disk matches',
    control: limited,
    provoke: {
      by: 'kata',
      source: onLoad(`export const f = (n: string) => import('${'../'.repeat(20)}' + n);`),
      outcome: ['timedOut', 'outOfMemory', 'doesNotCompile'],
      says: /Compiling|computed name/,
    },
  },
  {
    id: 'compile-many-files',
    threat: 'a file that imports 300 others',
    control: 'all files of a kata have 1 MB together, each counts for 4 kB at least',
    provoke: {
      by: 'kata',
      source: onLoad(Array.from({ length: 300 }, (_, k) => `import './many/m${k}.js';`).join(' ')),
      setUp: (place) => {
        for (let k = 0; k < 300; k++) place.write(`katas/10-rnn/many/m${k}.ts`, '');
      },
      deadlineMs: 20_000,
      outcome: 'doesNotCompile',
      says: /one file too many/,
    },
  },
  {
    id: 'compile-map-device',
    threat: 'a comment that names an endless device as the source map',
    control: unread,
    provoke: {
      by: 'kata',
      source: `${inStep('')}\n//# sourceMappingURL=/dev/zero\n`,
      outcome: 'passed',
    },
  },
  {
    id: 'compile-map-lies',
    threat: 'a source map of its own, which names another file and clears the screen',
    control: 'a source map of the learner’s is not followed',
    provoke: {
      by: 'kata',
      source: `${inStep(`throw new Error('here');`)}\n//# sourceMappingURL=data:application/json;base64,${lyingMap}\n`,
      outcome: 'threw',
      says: /here.* at katas\/10-rnn\/rnn-step\.ts:\d+/,
    },
  },
  {
    id: 'compile-package-pipe',
    threat: 'package.json beside the file is a pipe that nobody writes to',
    control: unread,
    provoke: {
      by: 'kata',
      source: inStep(''),
      setUp: (place) => execFileSync('mkfifo', [place.path('katas/10-rnn/package.json')]),
      outcome: 'passed',
    },
  },
  {
    id: 'compile-starred-folder',
    threat: 'a workspace whose name is a pattern',
    control: unread,
    provoke: {
      by: 'scene',
      play: async (place) => {
        const starred = `${place.base}/st*ar?{a,b}`;
        fs.cpSync(place.workspace, starred, { recursive: true });
        fs.writeFileSync(`${starred}/${kataFile}`, inStep(''));
        const ran = await run(
          { args: ['check', 'rnn-step'], shell: 'cd "../st*ar?{a,b}" && exec "$@"' },
          place,
        );
        if (ran.status !== 0) throw new Error(ran.stdout + ran.stderr);
      },
    },
  },
];
