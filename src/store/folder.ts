/**
 * The folder of a log: making it, and making what was created in it last. mkdirSync's own `recursive` is not
 * used: where the system says ENOENT for a folder whose parent exists, as in /proc, it tries for ever.
 */
import { closeSync, constants, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './reason.js';

/**
 * Creates a folder and its missing parents, for their owner alone (0700); one that exists stays as it is.
 * @throws the system's error; EEXIST when a file has the name
 */
export function makeFolder(path: string): void {
  try {
    makeOne(path);
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) !== 'ENOENT' || parent === path) throw error;
    makeFolder(parent);
    makeOne(path);
  }
}

function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Some systems say EROFS or EACCES for a folder that is there, so ask for the folder itself.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
    throw error;
  }
  syncFolder(dirname(path));
}

/**
 * Makes the names in a folder outlast a power cut. Windows cannot do it for a folder, and needs it less.
 * @throws the system's error
 */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
