/** State rows: files that the learner brings, and files that an export would write. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import type { Place } from '../place.js';
import type { Row } from '../row.js';

const list = ['quiz', '--list', '--topic', 'own', '--json'] as const;
const good = '- kind: number\n  id: mine\n  ask: How many?\n  explain: So many.\n  answer: 7\n';
const aside = 'told once with file and line; all other cards are there';

/** A file of own cards beside a good one. */
const beside = (name: string, content: string | Buffer) => (place: Place) => {
  place.write('cards/good.yaml', good);
  place.write(`cards/${name}`, content);
};

const damages: readonly (readonly [id: string, threat: string, content: string | Buffer])[] = [
  ['bytes', 'own cards that are no text', Buffer.from([0xff, 0xfe, 0x00])],
  ['yaml', 'own cards that are no YAML', '- kind: [\n'],
  ['deep', 'own cards nested 100,000 deep', '['.repeat(1e5)],
  ['huge', 'a file of own cards of 2 MB', `- ${'x'.repeat(2e6)}\n`],
  ['bomb', 'aliases that would unfold to 2³⁰ values', `- &a [x, x]\n${Array.from({ length: 30 }, (_, k) => `- &b${k} [*${k === 0 ? 'a' : `b${k - 1}`}, *${k === 0 ? 'a' : `b${k - 1}`}]`).join('\n')}`],
  ['escape', 'an escape sequence in an own card', good.replace('How many?', '"\\x1b[2J"')],
]; // prettier-ignore

