/** Whether a shell finds this bptt by its name; and what to type where it does not. It changes nothing. */
import fs from 'node:fs';
import path from 'node:path';
import { isClone } from '../kata/scaffold.js';

/**
 * A sentence that says what to type for `bptt`; undefined where a shell finds this package's own.
 * @param root the folder of the package that runs
 */
export function typed(root: string, env: NodeJS.ProcessEnv): string | undefined {
  const binary = path.join(root, 'bin', 'run.js');
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((one) => !ofNpm(one));
  if (folders.some((folder) => holds(folder, binary))) return undefined;
  return isClone(root)
    ? `bptt is not on your path yet: npm link in ${root} puts it there; node ${binary} is the same thing.`
    : 'bptt is not on your path: type npx bptt for it.';
}

/** npm and npx put these on the path of what they run, and of nothing else. */
const ofNpm = (folder: string): boolean =>
  folder.endsWith(path.join('node_modules', '.bin')) || folder.endsWith('node-gyp-bin');

/** A link to our binary; or on Windows npm's script of that name, in which the way to it stands. */
function holds(folder: string, binary: string): boolean {
  try {
    if (fs.realpathSync(path.join(folder, 'bptt')) === fs.realpathSync(binary)) return true;
  } catch {
    // No bptt there.
  }
  return process.platform === 'win32' && fs.existsSync(path.join(folder, 'bptt.cmd'));
}
