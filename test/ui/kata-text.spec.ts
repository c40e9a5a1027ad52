/** Reports come from the real judge: solutions, known mistakes, faults. */
import { describe, expect, it } from 'vitest';
import { katas } from '../../katas/index.js';
import { judge } from '../../src/kata/judge.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { outcomes } from '../../src/kata/report.js';
import { kataText } from '../../src/ui/kata-text.js';
import { expectPrintable, expectPrintableAtAnyWidth, letters, plainPage, words } from './pages.js';
import type { Fault, Subject } from '../../src/kata/subject.js';
import type { KataReport, Outcome } from '../../src/kata/report.js';
import type { Values } from '../../src/kata/values.js';

const lstm = katas.find(({ id }) => id === 'lstm-step')!;
const judged = async (subject: Subject, kata = lstm): Promise<KataReport> => ({
  ...(await judge(kata, subject, { seed: 7 })),
  ms: 41,
});
const local = (implementation: (given: Values) => unknown, kata = lstm) =>
  judged(localSubject(implementation), kata);

/** A subject that ends so, after it printed something. */
const ending = (kind: Fault['kind']): Promise<KataReport> =>
  judged({
    call: () => Promise.resolve<Fault>({ kind, says: `lstm-step.ts ended by ${kind}` }),
    close: () => Promise.resolve(),
    printed: () => ['step 1', 'z'.repeat(150)],
  });
class NotImplemented extends Error {
  override readonly name = 'NotImplemented';
}

/** For every outcome: a report that has it, and the word that says it. */
const cases: { readonly [K in Outcome]: readonly [() => Promise<KataReport>, string] } = {
  passed: [() => local(lstm.reference), '✓ passed'],
  failed: [() => local(lstm.mistakes[0]!.variant), '✗ failed'],
  threw: [
    () =>
      local(() => {
        throw new Error('x.map is not a function');
      }),
    '✗ threw an error',
  ],
  notImplemented: [
    () =>
      local(() => {
        throw new NotImplemented();
      }),
    '· not implemented yet',
  ],
  timedOut: [() => ending('timedOut'), '✗ ran out of time'],
  outOfMemory: [() => ending('outOfMemory'), '✗ ran out of memory'],
  tooMuchOutput: [() => ending('tooMuchOutput'), '✗ printed too much'],
  exited: [() => ending('exited'), '✗ ended without an answer'],
  doesNotCompile: [() => ending('doesNotCompile'), '✗ does not compile'],
  missing: [() => ending('missing'), '✗ missing'],
};

describe.each(outcomes)('a kata that is %s', (outcome) => {
  const [make, word] = cases[outcome];
  it('says so first, in words, at any width', async () => {
    const report = await make();
    expect(report.outcome).toBe(outcome);
    expect(kataText(report, plainPage(80))[0]).toContain(`lstm-step  ${word}`);
    expect(letters(kataText(report, plainPage(20)))).toContain(word.replaceAll(' ', ''));
    expectPrintableAtAnyWidth((page) => kataText(report, page));
  });

  it('says why, and what to type next', async () => {
    const report = await make();
    for (const width of [20, 40, 80]) {
      const shown = letters(kataText(report, plainPage(width)));
      if (report.says !== null) expect(shown).toContain(letters([report.says]));
      for (const line of report.printed) expect(shown).toContain(letters([line]));
      const helps: Partial<Record<string, string>> = {
        passed: 'solution',
        doesNotCompile: 'check',
      };
      const command = helps[outcome] ?? 'hint';
      expect(shown).toContain(`bptt${command}lstm-step`);
    }
  });

  it('has a word that no other outcome has', () => {
    const same = outcomes.filter((other) => cases[other][1].includes(word));
    expect(same).toEqual([outcome]);
  });
});

