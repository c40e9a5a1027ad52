/** A learner's file against the solution, for `bptt diff` and for the key of `bptt watch`. It prints nothing. */
import fs from 'node:fs';
import { readKata } from '../kata/read-kata.js';
import { printableLines } from '../kata/printable.js';
import { stubPath } from '../kata/places.js';
import { kataCommand } from '../ui/kata-command.js';
import { difference } from '../ui/difference.js';
import { Refusal, exitCodes } from './refusal.js';
import { isRevealed, revealedSolution } from './reveal.js';
import type { DifferenceLine } from '../ui/difference.js';
import type { Journal } from './journal.js';
import type { Kata } from '../kata/index.js';

export interface AgainstSolution {
  readonly file: string;
  /** Whether the file is another than the stub. */
  readonly begun: boolean;
  readonly lines: readonly DifferenceLine[];
}

/**
 * Both texts, line by line.
 * @param asked whether --reveal was given: then the history says so
 * @param instead what one can do who may not see the solution, as the refusal ends
 * @throws {Refusal} where there is no file of the learner's, or the solution is still kept back
 */
export function againstSolution(
  workspace: string,
  journal: Journal,
  kata: Kata,
  asked: boolean,
  instead?: string,
): AgainstSolution {
  const command = (name: string, flag = ''): string =>
    kataCommand(`${name} ${kata.id}${flag}`, kata.folder);
  const read = readKata(workspace, kata);
  if (read.kind === 'missing')
    throw new Refusal(`There is no ${read.name}: ${command('reset')} brings the stub.`);
  if (read.kind === 'refused') throw new Refusal(read.says);
  const yours = printableLines(read.text).join('\n');
  const stub = fs.existsSync(stubPath(kata)) ? fs.readFileSync(stubPath(kata), 'utf8') : undefined;
  const begun = stub === undefined || difference(yours, stub).some((line) => line.in !== 'both');
  if (!begun && !asked && !isRevealed(journal, kata))
    throw new Refusal(
      `You have not begun ${kata.id}, its file is the stub: ${
        instead ??
        `${command('hint')} helps, ${command('solution', ' --reveal')} shows the solution all the same`
      }.`,
      exitCodes.failed,
    );
  const solution = revealedSolution(journal, kata, asked, instead);
  return { file: read.file, begun, lines: difference(yours, solution, stub) };
}
