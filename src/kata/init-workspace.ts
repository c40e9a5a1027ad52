/**
 * Makes a workspace, or completes one that lacks files. Nothing of the learner's is ever overwritten
 * without a copy.
 */
import fs from 'node:fs';
import path from 'node:path';
import { katas } from './catalogue.js';
import { scaffold } from './scaffold.js';
import { findWorkspace, itsWords, removeEmpty, statOf } from './workspace.js';

export type InitResult =
  | {
      readonly kind: 'made';
      readonly workspace: string;
      readonly written: readonly string[];
      readonly kept: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly says: string;
      /** The system would not write. */ readonly unsaved?: true;
    };

/**
 * Makes a workspace, or completes one that lacks files (new katas of a newer version). A file that exists
 * is never touched; a folder that is no workspace and already has one of our files is refused as a whole.
 * @param reason why the system refused, in the words that follow "because"
 */
export function initWorkspace(folder: string, version: string, reason = itsWords): InitResult {
  const workspace = path.resolve(folder);
  const there = statOf(workspace);
  if (there && !there.isDirectory())
    return { kind: 'refused', says: `${workspace} is a file, not a folder.` };
  const around = findWorkspace(workspace);
  if (around !== undefined && around !== workspace)
    return {
      kind: 'refused',
      says: `${workspace} lies inside the workspace ${around}; a workspace cannot be nested.`,
    };
  const files = scaffold(katas, version);
  // The folder itself may be unreachable (below a file, say): writing will tell.
  const exists = (name: string): boolean =>
    there !== undefined &&
    fs.lstatSync(path.join(workspace, name), { throwIfNoEntry: false }) !== undefined;
  const present = [...files.keys()].filter(exists);
  if (around === undefined && present.length > 0)
    return {
      kind: 'refused',
      says: `${workspace} already has ${present.slice(0, 3).join(', ')}${present.length > 3 ? ', …' : ''}; choose an empty folder.`,
    };
  const written: string[] = [];
  const folders: string[] = [];
  try {
    for (const [name, content] of files) {
      if (exists(name)) continue;
      const file = path.join(workspace, name);
      makeFolder(path.dirname(file), folders);
      const descriptor = fs.openSync(file, 'wx'); // never over a file that came in between
      written.push(name);
      try {
        fs.writeFileSync(descriptor, content);
      } finally {
        fs.closeSync(descriptor);
      }
    }
  } catch (error) {
    for (const name of written) fs.rmSync(path.join(workspace, name), { force: true });
    for (const made of folders.reverse()) removeEmpty(made);
    const place = path.relative(workspace, (error as NodeJS.ErrnoException).path ?? workspace);
    const at = place === '' || place.startsWith('..') ? '' : ` (at ${place})`;
    return {
      kind: 'refused',
      says: `Could not write the workspace ${workspace}, because ${reason(error)}${at}.`,
      unsaved: true,
    };
  }
  return { kind: 'made', workspace, written, kept: present };
}

/**
 * Makes a folder and those above it, and lists those that are new. (Node's own recursive mkdir never ends
 * where the system says that a folder's parent is missing although it is there, as in /proc.)
 */
function makeFolder(folder: string, made: string[]): void {
  if (statOf(folder)?.isDirectory()) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent, made);
  fs.mkdirSync(folder);
  made.push(folder);
}