describe.each(katas)('$id', (kata) => {
  // Rendering is the same for all of them; test/content judges every one.
  it.each(kata.mistakes.slice(0, 2))(
    'with $id: the mistake before the case, the case before the checks',
    async ({ variant, says }) => {
      const report = await local(variant, kata);
      const { step, worked, firstDifference } = report.counterexample!;
      const mark = '←firstdifference';
      // Beside the first equation that gives another number; where none does, beside the output's entry.
      const first = worked.findIndex(({ yours }) => yours !== undefined);
      const { output, index } = firstDifference;
      const entry = output + index.map((j) => `[${j}]`).join('');
      for (const width of [20, 40, 80, 200]) {
        const shown = letters(kataText(report, plainPage(width)));
        const order = [
          letters([says]),
          'Smallestcase',
          ...(step && worked.length > 0 ? [letters([`At ${step.where}`])] : []),
          ...worked.flatMap(({ text }, k) => [letters([text]), ...(k === first ? [mark] : [])]),
          entry,
          ...(first < 0 ? [mark] : []),
          ...report.checks.filter(({ passed }) => passed).map(({ name }) => letters([`✓ ${name}`])),
          ...report.checks
            .filter(({ passed }) => !passed)
            .map(({ name }) => letters([`✗ ${name}`])),
        ];
        let from = 0;
        for (const part of order) {
          const at = shown.indexOf(part, from);
          expect(at, `${part} at ${width} columns`).toBeGreaterThanOrEqual(from);
          from = at + part.length;
        }
        expect(shown.split(mark)).toHaveLength(2);
        expectPrintable((page) => kataText(report, page), width);
      }
    },
  );
});

describe('a failure', () => {
  it('shows two numbers that differ, also where four digits are the same', async () => {
    const report = await local((given) => {
      const { h, c } = lstm.reference(given) as { h: Float64Array; c: Float64Array };
      return { h: h.map((v) => v * (1 + 1e-7)), c };
    });
    const shown = words(kataText(report, plainPage(120)));
    const [, yours, right] = /yours (\S+), should be (\S+)/.exec(shown)!;
    expect(yours).not.toBe(right);
    expect(shown).toContain('None of the known mistakes');
  });

  it('of the shapes says what was expected', async () => {
    const report = await local(({ cPrev }) => ({ h: [1, 2], c: cPrev }));
    expect(words(kataText(report, plainPage(80)))).toMatch(
      /✗ names and shapes: Expected h to be a Float64Array of H = \d+, got a plain array of 2\./,
    );
  });

  it('that is no matter of numbers is said beside a diagnosis', async () => {
    const report = await local((given) => {
      const wrong = lstm.mistakes[0]!.variant(given);
      (given.x as Float64Array)[0] = 9;
      return wrong;
    });
    expect(report.diagnosis?.mistake).toBe(lstm.mistakes[0]!.id);
    expect(words(kataText(report, plainPage(80)))).toContain('You changed your input x[0]');
  });

  it('stands with what was printed, also after a pass, its indentation kept', async () => {
    const printed = ['{', '  gates: [', '    [ 0.25,  1 ],', '    [   -1, 10 ]', '  ]', '}'];
    for (const implementation of [lstm.reference, lstm.mistakes[0]!.variant]) {
      const report = await judged({ ...localSubject(implementation), printed: () => printed });
      const shown = kataText(report, plainPage(80));
      const at = shown.indexOf('  It printed:');
      expect(shown.slice(at + 1, at + 1 + printed.length)).toEqual(
        printed.map((text) => `    ${text}`),
      );
    }
  });

  it('shows no more than twenty rows of what was printed, however long its lines', async () => {
    const report = await judged({
      ...localSubject(lstm.mistakes[0]!.variant),
      printed: () => ['a'.repeat(1000), 'b'.repeat(1000), 'c'.repeat(1000)],
    });
    const printed = (width: number): string[] => {
      const shown = kataText(report, plainPage(width));
      return shown.slice(shown.indexOf('  It printed, at the end:') + 1, shown.lastIndexOf(''));
    };
    for (const width of [30, 80]) {
      expect(printed(width)).toHaveLength(20);
      expect(printed(width).at(-1)).toMatch(/^ +c+$/);
    }
  });

  it('shows the last twenty lines that were printed', async () => {
    const report = await judged({
      ...localSubject(lstm.mistakes[0]!.variant),
      printed: () => Array.from({ length: 40 }, (_, k) => `line-${k}.`),
    });
    const shown = words(kataText(report, plainPage(80)));
    expect(shown).not.toContain('line-19.');
    for (let k = 20; k < 40; k++) expect(shown).toContain(`line-${k}.`);
  });
});
