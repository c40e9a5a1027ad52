/**
 * The empty folders that children work in, bptt-host-<parent's process id>-<random>, and those of compiled
 * definitions, bptt-katas-…, in the system's folder for temporary files. Their names tell which of them a killed parent left behind. It removes only those.
 */
import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pattern = /^bptt-(?:host|katas)-(\d+)-\w+$/;

/** What the name of a child's folder begins with, or that of compiled katas. */
export const folderPrefix = (parent: number, of: 'host' | 'katas' = 'host'): string =>
  `bptt-${of}-${parent}-`;

/** Folders of parents that are gone. A folder whose parent's id was given to another process is not told. */
export function leftFolders(folder: string = tmpdir()): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => {
      const parent = pattern.exec(name)?.[1];
      return parent !== undefined && !isAlive(Number(parent));
    })
    .map((name) => join(folder, name));
}

/** Removes them. @returns those that could be removed. */
export function removeFolders(folders: readonly string[]): string[] {
  return folders.filter((folder) => {
    try {
      rmSync(folder, { recursive: true });
      return true;
    } catch {
      return false; // another user's
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and another user's
  }
}
