/** What a program printed is kept as it looked, and can do nothing to a terminal. */
import { expect, it } from 'vitest';
import { Transcript } from '../../../src/kata/host/transcript.js';

it('indentation and the columns of tabs stay, wherever the stream was cut; escapes go', () => {
  const transcript = new Transcript(1000);
  for (const chunk of ['1\t22\n44', '44\t5\n{\n  a: {\u001b[3', '1m\n    b\n'])
    expect(transcript.take('stdout', Buffer.from(chunk))).toBe(true);
  expect(transcript.lines()).toEqual(['1       22', '4444    5', '{', '  a: {', '    b']);
});

it('of many lines the last are kept, each of them cut where it is too long to be read', () => {
  const transcript = new Transcript(1e6);
  const printed = Array.from({ length: 100 }, (_, k) => `line ${k}`);
  transcript.take('stdout', Buffer.from([...printed, 'x'.repeat(2000), ''].join('\n')));
  const lines = transcript.lines();
  expect(lines.slice(0, -1)).toEqual(printed.slice(-39));
  expect(lines.at(-1)).toBe(`${'x'.repeat(1000)}…`);
});
