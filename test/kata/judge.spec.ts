/** The judge ends in a report whatever the subject does, and its report is true. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kataById } from '../../src/kata/catalogue.js';
import { fromShapes, judge } from '../../src/kata/judge.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { outcomes } from '../../src/kata/report.js';
import type { Answer, Fault, Subject } from '../../src/kata/subject.js';
import type { Values } from '../../src/kata/values.js';

const kata = kataById('lstm-step')!;
type Report = Awaited<ReturnType<typeof judge>>;
type Step = (given: Values) => unknown;

const judged = (step: Step, seed = 1, cases = 12): Promise<Report> =>
  judge(kata, localSubject(step), { seed, cases });

/** The reference's numbers, free to be changed. */
const right = (given: Values) => kata.reference(given) as { h: Float64Array; c: Float64Array };

function expectWellFormed(report: Report): void {
  expect(outcomes).toContain(report.outcome);
  expect(JSON.parse(JSON.stringify(structuredClone(report)))).toMatchObject({ id: 'lstm-step' });
  for (const check of report.checks) {
    expect(check.passed).toBeTypeOf('boolean');
    if (!check.passed) expect(check.says).toMatch(/\S.*\.$/s);
  }
  const judgedAll = report.outcome === 'passed' || report.outcome === 'failed';
  expect(report.says === null).toBe(judgedAll);
  if (judgedAll)
    expect(report.checks.every(({ passed }) => passed)).toBe(report.outcome === 'passed');
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  withSet: true,
});

