/** Learners' files for rnn-step: a right answer with lines of a fault put into it. */
import { readFileSync } from 'node:fs';

const solution = readFileSync(
  new URL('../../../solutions/10-rnn/rnn-step.ts', import.meta.url),
  'utf8',
);

/** Our solution, as a learner would be glad to have it. */
export const rightAnswer = solution;

const right = solution.replace('export function rnnStep', 'function right');

/** A file whose rnnStep runs these lines, which have `given` and its parts, and then answers right. */
export const inStep = (lines: string): string =>
  `${right}\nexport function rnnStep(given: any): any {\n  const { x, hPrev, Wxh, Whh, bh } = given;\n  ${lines}\n  return right(given);\n}\n`;

/** A file that runs these lines when it is loaded, and then answers right. */
export const onLoad = (lines: string): string => `${lines}\n${inStep('')}`;

/** A file whose rnnStep gives this; `h` is the right vector. */
export const giving = (value: string): string =>
  inStep(`const { h } = right(given); return ${value};`);
