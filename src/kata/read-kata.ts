/** The text of a learner's file, by the rules for files that are run: regular, of one name, not huge. */
import fs from 'node:fs';
import path from 'node:path';
import { readSource } from './host/source-file.js';
import { kataPath } from './workspace.js';
import type { Kata } from './define.js';

export type ReadResult =
  | { readonly kind: 'read'; readonly file: string; readonly text: string }
  /** No such file; its name is relative to the workspace. */
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'refused'; readonly says: string };

export function readKata(workspace: string, kata: Kata): ReadResult {
  const file = kataPath(workspace, kata);
  const name = path.relative(workspace, file);
  try {
    const read = readSource(fs.realpathSync(file), name);
    if (typeof read === 'string') return { kind: 'refused', says: read };
    return { kind: 'read', file, text: read.toString('utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { kind: 'missing', name };
    return { kind: 'refused', says: `${name} could not be read (${code ?? 'unreadable'}).` };
  }
}
