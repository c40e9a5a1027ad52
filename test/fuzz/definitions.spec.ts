/**
 * Definitions of katas that are wrong themselves. They are ours (or a teacher's), and trusted: what their
 * reference, laws or mistakes throw is passed on as it is, so that the command ends 70 and blames nobody
 * else. Never is it a hang, and never a verdict on the learner that the definition does not support.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judge } from '../../src/kata/judge.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { drawValues } from '../../src/kata/cases.js';
import type { Kata } from '../../src/kata/define.js';
import { letters, type KataDims } from '../../src/kata/sizes.js';
import { integer, matrix, scalar, sequence, vector, vectors } from '../../src/kata/values.js';
import type { Shapes, Values } from '../../src/kata/values.js';
import { share } from './budget.js';

class Planted extends Error {}

const axis = fc.constantFrom('T', 'D', 'H', 'O', 'S', 'K', 'V', 'N', 'H+D', '2H', 'N*K');
const shape = fc.oneof(
  fc.constant(scalar),
  fc.constant(vectors),
  fc.constant(integer(1, 'T')),
  axis.map((one) => vector(one as 'H')),
  fc.tuple(axis, axis).map(([rows, columns]) => matrix(rows as 'H', columns as 'H')),
  axis.map((one) => sequence(one as 'H')),
);
const shapes = fc.dictionary(fc.constantFrom('x', 'h', 'Wf', 'dh', 'constructor'), shape, {
  minKeys: 1,
  maxKeys: 3,
}) as fc.Arbitrary<Shapes>;

/** How a function of the definition misbehaves, and on which of its calls. */
const fault = fc.record({
  where: fc.constantFrom('nowhere', 'reference', 'change', 'holds', 'variant', 'prepare'),
  call: fc.integer({ min: 1, max: 6 }),
});

it('a report, or the definition’s own error', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, shapes, fault, fc.boolean(), fc.boolean(), async (inputs, outputs, { where, call }, right, lawful) => {
      let calls = 0;
      const trip = (here: string): void => {
        if (here === where && ++calls === call) throw new Planted(where);
      };
      const dims = Object.fromEntries(letters.map((letter, k) => [letter, k + 2])) as KataDims;
      const answer = (seed: number) => (given: Values): Values => drawValues(outputs, dimsLike(inputs, given, dims), seed);
      const kata = {
        id: 'random', functionName: 'random', topic: '10-rnn', title: '', level: 1, minutes: 1,
        equations: [], hints: ['', '', ''], followUps: [], inputs, outputs,
        prepare: (given: Values) => (trip('prepare'), given),
        reference: (given: Values) => (trip('reference'), answer(1)(given)),
        laws: [{ name: 'law', change: (given: Values) => (trip('change'), given), holds: () => (trip('holds'), lawful) }],
        mistakes: [{ id: 'm', says: 'm', variant: (given: Values) => (trip('variant'), answer(2)(given)) }],
      } as unknown as Kata;
      try {
        const { outcome } = await judge(kata, localSubject(answer(right ? 1 : 2)), { seed: 3, cases: 2 });
        expect(['passed', 'failed']).toContain(outcome);
        if (!lawful) expect(outcome).toBe('failed');
      } catch (error) {
        expect(error).toBeInstanceOf(Planted);
        expect(where).not.toBe('nowhere');
      }
    }),
    share(0.019),
  );
}); // prettier-ignore

/** The sizes that the inputs show; for others these. */
function dimsLike(inputs: Shapes, given: Values, dims: KataDims): KataDims {
  const found: Record<string, number> = { ...dims };
  for (const [name, one] of Object.entries(inputs)) {
    const value = given[name];
    if (!('axes' in one) || value === undefined || typeof value === 'number') continue;
    if (one.axes[0] in dims) found[one.axes[0]] = value.length;
    const second = one.axes[1];
    if (second !== undefined && second in dims && value[0] instanceof Float64Array)
      found[second] = value[0].length;
  }
  return found as KataDims;
}
