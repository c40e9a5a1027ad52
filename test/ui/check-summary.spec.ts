/** Many checks: as a page, and as JUnit XML. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkSummary, nextText } from '../../src/ui/check-summary.js';
import { junitXml } from '../../src/ui/junit.js';
import { outcomes, type KataReport } from '../../src/kata/index.js';
import { expectPrintableAtAnyWidth, letters, plainPage } from './pages.js';

const text = fc.string({ unit: 'binary', maxLength: 30 });
const report: fc.Arbitrary<KataReport> = fc
  .record({
    outcome: fc.constantFrom(...outcomes),
    seed: fc.nat(),
    ms: fc.nat(9999),
    says: text,
    failing: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  })
  .map(({ outcome, seed, ms, says, failing }) => {
    const judged = outcome === 'passed' || outcome === 'failed';
    const checks = failing.map((fails, k) => {
      const passed = outcome === 'passed' || (k > 0 && !fails);
      return { name: `check ${k}`, passed, says: passed ? null : says };
    });
    return {
      id: `kata-${seed}`,
      title: says,
      outcome,
      seed,
      ms,
      checks: judged ? checks : [],
      diagnosis: null,
      counterexample: null,
      says: judged ? null : says,
      printed: [],
    };
  });
const reports = fc.array(report, { minLength: 1, maxLength: 8 });

it('the page counts every kata once, and names it', () => {
  fc.assert(
    fc.property(reports, (all) => {
      const page = letters(checkSummary(all, 1234, plainPage(80)));
      const counts = [...page.matchAll(/[✓✗·](\d+)(?:passed|failed|notimplementedyet)/gu)];
      expect(counts.reduce((sum, [, n]) => sum + Number(n), 0)).toBe(all.length);
      for (const { id } of all) expect(page).toContain(id);
    }),
  );
  const planted = fc.sample(reports, { seed: 5, numRuns: 3 });
  for (const all of planted)
    expectPrintableAtAnyWidth((page) =>
      checkSummary(
        all.map((one) => ({ ...one, says: 'It did not answer.', checks: [] })),
        1234,
        page,
      ),
    );
});

it('the XML has a suite a kata and a case a check, and says what failed', () => {
  fc.assert(
    fc.property(reports, (all) => {
      const xml = junitXml(all);
      // XML 1.0 has no way to write these.
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u);
      const suites = [...xml.matchAll(/<testsuite name="([^"]*)"[^]*?<\/testsuite>/g)];
      expect(suites.map(([, name]) => name)).toEqual(all.map(({ id }) => id));
      for (const [k, [suite]] of suites.entries()) {
        const { checks, outcome } = all[k]!;
        const judged = checks.length > 0;
        const count = (tag: string): number => suite.split(`<${tag} `).length - 1;
        const failed = judged ? checks.filter(({ passed }) => !passed).length : 1;
        const errors = judged || outcome === 'notImplemented' ? 0 : 1;
        expect(count('testcase')).toBe(judged ? checks.length : 1);
        expect([count('failure'), count('error')]).toEqual([failed - errors, errors]);
      }
    }),
  );
});

it('after the last kata comes the quiz', () => {
  expect(nextText(null, plainPage(80))).toEqual(['  every kata has passed: bptt quiz']);
  expectPrintableAtAnyWidth((page) => nextText('softmax-cross-entropy', page));
});
