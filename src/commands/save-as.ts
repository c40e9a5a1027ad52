/** Writes a file that a flag names: whole or not at all. It decides nothing about what is in it. */
import fs from 'node:fs';
import path from 'node:path';
import { statOf } from '../kata/workspace.js';
import { Refusal, exitCodes, quoted } from './refusal.js';

/**
 * Before any work: what takes a minute, or an interview, should not end in a folder that was never there.
 * @param flag as it is typed, e.g. `--junit`
 * @param file what it names; undefined if it was not given
 * @throws {Refusal} if that cannot be the name of a file
 */
export function expectName(flag: string, file: string | undefined): void {
  if (file === undefined) return;
  if (file === '' || file === '-' || statOf(path.resolve(file))?.isDirectory())
    throw new Refusal(`${flag} needs the name of a file, got ${quoted(file)}.`);
  const folder = path.dirname(file);
  if (!statOf(path.resolve(folder))?.isDirectory())
    throw new Refusal(`${flag}: there is no folder ${quoted(folder)}.`);
}

/**
 * Replaces the file in one step; what is no regular file (a pipe, /dev/null) is written to as it stands.
 * @param flag as it is typed, e.g. `--junit`
 * @throws {Refusal} with exit code 4
 */
export function saveAs(flag: string, file: string, content: string): void {
  const target = path.resolve(file);
  const fresh = path.join(path.dirname(target), `.bptt-${process.pid}.new`); // fits where the name itself fits
  try {
    const stat = fs.statSync(target, { throwIfNoEntry: false });
    if (stat?.isFile() === false) fs.writeFileSync(target, content);
    else {
      fs.writeFileSync(fresh, content, { flag: 'wx' });
      fs.renameSync(fresh, target);
    }
  } catch (error) {
    fs.rmSync(fresh, { force: true });
    throw new Refusal(
      `${flag}: could not write ${file} (${(error as NodeJS.ErrnoException).code ?? 'unwritable'}).`,
      exitCodes.notSaved,
    );
  }
}
