/** State rows: a workspace with links and locks in it. Whatever is refused leaves every byte as it was. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../by-command.js';
import { kataFile, type Place } from '../place.js';
import type { Row } from '../row.js';
import { rightAnswer } from './source.js';

const refusal = /^bptt: [^\n]*[.?]\n$/;
const real = 'real paths inside the workspace only; nothing is written through a link';

const refused = (
  id: string,
  threat: string,
  control: string,
  args: readonly string[],
  setUp: (place: Place) => void = () => undefined,
  { status = 2, nobody }: { status?: number; nobody?: true } = {},
): Row => ({
  id,
  threat,
  control,
  provoke: {
    by: 'command',
    args,
    setUp,
    status,
    stderr: refusal,
    ...(nobody ? { nobody } : {}),
  },
});

const must = (holds: boolean, says: string): void => {
  if (!holds) throw new Error(says);
};

/** Moves something out of the workspace and leaves a link in its place. */
function movedOut(place: Place, name: string): void {
  const away = path.join(place.outside, path.basename(name));
  fs.renameSync(place.path(name), away);
  fs.symlinkSync(away, place.path(name));
}

/** Any bytes come back bit for bit, twice: undo undoes itself. */
async function resetAndUndo(place: Place): Promise<void> {
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, k) => (k * 31) % 256));
  place.write(kataFile, bytes);
  must((await run({ args: ['reset', 'rnn-step'] }, place)).status === 0, 'reset failed');
  const stub = fs.readFileSync(place.path(kataFile));
  must(!stub.equals(bytes), 'the file is not reset');
  must((await run({ args: ['undo', 'rnn-step'] }, place)).status === 0, 'undo failed');
  must(fs.readFileSync(place.path(kataFile)).equals(bytes), 'other bytes came back');
  must((await run({ args: ['undo', 'rnn-step'] }, place)).status === 0, 'the second undo failed');
  must(fs.readFileSync(place.path(kataFile)).equals(stub), 'the second undo gave other bytes');
}

/** The other name of a hard link keeps its content: reset replaces the name, not the content. */
async function resetHardLink(place: Place): Promise<void> {
  const other = path.join(place.outside, 'other.ts');
  place.write(kataFile, rightAnswer);
  fs.linkSync(place.path(kataFile), other);
  must((await run({ args: ['reset', 'rnn-step'] }, place)).status === 0, 'reset failed');
  must(fs.readFileSync(other, 'utf8') === rightAnswer, 'the other name has another content');
}

export const workspaces: readonly Row[] = [
  {
    id: 'reset-undo',
    threat: 'reset of a file of any bytes',
    control: 'a copy first; undo restores it bit for bit',
    provoke: { by: 'scene', play: resetAndUndo },
  },
  {
    id: 'reset-hard-link',
    threat: 'reset of a file that has another name elsewhere',
    control: 'a new file takes the name; the other one stays as it is',
    provoke: { by: 'scene', play: resetHardLink },
  },
  refused('reset-link', 'reset of a link out of the workspace', real, ['reset', 'rnn-step'], (place) => movedOut(place, kataFile)),
  refused('reset-folder', 'reset in a folder that is a link out', real, ['reset', 'rnn-step'], (place) => movedOut(place, path.dirname(kataFile))),
  refused('reset-history', 'copies that would go through a link', real, ['reset', 'rnn-step'], (place) => {
    place.write(kataFile, rightAnswer);
    fs.symlinkSync(place.outside, place.path('.history'));
  }),
  refused('reset-pipe', 'reset of a pipe', 'regular files only', ['reset', 'rnn-step'], (place) => {
    fs.rmSync(place.path(kataFile));
    execFileSync('mkfifo', [place.path(kataFile)]);
  }),
  refused('reset-locked', 'reset where one may not write', 'one sentence; the file as it was', ['reset', 'rnn-step'], (place) => {
    place.write(kataFile, rightAnswer);
    fs.chmodSync(path.dirname(place.path(kataFile)), 0o555);
  }, { status: 4, nobody: true }),
  refused('undo-nothing', 'undo without a copy', 'one sentence', ['undo', 'rnn-step']),
  refused('init-nested', 'a workspace inside a workspace', 'refused before anything is written', ['init', 'deeper']),
  refused('init-file', 'a workspace in place of a file', 'refused before anything is written', ['init', 'README.md']),
  refused('init-below-file', 'a workspace below a file', 'refused before anything is written', ['init', '../outside/file/ws'], ({ outside }) => fs.writeFileSync(path.join(outside, 'file'), ''), { status: 4 }),
  refused('init-proc', 'a workspace where none can be made', 'what was made is removed again', ['init', '/proc/bptt/ws'], undefined, { status: 4 }),
  refused('init-taken', 'a folder that already has a file of ours', 'refused as a whole', ['init', '../outside'], ({ outside }) => fs.writeFileSync(path.join(outside, 'package.json'), 'mine')),
  refused('marker-folder', 'bptt.json is a folder', 'no workspace: one sentence', ['reset', 'rnn-step'], (place) => {
    fs.rmSync(place.path('bptt.json'));
    fs.mkdirSync(place.path('bptt.json'));
  }),
]; // prettier-ignore
