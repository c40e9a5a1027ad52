/** What one would type next, held to what a shell makes of it. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kataCommand } from '../../src/ui/kata-command.js';

/** What means something to a shell, and what does not. */
const letters = Array.from(' \'"\\$`*;&~#=ab/.-é');

/** The words that a shell reads in a line, without what it would run. */
const wordsIn = (line: string): string[] =>
  execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    .split('\n')
    .slice(0, -1);

it('is bptt and its words; a folder goes along as one word, whatever it is called', () => {
  expect(kataCommand('hint lstm-step')).toBe('bptt hint lstm-step');
  const names = fc.string({ unit: fc.constantFrom(...letters), minLength: 1 });
  fc.assert(
    fc.property(names, (folder) => {
      const said = wordsIn(kataCommand('hint leaky-step', folder));
      expect(said).toEqual(['bptt', 'hint', 'leaky-step', '--katas', folder]);
    }),
    { numRuns: 60, seed: 7 },
  );
});

it('leaves a plain path as it is', () => {
  const typed = 'bptt list --katas ../our-katas/v1.2';
  expect(kataCommand('list', '../our-katas/v1.2')).toBe(typed);
});
