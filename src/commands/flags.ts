/** Flags that every command reads in the same way. */
import { Flags } from '@oclif/core';
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
