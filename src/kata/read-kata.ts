/** The text of a learner's file, by the rules for files that are run: regular, of one name, not huge. */
import fs from 'node:fs';
import path from 'node:path';
import { fileFault } from './host/imports.js';
import { kataPath } from './workspace.js';
import type { Kata } from './define.js';

export type ReadResult =
  | { readonly kind: 'read'; readonly file: string; readonly text: string }
  | { readonly kind: 'refused'; readonly says: string };

export function readKata(workspace: string, kata: Kata): ReadResult {
  const file = kataPath(workspace, kata);
  const name = path.relative(workspace, file);
  try {
    const fault = fileFault(fs.realpathSync(file), name);
    if (fault !== undefined) return { kind: 'refused', says: fault };
    return { kind: 'read', file, text: fs.readFileSync(file, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const says =
      code === 'ENOENT'
        ? `There is no ${name}: bptt reset ${kata.id} brings the stub.`
        : `${name} could not be read (${code ?? 'unreadable'}).`;
    return { kind: 'refused', says };
  }
}
