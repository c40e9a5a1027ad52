/** Reset and undo: starting over always keeps a copy, and the copy comes back bit for bit. */
import fs from 'node:fs';
import path from 'node:path';
import { itsWords, kataPath, removeEmpty } from './workspace.js';
import { stubPath } from './places.js';
import type { Kata } from './define.js';

export type BackupResult =
  | {
      readonly kind: 'done';
      readonly file: string;
      /** The copy, relative to the workspace; null if there was nothing to keep. */
      readonly backup: string | null;
      /** Whether the file is now the untouched stub. */
      readonly isStub: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly says: string;
      /** The system would not write. */ readonly unsaved?: true;
    };

const folderOf = (workspace: string, kata: Kata): string =>
  path.join(workspace, '.history', kata.id);

/** The copies of a kata, oldest first. */
function copies(workspace: string, kata: Kata): string[] {
  const folder = folderOf(workspace, kata);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^\d+\.ts$/.test(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => parseInt(a, 10) - parseInt(b, 10));
}

/** Keeps the file as it is now as the newest copy. Never overwrites a copy. */
function keep(workspace: string, kata: Kata): string | null {
  const file = kataPath(workspace, kata);
  if (!fs.existsSync(file)) return null;
  const folder = folderOf(workspace, kata);
  fs.mkdirSync(folder, { recursive: true });
  const newest = copies(workspace, kata).at(-1);
  const copy = path.join(folder, `${(newest === undefined ? 0 : parseInt(newest, 10)) + 1}.ts`);
  write(copy, fs.readFileSync(file));
  return path.relative(workspace, copy);
}

/** Writes a new file, whole or not at all; never over a file, never through a link. */
function write(file: string, content: Buffer): void {
  const descriptor = fs.openSync(file, 'wx');
  try {
    fs.writeFileSync(descriptor, content);
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Replaces the file in one step: a crash leaves the old one or the new one, never half. */
function replace(file: string, content: Buffer): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  write(fresh, content);
  try {
    fs.renameSync(fresh, file);
  } catch (error) {
    fs.rmSync(fresh, { force: true });
    throw error;
  }
}

/** Keeps the file, then replaces it: both, or neither. @returns the copy, as keep does */
function exchange(workspace: string, kata: Kata, content: Buffer): string | null {
  const folder = folderOf(workspace, kata);
  let backup: string | null = null;
  try {
    backup = keep(workspace, kata);
    replace(kataPath(workspace, kata), content);
    return backup;
  } catch (error) {
    if (backup !== null) fs.rmSync(path.join(workspace, backup), { force: true });
    for (const made of [folder, path.dirname(folder)]) removeEmpty(made);
    throw error;
  }
}

/** The file has changed already: that one copy too many cannot be removed is no reason to say that it has not. */
function remove(copy: string): void {
  try {
    fs.rmSync(copy);
  } catch {
    // The next undo brings it back once more.
  }
}

/** Whether a folder, as far as it exists, lies elsewhere than its path says: a link stands in the way. */
function leadsOut(workspace: string, folder: string): boolean {
  if (folder === workspace) return false;
  if (fs.lstatSync(folder, { throwIfNoEntry: false }) === undefined)
    return leadsOut(workspace, path.dirname(folder));
  const way = path.relative(fs.realpathSync(workspace), fs.realpathSync(folder));
  return way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way);
}

/** A file that is a link could lead out of the workspace. */
function guarded(
  workspace: string,
  kata: Kata,
  reason: typeof itsWords,
  body: () => BackupResult,
): BackupResult {
  const file = kataPath(workspace, kata);
  try {
    const stat = fs.lstatSync(file, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink())
      return {
        kind: 'refused',
        says: `${file} is a symbolic link; bptt changes only files that lie in the workspace.`,
      };
    // To read a pipe would wait for ever.
    if (stat?.isFile() === false)
      return { kind: 'refused', says: `Could not change ${file}: it is not a regular file.` };
    for (const folder of [path.dirname(file), folderOf(workspace, kata)])
      if (leadsOut(workspace, folder))
        return { kind: 'refused', says: `${folder} leads out of the workspace.` };
    return body();
  } catch (error) {
    const place = (error as NodeJS.ErrnoException).path ?? file;
    const at = path.dirname(place) === path.dirname(file) ? '' : ` (at ${place})`;
    return {
      kind: 'refused',
      says: `Could not change ${file}, because ${reason(error)}${at}.`,
      unsaved: true,
    };
  }
}

/** Puts the stub back. What was there is kept. */
export const resetKata = (workspace: string, kata: Kata, reason = itsWords): BackupResult =>
  guarded(workspace, kata, reason, () => {
    const file = kataPath(workspace, kata);
    const stub = fs.readFileSync(stubPath(kata));
    if (fs.existsSync(file) && fs.readFileSync(file).equals(stub))
      return {
        kind: 'refused',
        says: `${path.relative(workspace, file)} is the untouched stub already.`,
      };
    const backup = exchange(workspace, kata, stub);
    return { kind: 'done', file, backup, isStub: true };
  });

/** Brings the newest copy back. What was there takes its place, so a second undo undoes the first. */
export const undoReset = (workspace: string, kata: Kata, reason = itsWords): BackupResult =>
  guarded(workspace, kata, reason, () => {
    const newest = copies(workspace, kata).at(-1);
    if (newest === undefined)
      return { kind: 'refused', says: `There is no copy of ${kata.id} to bring back.` };
    const copy = path.join(folderOf(workspace, kata), newest);
    const content = fs.readFileSync(copy);
    const backup = exchange(workspace, kata, content);
    remove(copy);
    const isStub = content.equals(fs.readFileSync(stubPath(kata)));
    return { kind: 'done', file: kataPath(workspace, kata), backup, isStub };
  });
