/** Lines from a pipe: however they are cut into chunks they come out the same, and none is endless. */
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOf, longestLine } from '../../src/commands/lines.js';
import { Refusal } from '../../src/commands/refusal.js';

/** The lines of a text whose bytes come in pieces of these sizes. */
async function linesIn(text: string, sizes: readonly number[]): Promise<string[]> {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0, k = 0; at < bytes.length; k++) {
    const end = at + (sizes[k % sizes.length] ?? 1);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  const lines: string[] = [];
  for await (const line of linesOf(Readable.from(pieces, { objectMode: false }))) lines.push(line);
  return lines;
}

it('are the same in pieces of any size, also where a sign or \\r\\n is cut in two', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', ' ', 'σ', '⊙', '𝕎', 'c\u0303') });
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n'))),
      line,
      sizes,
      async (ended, last, pieces) => {
        const text = ended.map((one) => one.join('')).join('') + last;
        const wanted = [...ended.map(([one]) => one), ...(last === '' ? [] : [last])];
        expect(await linesIn(text, pieces)).toEqual(wanted);
      },
    ),
  );
});

it('that are too long end it, after those before them, without the rest being read', async () => {
  let given = 0;
  const endless = new Readable({
    read() {
      given += 1000;
      this.push(given === 1000 ? 'one\ntwo\n' : Buffer.alloc(1000));
    },
  });
  const lines = linesOf(endless);
  expect([(await lines.next()).value, (await lines.next()).value]).toEqual(['one', 'two']);
  const refusal = await lines.next().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(Refusal);
  expect((refusal as Refusal).message).toMatch(/line 3 .* is saved\.$/);
  expect(given).toBeLessThan(2 * longestLine);
  expect(endless.destroyed).toBe(true);
});

it('of exactly the longest length are read', async () => {
  const long = 'x'.repeat(longestLine);
  expect(await linesIn(`${long}\n${long}`, [4096])).toEqual([long, long]);
  await expect(linesIn(`${long}y`, [4096])).rejects.toThrow(/line 1 has more than 100000 char/);
});
