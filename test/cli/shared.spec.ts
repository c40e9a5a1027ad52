/** The process that runs many command lines answers each as the binary does, whatever ran before it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inWorkspace, shared } from './bptt.js';
import type { Ran } from './bptt.js';

const lines = [
  ['list', '--json'],
  ['hint', 'nope'],
  ['gradcheck', 'rnn', '--steps', '2', '--mistake', 'no-hidden-carry', '--json'],
  ['gradcheck', 'lstm', '--hidden', '0'],
  ['check', '--sed', '7'],
  ['check', '--help'],
  ['--version'],
  ['chek'],
];

it('answers as the binary does, in any order', async () => {
  const learner = await inWorkspace();
  const alone = await Promise.all(lines.map((args) => learner.bptt(args)));
  const plain = ({ status, stdout, stderr }: Ran) => ({
    status,
    stdout,
    stderr,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(lines.length - 1), { minLength: 8, maxLength: 8 }),
      async (order) => {
        for (const k of order)
          expect(plain(await learner.bptt(lines[k]!, shared)), lines[k]!.join(' ')).toEqual(
            plain(alone[k]!),
          );
      },
    ),
    { numRuns: 8 },
  );
});
