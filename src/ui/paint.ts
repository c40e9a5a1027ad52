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
  return {
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    strong: chalk.bold,
    dim: chalk.dim,
  };
}
