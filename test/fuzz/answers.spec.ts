/** Whatever a learner's function returns or throws, the judge ends in a report that names a failure. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { katas, type Kata } from '../../src/kata/index.js';
import { judge } from '../../src/kata/judge.js';
import { lengthOf, letters } from '../../src/kata/sizes.js';
import { localSubject } from '../../src/kata/local-subject.js';
import type { KataDims } from '../../src/kata/sizes.js';
import type { Values } from '../../src/kata/values.js';
import { anyDouble, anything, share } from './budget.js';

const anyKata = fc.constantFrom(...katas);

/** A value that throws, or loops no longer than once, when anyone looks inside. */
const mined = fc.constantFrom(
  () => ({
    get h(): never {
      throw new Error('a getter was called');
    },
  }),
  () =>
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('a trap was called');
        },
      },
    ),
  () => Object.assign(() => 0, { h: new Float64Array(1) }),
  () => Object.create({ h: new Float64Array(3) }) as unknown,
  () => Object.defineProperty(new Float64Array(3), 'length', { value: 4 }),
  () => new (class extends Float64Array {})(4),
  () => ({ h: new Proxy(new Float64Array(4), {}) }),
  () => ({ toJSON: () => 'passed', valueOf: () => 1, then: () => 1 }),
);

const named = (kata: Kata, value: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.keys(kata.outputs).map((name) => [name, value]));

async function outcomeOf(kata: Kata, implementation: (given: Values) => unknown): Promise<void> {
  const report = await judge(kata, localSubject(implementation), { seed: 7, cases: 1 });
  expect(report.outcome).toMatch(/^(failed|threw|notImplemented)$/);
  const failing = report.checks.filter(({ passed }) => !passed);
  expect(report.says !== null || failing.length > 0).toBe(true);
  expect(structuredClone(report)).toEqual(report); // plain data: it can be printed and sent
}

it('any value', async () => {
  await fc.assert(
    fc.asyncProperty(anyKata, anything, (kata, value) => outcomeOf(kata, () => value)),
    share(0.2),
  );
});

it('any value under the right names', async () => {
  await fc.assert(
    fc.asyncProperty(anyKata, anything, (kata, value) => outcomeOf(kata, () => named(kata, value))),
    share(0.15),
  );
});

it('values that must not be looked into', async () => {
  await fc.assert(
    fc.asyncProperty(anyKata, mined, fc.boolean(), (kata, make, inside) =>
      outcomeOf(kata, () => (inside ? named(kata, make()) : make())),
    ),
    share(0.05),
  );
});

it('any value thrown', async () => {
  await fc.assert(
    fc.asyncProperty(anyKata, anything, mined, fc.boolean(), (kata, value, make, isMined) =>
      outcomeOf(kata, () => {
        throw isMined ? make() : value;
      }),
    ),
    share(0.1),
  );
});

/** The right names and shapes at the sizes of the case, with these numbers; lists of vectors at any length. */
function fitting(kata: Kata, given: Values, numbers: readonly number[]): Values {
  let at = 0;
  const next = (): number => numbers[at++ % numbers.length]!;
  const vector = (n: number): Float64Array => Float64Array.from({ length: n }, next);
  const dims = dimsOf(kata, given);
  return Object.fromEntries(
    Object.entries(kata.outputs).map(([name, shape]): [string, Values[string]] => {
      if (shape.kind === 'scalar') return [name, next()];
      if (shape.kind === 'integer') return [name, Math.trunc(next())];
      if (shape.kind === 'vectors')
        return [
          name,
          Array.from({ length: Math.abs(Math.trunc(next())) % 5 || 0 }, () => vector(2)),
        ];
      const lengths = shape.axes.map((axis) => lengthOf(axis, dims));
      if (shape.kind === 'vector') return [name, vector(lengths[0]!)];
      return [name, Array.from({ length: lengths[0]! }, () => vector(lengths[1]!))];
    }),
  );
}

/** The sizes of a case, read off the inputs as a learner would. */
function dimsOf(kata: Kata, given: Values): KataDims {
  const dims: Record<string, number> = {};
  for (const [name, shape] of Object.entries(kata.inputs)) {
    const value = given[name]!;
    if (!('axes' in shape) || typeof value === 'number') continue;
    const lengths = [value.length, value[0] instanceof Float64Array ? value[0].length : 0];
    shape.axes.forEach((axis, k) => (dims[axis] ??= lengths[k]!));
  }
  return { ...Object.fromEntries(letters.map((letter) => [letter, 3])), ...dims } as KataDims;
}

it('any numbers in the right shapes: laws, mistakes and worked examples stand them', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyKata,
      fc.array(anyDouble, { minLength: 1, maxLength: 9 }),
      (kata, numbers) => outcomeOf(kata, (given) => fitting(kata, given, numbers)),
    ),
    share(0.02),
  );
});
