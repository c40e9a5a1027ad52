/** What stands on stderr: on a terminal wrapped between words, in a pipe one line. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { complaint } from '../../src/commands/sentence.js';

const stream = (isTTY: boolean, columns: number) => ({ isTTY, columns });
const word = fc.string({ unit: fc.constantFrom('a', '/', 'σ', '-'), minLength: 1, maxLength: 60 });
const sentence = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(' '));

it('is wrapped on a terminal, and no word of it is broken', () => {
  fc.assert(
    fc.property(sentence, fc.integer({ min: 20, max: 200 }), (says, columns) => {
      const lines = complaint(says, stream(true, columns)).split('\n');
      expect(lines.join(' ')).toBe(`bptt: ${says}`);
      lines.slice(1).forEach((line, k) => {
        const joined = `${lines[k]!} ${line.split(' ')[0]!}`;
        expect(joined.length).toBeGreaterThan(Math.min(columns, 120)); // no line ends before it is full
      });
      for (const line of lines) if (line.length > columns) expect(line).not.toContain(' '); // a word that no line has room for
    }),
  );
});

it('is one line in a pipe', () => {
  fc.assert(
    fc.property(sentence, fc.integer({ min: 20, max: 200 }), (says, columns) => {
      expect(complaint(says, stream(false, columns))).toBe(`bptt: ${says}`);
    }),
  );
});
