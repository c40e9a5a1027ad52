/** Kata rows: files that reach for other files. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { kataFile, type Place } from '../place.js';
import type { KataFault, Row } from '../row.js';
import { inStep, onLoad, rightAnswer } from './source.js';

const rule =
  'imports are resolved in the parent: bptt/kata and real files of the workspace, nothing else';

/** Import statements that are refused, and the sentence. */
const lines: readonly (readonly [id: string, threat: string, line: string, says: RegExp])[] = [
  ['node-fs', 'the file system', `import fs from 'node:fs'; fs.x;`, /"node:fs" may not be imported/],
  ['bare-fs', 'the file system, without its prefix', `import fs from 'fs'; fs.x;`, /"fs" may not/],
  ['child-process', 'other processes', `const c = require('child_process'); c.x;`, /"child_process" may not/],
  ['engine', 'our engine, which knows the answers', `import * as e from 'bptt'; e;`, /"bptt" may not/],
  ['definition', 'a package of the workspace', `import k from '../../node_modules/bptt/dist/engine.js'; k;`, /inside node_modules/],
  ['absolute', 'an absolute path', `import { x } from '/etc/passwd'; x;`, /may not be imported/],
  ['url', 'a data: URL', `import x from 'data:text/javascript,export default 1'; x;`, /may not be/],
  ['outside', 'a path that climbs out', `import { x } from '../../../outside/secret.js'; x;`, /leads out of the workspace/],
  ['computed', 'a name that is computed', `export const f = (n: string) => import('./' + n);`, /of a computed name/],
  ['computed-require', 'a computed require', `export const f = (n: string) => require(n);`, /of a computed name/],
  ['aliased-require', 'require by another name', `const r = require; r('fs');`, /by its own name/],
  ['solution', 'the solution', `import { rnnStep as s } from '../../solutions/10-rnn/rnn-step.js'; s;`, /is a solution/],
  ['link-out', 'a symbolic link that leads out', `import { x } from './link.js'; x;`, /leads out of the workspace/],
  ['link-solution', 'a symbolic link to the solution', `import { x } from './innocent.js'; x;`, /is a solution/],
  ['link-folder', 'a folder that is a link out', `import { x } from './elsewhere/secret.js'; x;`, /leads out of the workspace/],
  ['hard-link', 'a hard link to a file elsewhere', `import { x } from './hard.js'; x;`, /is a hard link/],
]; // prettier-ignore

/** Everything that the lines above reach for. */
function temptations(place: Place): void {
  const folder = path.dirname(place.path(kataFile));
  const secret = path.join(place.outside, 'secret.ts');
  fs.writeFileSync(secret, `export const x = 'secret';`);
  place.write('solutions/10-rnn/rnn-step.ts', rightAnswer);
  place.write('node_modules/bptt/dist/engine.js', 'export default 1;');
  fs.symlinkSync(secret, path.join(folder, 'link.ts'));
  fs.symlinkSync(place.path('solutions/10-rnn/rnn-step.ts'), path.join(folder, 'innocent.ts'));
  fs.symlinkSync(place.outside, path.join(folder, 'elsewhere'));
  fs.linkSync(secret, path.join(folder, 'hard.ts'));
}

/** Kata files that are not what they should be: how they are made, and the sentence. */
const files: readonly (readonly [
  id: string,
  threat: string,
  make: (file: string, place: Place) => void,
  outcome: KataFault['outcome'],
  says: RegExp,
])[] = [
  ['link-out', 'the file is a link out of the workspace', (file, { outside }) => { fs.renameSync(file, path.join(outside, 'a.ts')); fs.symlinkSync(path.join(outside, 'a.ts'), file); }, 'doesNotCompile', /leads out of the workspace/],
  ['hard-link', 'the file is a hard link', (file, { outside }) => fs.linkSync(file, path.join(outside, 'a.ts')), 'doesNotCompile', /is a hard link \(it has 2 names\)/],
  ['folder-out', 'its folder is a link out of the workspace', (file, { outside }) => { const folder = path.dirname(file); fs.renameSync(folder, path.join(outside, 'k')); fs.symlinkSync(path.join(outside, 'k'), folder); }, 'doesNotCompile', /leads out of the workspace/],
  ['device', 'the file is a link to a device without end', (file) => { fs.rmSync(file); fs.symlinkSync('/dev/zero', file); }, 'doesNotCompile', /leads out|not a regular file/],
  ['pipe', 'the file is a pipe that nobody writes to', (file) => { fs.rmSync(file); execFileSync('mkfifo', [file]); }, 'doesNotCompile', /not a regular file/],
  ['folder', 'a folder has its name', (file) => { fs.rmSync(file); fs.mkdirSync(file); }, 'doesNotCompile', /not a regular file/],
  ['loop', 'a link that leads to itself', (file) => { fs.rmSync(file); fs.symlinkSync(file, file); }, 'missing', /There is no file/],
  ['gone', 'the file is not there', (file) => fs.rmSync(file), 'missing', /There is no file/],
  ['empty', 'the file is empty', (file) => fs.writeFileSync(file, ''), 'missing', /does not export rnnStep; it exports nothing/],
  ['large', 'a file of 10 MB', (file) => fs.writeFileSync(file, ' '.repeat(1e7)), 'doesNotCompile', /at most 131072/],
  ['brackets', 'brackets that overflow the compiler', (file) => fs.writeFileSync(file, `export const rnnStep = ${'('.repeat(130_000)}`), ['doesNotCompile', 'timedOut', 'outOfMemory'], /./],
  ['binary', 'bytes that are no text', (file) => fs.writeFileSync(file, Buffer.from(Array.from({ length: 4096 }, (_, k) => (k * 197) % 256))), 'doesNotCompile', /is not text in UTF-8/],
  ['utf16', 'an editor that saves UTF-16', (file) => fs.writeFileSync(file, Buffer.from(`\ufeff${rightAnswer}`, 'utf16le')), 'doesNotCompile', /is not text in UTF-8/],
  ['tsconfig', 'a broken tsconfig.json and package.json beside it', (_, place) => { place.write('tsconfig.json', '{ "extends": "/etc/passwd"'); place.write('katas/package.json', '\0'); }, ['passed', 'doesNotCompile'], /./],
  ['other-name', 'an export of another name', (file) => fs.writeFileSync(file, rightAnswer.replaceAll('rnnStep', 'step')), 'missing', /does not export rnnStep; it exports step/],
]; // prettier-ignore

export const imports: readonly Row[] = lines.map(([id, threat, line, says]) => ({
  id: `import-${id}`,
  threat: `imports ${threat}`,
  control: rule,
  provoke: {
    by: 'kata',
    source: onLoad(line),
    setUp: temptations,
    outcome: 'doesNotCompile',
    says,
  },
}));

export const fileRows: readonly Row[] = files.map(([id, threat, make, outcome, says]) => ({
  id: `file-${id}`,
  threat,
  control: 'real path, lstat and size before a byte is read',
  provoke: {
    by: 'kata',
    source: inStep(''),
    setUp: (place) => make(place.path(kataFile), place),
    outcome,
    ...(id === 'tsconfig' ? {} : { says }),
  },
}));
