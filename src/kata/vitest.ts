/** `testKata` from `bptt/vitest`: the same definitions and the same judge, under vitest in a learner's workspace. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fromShapes, judge } from './judge.js';
import { kataById } from './catalogue.js';
import { localSubject } from './local-subject.js';
import type { KataReport } from './report.js';
import type { Values } from './values.js';

/** The sentences that a failing test shows: the check's own, the diagnosis, the first difference. */
function message(report: Omit<KataReport, 'ms'>, says: string | null): string {
  const { diagnosis, counterexample } = report;
  const difference = counterexample?.firstDifference;
  return [
    says ?? report.says,
    diagnosis?.says,
    difference &&
      `${difference.output}${difference.index.map((j) => `[${j}]`).join('')} is ${difference.got}, expected ${difference.expected} (seed ${report.seed}).`,
  ]
    .filter(Boolean)
    .join('\n');
}

/**
 * Declares the tests of one kata for an implementation of it: a vitest suite of the kata's name with a test for
 * each check and each law. A test that fails says what the check, the diagnosis and the first difference say. In a
 * test file of a workspace:
 *
 *   import { testKata } from 'bptt/vitest';
 *   import { lstmStep } from './lstm-step.js';
 *
 *   testKata('lstm-step', lstmStep);
 *
 * The cases are those of `bptt check` with the same seed. The implementation runs in the test's own process, without
 * the limits on time and memory that `bptt check` has.
 * @param id the kata's id, e.g. `lstm-step`
 * @param implementation the function of the kata's signature
 * @param options `seed` of the generated cases; 1 where nothing is said
 * @throws {TypeError} if there is no such kata
 */
export function testKata(
  id: string,
  implementation: (input: never) => unknown,
  options: { seed?: number } = {},
): void {
  const kata = kataById(id);
  if (!kata) throw new TypeError(`There is no kata ${id}.`);
  describe(id, () => {
    let report: Omit<KataReport, 'ms'>;
    beforeAll(async () => {
      report = await judge(kata, localSubject(implementation as (inputs: Values) => unknown), {
        seed: options.seed ?? 1,
      });
    });
    it('runs on every case', () => {
      if (report.outcome !== 'passed' && report.outcome !== 'failed')
        expect.fail(message(report, report.says));
    });
    it.each([...fromShapes, ...kata.laws.map((law) => law.name)])('%s', (name) => {
      const check = report.checks.find((one) => one.name === name);
      if (!check?.passed)
        expect.fail(
          message(report, check?.says ?? 'An earlier check failed, so this one did not run.'),
        );
    });
  });
}