export const ownFiles: readonly Row[] = [
  ...damages.map(([id, threat, content]): Row => ({
    id: `own-cards-${id}`,
    threat,
    control: aside,
    provoke: {
      by: 'command',
      args: list,
      setUp: beside('bad.yaml', content),
      status: 0,
      stdout: /"id": "my\.mine"/,
      stderr: /^bptt: left out: cards\/bad\.yaml:\d+: .+; bptt cards shows what is wrong\.\n$/,
    },
  })),
  {
    id: 'own-cards-many',
    threat: 'files of own cards that are together larger than anyone writes',
    control: 'two million bytes are read in all',
    provoke: {
      by: 'command',
      args: list,
      setUp: (place) => {
        place.write('cards/a-good.yaml', good);
        for (const name of ['b', 'c', 'd'])
          place.write(`cards/${name}.yaml`, `# ${'x'.repeat(900_000)}\n`);
      },
      status: 0,
      stdout: /"id": "my\.mine"/,
      stderr:
        /^bptt: left out: cards\/d\.yaml:1: with this file, your cards are larger than 2000000/,
    },
  },
  ...[
    ['bomb', 'definitions that the compiler unfolds to gigabytes', `enum E { a0 = 'xxxxxxxxxxxxxxxx', ${Array.from({ length: 28 }, (_, k) => `a${k + 1} = a${k} + a${k}`).join(', ')} }`, /^bptt: --katas: Compiling the definitions (needed more|took longer)/],
    ['throws', 'a definition that throws what cannot be told as text', 'throw { toString() { throw 1; } };', /^bptt: --katas: katas\/10-x\/x\.kata\.ts: it threw an object\.\n$/],
  ].map(([id, threat, content, says]): Row => ({
    id: `own-katas-${id as string}`,
    threat: threat as string,
    control: 'compiled within limits; one sentence, no folder left',
    provoke: {
      by: 'command',
      args: ['check', '--katas', 'ours'],
      setUp: (place) => place.write('ours/katas/10-x/x.kata.ts', content as string),
      status: 2,
      stderr: says as RegExp,
    },
  })), // prettier-ignore
  {
    id: 'own-cards-pipe',
    threat: 'a file of own cards is a pipe that nobody writes to',
    control: 'only regular files are opened',
    provoke: {
      by: 'command',
      args: list,
      setUp: (place) => {
        place.write('cards/good.yaml', good);
        execFileSync('mkfifo', [place.path('cards/bad.yaml')]);
      },
      status: 0,
      stdout: /"id": "my\.mine"/,
      stderr: /^bptt: left out: cards\/bad\.yaml:1: this is not a regular file; .*\n$/,
    },
  },
  ...[
    [
      'endless',
      'answers from a device that never ends',
      '/dev/zero',
      /«\/dev\/zero» has more than 1000000 bytes\./,
    ],
    ['folder', 'a folder for a file of answers', 'katas', /could not read «katas» \(EISDIR\)\./],
    [
      'list',
      'answers in JSON that are no answers',
      'bad.json',
      /«bad\.json» must hold strings or numbers, and 0 is neither\./,
    ],
  ].map(([id, threat, file, says]): Row => ({
    id: `answers-${id as string}`,
    threat: threat as string,
    control: 'one sentence before the first question; a million bytes are read at most',
    provoke: {
      by: 'command',
      args: ['quiz', '--count', '1', '--seed', '5', '--answers', file as string],
      setUp: (place) => place.write('bad.json', '[null]'),
      status: 2,
      stderr: new RegExp(`^bptt: --answers: ${(says as RegExp).source}\n$`),
    },
  })),
  ...[
    ['quiz', '"$@" </dev/zero', 'line 1 has more than 100000 characters'],
    ['quiz-later', '{ echo 1; cat /dev/zero; } | "$@"', 'line 2 has more .* is saved'],
    ['interview', '"$@" </dev/zero', 'line 1 has more than 100000 characters'],
    ['walk', '"$@" memory </dev/zero', 'line 1 has more than 100000 characters'],
  ].map(([id, shell, says]): Row => ({
    id: `endless-line-${id!}`,
    threat: `standard input of bptt ${id!.split('-')[0]!} is a line without end${id === 'quiz-later' ? ', after one answer' : ''}`,
    control: 'a line is read up to 100,000 characters; one sentence, and what was answered stays',
    provoke: {
      by: 'command',
      args: id!.startsWith('quiz') ? ['quiz', '--count', '2', '--seed', '5'] : [id!],
      shell: shell!,
      status: 2,
      stderr: new RegExp(`^bptt: Standard input: ${says!}\\.\n$`),
      ...(id === 'quiz-later' && { log: 'grown' }),
    },
  })),
  ...(
    [
      ['gradcheck', ['gradcheck', '--file'], 2, /^bptt: --file: there is no file «[^\n]*\n$/],
      ['check', ['check', 'rnn-step', '--file'], 2, /^bptt: --file: there is no file «[^\n]*\n$/],
      ['dev-check', ['dev', 'check'], 2, /^bptt: There is no kata «[^\n]*\n$/],
      ['export', ['export', 'history', '--out'], 4, /^bptt: --out: could not write [^\n]*\n$/],
    ] as const
  ).flatMap(([id, args, status, stderr]) =>
    (['loop', 'x'.repeat(5000)] as const).map((name): Row => ({
      id: `${id}-${name === 'loop' ? 'link-loop' : 'long-name'}`,
      threat: `bptt ${args.join(' ')} with ${name === 'loop' ? 'a link that leads to itself' : 'a name of 5,000 letters'}`,
      control: 'what the system cannot look at is not there; one sentence',
      provoke: {
        by: 'command',
        args: [...args, name],
        setUp: (place) => fs.symlinkSync('loop', place.path('loop')),
        status,
        stderr,
      },
    })),
  ),
  ...(
    [
      [
        'interview-no-folder',
        ['interview', '--markdown'],
        'no/such/report.md',
        /there is no folder «no\/such»\./,
      ],
      [
        'bench-memory-no-name',
        ['bench', 'memory', '--csv'],
        '',
        /needs the name of a file, got «»\./,
      ],
      [
        'check-into-a-folder',
        ['check', 'rnn-step', '--junit'],
        'katas',
        /needs the name of a file, got «katas»\./,
      ],
    ] as const
  ).map(([id, args, name, says]): Row => ({
    id,
    threat: `bptt ${args.join(' ')} «${name}»: a report that could never be written`,
    control: 'refused before the work, not after it',
    provoke: { by: 'command', args: [...args, name], status: 2, stderr: says },
  })),
  {
    id: 'bench-memory-disk-full',
    threat: 'a CSV of bench memory on a full disk',
    control: 'the report is shown; one sentence, exit 4',
    provoke: {
      by: 'command',
      args: ['bench', 'memory', '--steps', '4', '--modes', 'lstm-streaming', '--csv', '/dev/full'],
      status: 4,
      stdout: /^bench memory/,
      stderr: /^bptt: --csv: could not write \/dev\/full \(ENOSPC\)\.\n$/,
    },
  },
  {
    id: 'export-over-a-file',
    threat: 'an export to a file that is there',
    control: 'refused without --force; not a byte is changed',
    provoke: {
      by: 'command',
      args: ['export', 'history', '--out', 'mine.json'],
      setUp: (place) => place.write('mine.json', 'precious'),
      status: 2,
      stderr: /^bptt: --out: mine\.json is there already; --force replaces it\.\n$/,
    },
  },
  {
    id: 'export-unwritable',
    threat: 'an export to a folder in which one may not write',
    control: 'exit 4 with a sentence; nothing half written is left',
    provoke: {
      by: 'command',
      args: ['export', 'cards', '--out', 'locked/cards.txt'],
      nobody: true,
      setUp: (place) => {
        fs.mkdirSync(place.path('locked'));
        fs.chmodSync(place.path('locked'), 0o555);
      },
      status: 4,
      stderr: /^bptt: --out: .*\n$/,
    },
  },
];
