/** Limits of the host: both ends of each range are allowed, what lies beyond is refused by its name. */
import { expect, it } from 'vitest';
import { completeLimits, defaultLimits, type HostLimits } from '../../../src/kata/host/limits.js';

const ends: Record<keyof HostLimits, readonly [least: number, most: number]> = {
  deadlineMs: [1, 3_600_000], // a millisecond to an hour
  deadlines: [1, 1_000_000],
  memoryMb: [64, 2 ** 20], // a terabyte
  outputBytes: [0, 100_000_000],
};

it.each(Object.entries(ends))('%s is a whole number of its range', (name, [least, most]) => {
  for (const value of [least, most])
    expect(completeLimits({ [name]: value })).toEqual({ ...defaultLimits, [name]: value });
  for (const value of [least - 1, most + 1, least + 0.5, NaN])
    expect(() => completeLimits({ [name]: value })).toThrow(`Expected ${name} to be an integer`);
});
