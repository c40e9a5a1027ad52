/** Sentences about what was thrown: each ends once, whatever its message, and says where in the learner's own file. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thrownSentences } from '../../src/kata/thrown.js';

const threw = (message: string, stack = '', name = 'TypeError') =>
  thrownSentences({ kind: 'threw', name, message, stack }, 'in case 1 of 40');

describe('the sentences about what was thrown', () => {
  it.each([
    ['no', 'It threw TypeError: no. That was in case 1 of 40.'],
    ['is it?', 'It threw TypeError: is it? That was in case 1 of 40.'],
    ['no.', 'It threw TypeError: no. That was in case 1 of 40.'],
    ['', 'It threw TypeError. That was in case 1 of 40.'],
  ])('end once after %j', (message, says) => {
    expect(threw(message)).toBe(says);
  });

  it('are two for any message, the second as it always is', () => {
    fc.assert(
      fc.property(fc.string(), (message) => {
        expect(threw(message)).toMatch(/^It threw TypeError[^]*[.?!…] That was in case 1 of 40\.$/);
      }),
    );
  });
});

describe('the place', () => {
  const stack = (...frames: string[]): string =>
    ['TypeError: no', ...frames.map((frame) => `    at ${frame}`)].join('\n');
  const placeOf = (...frames: string[]) =>
    /was at (.*), in case/.exec(threw('no', stack(...frames)))?.[1];

  it('is that of the first frame in TypeScript', () => {
    expect(placeOf('katas/10-rnn/rnn-step.ts:1:2')).toBe('katas/10-rnn/rnn-step.ts:1:2');
    expect(placeOf('concat (bptt/kata:9:1)', 'f (a b/(c)/k.ts:1:2)', 'g (k.ts:3:4)')).toBe(
      'a b/(c)/k.ts:1:2',
    );
    expect(placeOf('Array.map (<anonymous>)', 'node:internal/vm:1:2')).toBeUndefined();
  });

  it('is told from where one stands where the frame has the whole path', () => {
    const here = path.resolve('katas/10-rnn/rnn-step.ts');
    for (const frame of [`${here}:1:2`, `f (${here}:1:2)`, `f (file://${here}:1:2)`])
      expect(placeOf(frame)).toBe('katas/10-rnn/rnn-step.ts:1:2');
  });
});
