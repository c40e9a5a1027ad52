/**
 * A thrown error as sentences: what it was, then where. It is told alike while the file is loaded and in a
 * case, of a child process and of a function in this one.
 */
import path from 'node:path';
import type { Answer } from './subject.js';

type Thrown = Extract<Answer, { kind: 'threw' }>;

/** `It threw TypeError: no. That was at katas/30-lstm/lstm-step.ts:12:5, in case 3 of 40.` @param when how it goes on */
export function thrownSentences({ name, message, stack }: Thrown, when: string): string {
  const what = message === '' ? name : `${name}: ${message}`;
  const place = placeIn(stack);
  return `${ended(`It threw ${what}`)} That was ${place === undefined ? '' : `at ${place}, `}${when}.`;
}

/** Text of unknown origin as a sentence: with a full stop, unless it has an end of its own. */
const ended = (text: string): string => (/[.?!…]$/.test(text) ? text : `${text}.`);

/**
 * The first place of a stack that is in a file of the learner's, `file:line:column`. Those of a child are told
 * already; in one of this process a file is named by its whole path.
 */
function placeIn(stack: string): string | undefined {
  const [, name, at] = /^ +at (?:.* \()?(.+\.[cm]?ts)(:\d+:\d+)\)?$/m.exec(stack) ?? [];
  if (name === undefined) return undefined;
  const file = name.replace(/^file:\/\//, '');
  return (path.isAbsolute(file) ? path.relative('', file) : file) + at!;
}
