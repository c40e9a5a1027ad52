/**
 * A workspace: the folder in which a learner works. It is known by its marker file, which is found by
 * walking up from where one stands. How one is made is init-workspace.ts: finding it loads no kata.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Shelved } from './shelf.js';

/** The file that makes a folder a workspace. */
export const marker = 'bptt.json';

/** The workspace that `from` lies in, or undefined. */
export function findWorkspace(from: string): string | undefined {
  let folder = path.resolve(from);
  for (;;) {
    if (statOf(path.join(folder, marker))?.isFile()) return folder;
    const parent = path.dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** What is there; undefined where nothing is, or where nobody can look (below a file, in a locked folder). */
export function statOf(name: string): fs.Stats | undefined {
  try {
    return fs.statSync(name, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Where the learner's file of a kata is, or would be. */
export const kataPath = (workspace: string, kata: Pick<Shelved, 'id' | 'topic'>): string =>
  path.join(workspace, 'katas', kata.topic, `${kata.id}.ts`);

/** The event log of a workspace: it travels with the learner's own git. */
export const historyPath = (workspace: string): string => path.join(workspace, 'history.jsonl');

/** Why the system refused, in words that follow "because", where the caller has none of its own: the error's. */
export const itsWords = (error: unknown): string => (error as Error).message;

/** Removes a folder that is empty; any other, and one that was never made, stays as it is. */
export function removeEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch {
    // Somebody has put something there.
  }
}
