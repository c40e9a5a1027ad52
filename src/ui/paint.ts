/** Colour, always beside a word or a sign, never instead of one. */
import { Chalk } from 'chalk';

export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
}

const plain = (text: string): string => text;

/** Without colour every function gives the text back as it is. */
export function paintWith(colour: boolean): Paint {
  if (!colour) return { good: plain, bad: plain, warn: plain, strong: plain, dim: plain };
  const chalk = new Chalk({ level: 1 });
  // One argument each: chalk's own functions join all that they get, so map(paint.dim) would print indices.
  return {
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.yellow(text),
    strong: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
  };
}
