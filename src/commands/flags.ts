/** Flags and arguments that every command reads in the same way. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { Refusal, quoted } from './refusal.js';

/** A whole number in a range, written in digits and nothing else: not 1e3, not 0x10, not 12abc. */
export const wholeNumber = (name: string, min: number, max: number) =>
  Flags.custom<number>({
    helpValue: `${min}…${max}`,
    parse: (input) => {
      const value = /^-?\d{1,15}$/.test(input) ? Number(input) : NaN;
      if (Number.isNaN(value) || value < min || value > max)
        throw new Refusal(
          `--${name} needs a whole number from ${min} to ${max}, got ${quoted(input)}.`,
        );
      return Promise.resolve(value);
    },
  });

/** The seed of everything random in a run. */
export const seedFlag = wholeNumber('seed', 0, 2 ** 31 - 1);

/** A seed for who gave none. Through the global: importing node:crypto costs every start, also that of bptt list. */
export const freshSeed = (): number => 1 + (crypto.getRandomValues(new Uint32Array(1))[0]! >>> 2);

/** The kata that a command is about. */
export const kataArg = Args.string({
  description: 'its id, or the path of its file in your workspace',
  required: true,
});

/** A folder of katas that takes the place of ours. */
export const katasFlag = Flags.string({
  description: 'a folder of katas of your own, instead of ours (docs/writing-a-kata.md)',
  helpValue: 'DIR',
});

/** What one call of a learner's function may take. */
export const limitFlags = {
  timeout: wholeNumber(
    'timeout',
    1,
    600,
  )({ description: 'seconds that one call may take', default: 5 }),
  memory: wholeNumber(
    'memory',
    64,
    8192,
  )({ description: 'megabytes that it may use', default: 512 }),
};

/** Those flags as the host's limits. */
export const limitsOf = ({ timeout, memory }: { timeout: number; memory: number }) => ({
  deadlineMs: timeout * 1000,
  memoryMb: memory,
});
