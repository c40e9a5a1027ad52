/** Writes a file that a flag names: whole or not at all. It decides nothing about what is in it. */
import fs from 'node:fs';
import path from 'node:path';
import { Refusal, exitCodes } from './refusal.js';

/**
 * Replaces the file in one step; what is no regular file (a pipe, /dev/null) is written to as it stands.
 * @param flag as it is typed, e.g. `--junit`
 * @throws {Refusal} with exit code 4
 */
export function saveAs(flag: string, file: string, content: string): void {
  const target = path.resolve(file);
  const fresh = `${target}.${process.pid}.new`;
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