describe('whatever comes back', () => {
  it('is a failed check, never a throw', async () => {
    const returned = fc.oneof(
      anything,
      fc.record({ h: anything, c: anything }),
      fc.record({ h: fc.float64Array(), c: fc.float64Array() }),
      fc.dictionary(fc.string(), anything),
    );
    await fc.assert(
      fc.asyncProperty(returned, async (value) => {
        const report = await judged(() => value, 3, 3);
        expectWellFormed(report);
        expect(report.outcome).toBe('failed');
      }),
      { numRuns: 300 },
    );
  });

  it('in one output beside a right one is a failed check as well', async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.constantFrom('h', 'c', 'extra'), async (value, name) => {
        const report = await judged((given) => ({ ...right(given), [name]: value }), 3, 3);
        expectWellFormed(report);
        expect(report.outcome).toBe('failed');
        expect(report.checks[0]).toMatchObject({ name: 'names and shapes', passed: false });
      }),
      { numRuns: 200 },
    );
  });

  it('is numbers: wrong in one entry of one case is found, with the entry', async () => {
    const entry = fc.record({
      at: fc.integer({ min: 0, max: 11 }),
      name: fc.constantFrom('h' as const, 'c' as const),
      by: fc.constantFrom(1e-6, -1e-3, 1, 1e300),
    });
    await fc.assert(
      fc.asyncProperty(entry, async ({ at, name, by }) => {
        let calls = 0;
        const report = await judged((given) => {
          const got = right(given);
          if (calls++ === at) got[name][got[name].length - 1]! += by;
          return got;
        });
        expectWellFormed(report);
        const wrong = report.checks.filter(({ passed }) => !passed);
        expect(wrong.map((check) => check.name)).toContain('equals the equations');
        expect(wrong.at(-1)!.says).toBe('1 of 12 cases differ.');
        expect(report.diagnosis).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it.each([NaN, Infinity, -Infinity])('%d is not finite', async (value) => {
    const report = await judged((given) => {
      const got = right(given);
      got.c[1] = value;
      return got;
    });
    const finite = report.checks.find(({ name }) => name === 'finite');
    expect(finite).toEqual({
      name: 'finite',
      passed: false,
      says: `c[1] is ${value}, in all 12 cases.`,
    });
    expectWellFormed(report);
  });

  it('rounding of another order of sums passes', async () => {
    const noise = fc.integer({ min: -20, max: 20 });
    await fc.assert(
      fc.asyncProperty(noise, fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (ulps, seed) => {
        const nudged = (v: number) => v * (1 + ulps * Number.EPSILON);
        const report = await judged((given) => {
          const { h, c } = right(given);
          return { h: h.map(nudged), c: c.map(nudged) };
        }, seed);
        expect(report.outcome).toBe('passed');
      }),
      { numRuns: 20 },
    );
  });
});

it('other outputs for the same inputs twice in a row are found', async () => {
  let last = '';
  const report = await judged((given) => {
    const { h, c } = right(given);
    const again = JSON.stringify(given) === last;
    last = JSON.stringify(given);
    return { h, c: again ? c.map((v) => v + 1) : c };
  });
  expect(report.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toContain(
    'deterministic',
  );
});

it('an input that was changed is named, with its row and column', async () => {
  const place = { row: 0, column: 0 };
  await fc.assert(
    fc.asyncProperty(fc.nat(99), fc.nat(99), async (j, k) => {
      let first = true;
      const report = await judged(
        (given) => {
          const got = right(given);
          const Wf = given.Wf as Float64Array[];
          const [row, column] = [j % Wf.length, k % Wf[0]!.length];
          if (first) Object.assign(place, { row, column });
          first = false;
          Wf[row]![column]! += 1;
          return got;
        },
        1 + k,
        3,
      );
      expect(report.checks.find(({ name }) => name === 'inputs untouched')?.says).toContain(
        `Wf[${place.row}][${place.column}]:`,
      );
    }),
    { numRuns: 20 },
  );
});

it.each([
  ['D', 'H'],
  ['H', 'D'],
] as const)('what is not finite just where %s > %s is told so', async (more, fewer) => {
  const report = await judged(
    (given) => {
      const got = right(given);
      const sizes = {
        D: (given.x as Float64Array).length,
        H: (given.hPrev as Float64Array).length,
      };
      if (sizes[more] > sizes[fewer]) got.c[0] = NaN;
      return got;
    },
    1,
    40,
  );
  expect(report.checks.find(({ name }) => name === 'finite')?.says).toContain(
    `in just those cases that have ${more} > ${fewer}: `,
  );
});

it('whatever is thrown is told, and NotImplemented is not an error', async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (thrown) => {
      const report = await judged(() => {
        throw thrown;
      });
      expectWellFormed(report);
      const name = (thrown as { name?: unknown } | null | undefined)?.name;
      expect(report.outcome).toBe(name === 'NotImplemented' ? 'notImplemented' : 'threw');
    }),
    { numRuns: 200 },
  );
});

describe('a subject that ends midway', () => {
  const faults = [
    'missing',
    'doesNotCompile',
    'threw',
    'timedOut',
    'outOfMemory',
    'tooMuchOutput',
    'exited',
  ] as const;

  /** Answers like this step until the nth call, then only with the fault; counts its calls. */
  function ending(step: Step, n: number, fault: Fault): Subject & { calls: number } {
    const inner = localSubject(step);
    return {
      ...inner,
      calls: 0,
      call(inputs): Promise<Answer | Fault> {
        return this.calls++ < n ? inner.call(inputs) : Promise.resolve(fault);
      },
    };
  }

  it('gives its fault as the outcome, at whichever call it comes', async () => {
    const whole = ending(right, Infinity, { kind: 'exited', says: '' });
    expect((await judge(kata, whole, { seed: 1, cases: 12 })).outcome).toBe('passed');
    expect(whole.calls).toBeGreaterThan(12 + 3);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.calls - 1 }),
        fc.constantFrom(...faults),
        async (n, kind) => {
          const report = await judge(kata, ending(right, n, { kind, says: 'It ended.' }), {
            seed: 1,
            cases: 12,
          });
          expectWellFormed(report);
          expect(report.outcome).toBe(kind);
          expect(report.says).toContain('It ended');
          if (kind === 'timedOut' && n < 12) expect(report.says).toContain(`case ${n + 1} of 12`);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('while its counterexample is sought still failed, for the reason that was found', async () => {
    const wrong: Step = (given) => ({ h: right(given).c, c: right(given).c });
    const whole = ending(wrong, Infinity, { kind: 'exited', says: '' });
    expect((await judge(kata, whole, { seed: 1, cases: 12 })).outcome).toBe('failed');
    const reports: Report[] = [];
    for (const n of [0, 11, 12, 14, 15, 36, whole.calls - 1]) {
      const early = ending(wrong, n, { kind: 'timedOut', says: 'It ended.' });
      const report = await judge(kata, early, { seed: 1, cases: 12 });
      expectWellFormed(report);
      reports.push(report);
    }
    expect(whole.calls).toBeGreaterThan(37);
    expect(reports.map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(5).fill('timedOut'), // cases, repetitions, the first law
      'failed',
      'failed',
    ]);
    expect(reports[6]!.counterexample).not.toBeNull();
  });
});

describe('a mistake that shows only sometimes', () => {
  /** Another cell where the first entry of the old one is large: about one case in three. */
  const sometimes: Step = (given) => {
    const got = right(given);
    if ((given.cPrev as Float64Array)[0]! > 0.3) got.c.fill(0.125);
    return got;
  };

  it('is found, not taken for a known one, and shown on a case where it shows', async () => {
    const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const report = await judged(sometimes, seed, 40);
        expect(report.outcome).toBe('failed');
        expect(report.diagnosis).toMatchObject({ mistake: 'one-output-wrong', guess: true });
        const { given, firstDifference, expected, got } = report.counterexample!;
        expect((given.cPrev as number[])[0]).toBeGreaterThan(0.3);
        expect(firstDifference).toMatchObject({ output: 'c', index: [0], got: 0.125 });
        expect((expected.c as number[])[0]).toBe(firstDifference.expected);
        expect((got.c as number[])[0]).toBe(0.125);
      }),
      { numRuns: 8 },
    );
  });

  it('outside the cases, is found by a law', async () => {
    const report = await judged((given) => {
      const got = right(given);
      if ((given.cPrev as Float64Array).some((c) => Math.abs(c) > 10)) got.h.fill(1.5);
      return got;
    });
    const wrong = report.checks.filter(({ passed }) => !passed).map(({ name }) => name);
    expect(wrong).toEqual(['the hidden state stays inside ±1 however large the cell']);
    expect(report).toMatchObject({ outcome: 'failed', diagnosis: null, counterexample: null });
  });
});

it('the same seed gives the same report; checks come in one order', async () => {
  const wrong: Step = (given) => kata.mistakes[3]!.variant(given);
  const [one, again] = [await judged(wrong, 9), await judged(wrong, 9)];
  expect(again).toEqual(one);
  expect(one.checks.map(({ name }) => name)).toEqual([
    ...fromShapes,
    ...kata.laws.map(({ name }) => name),
  ]);
});
