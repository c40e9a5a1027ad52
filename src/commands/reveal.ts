/** The solution of a kata, for one who may see it: who has passed, who saw it before, or who asks now, on the record. */
import { readFileSync } from 'node:fs';
import { solutionPath } from '../kata/places.js';
import { progressOf } from '../kata/progress.js';
import { kataCommand } from '../ui/kata-command.js';
import { Refusal, exitCodes } from './refusal.js';
import type { Journal } from './journal.js';
import type { Kata } from '../kata/index.js';

/** Whether it may be seen without asking for it on the record. */
export function isRevealed(journal: Journal, { id }: Kata): boolean {
  const { everPassed, revealed } = progressOf(journal.events)(id);
  return everPassed || revealed;
}

/**
 * Its text.
 * @param asked whether --reveal was given: then the history says so
 * @param instead what one can do who may not see it, as the refusal ends
 * @throws {Refusal} where it is still kept back, or a folder of katas has none
 */
export function revealedSolution(
  journal: Journal,
  kata: Kata,
  asked: boolean,
  instead = `${kataCommand(`hint ${kata.id}`, kata.folder)} helps, --reveal shows the solution all the same`,
): string {
  const open = isRevealed(journal, kata);
  if (!open && !asked)
    throw new Refusal(`You have not passed ${kata.id} yet: ${instead}.`, exitCodes.failed);
  let text: string;
  try {
    text = readFileSync(solutionPath(kata), 'utf8');
  } catch {
    throw new Refusal(`There is no solution of ${kata.id}: expected ${solutionPath(kata)}.`);
  }
  if (!open) journal.record({ type: 'revealed', kata: kata.id });
  return text;
}
