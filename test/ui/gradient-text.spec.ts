/** Reports come from real checks of real cells, right ones and ones with a planted mistake. */
import { describe, expect, it } from 'vitest';
import { checkCellGradient, checkGradient, plantedMistakes } from '../../src/check/index.js';
import { gradientText } from '../../src/ui/gradient-text.js';
import { expectPrintableAtAnyWidth, plainPage, words } from './pages.js';
import type { CellKind } from '../../src/engine/index.js';
import type { Differentiable, GradientReport, Method } from '../../src/check/index.js';

function reportOf(cell: CellKind, method: Method, mistake?: string): GradientReport {
  const result = checkCellGradient({
    cell,
    dims: { T: 6, B: 1, D: 2, H: 3, ...(cell === 'rnn' ? { O: 2 } : {}) },
    seed: 7,
    method,
    ...(mistake === undefined ? {} : { mistake }),
  });
  if (result.kind !== 'report') expect.fail(result.says);
  return result.report;
}
/** The cells with planted mistakes. */
const cellKinds = Object.keys(plantedMistakes) as CellKind[];
const methods = ['both', 'complex-step', 'five-point'] as const;

describe.each(cellKinds)('a right gradient of the %s', (cell) => {
  it.each(methods)('is printable and passes, by %s', (method) => {
    const report = reportOf(cell, method);
    expectPrintableAtAnyWidth((page) => gradientText(report, page, 12));
    const shown = words(gradientText(report, plainPage(80), 12));
    expect(shown).toContain('✓ every gradient agrees with');
    expect(shown).not.toContain('✗');
    for (const { name } of report.tensors) expect(shown).toContain(` ${name} `);
    expect(shown.includes('complex ± rounding')).toBe(method !== 'five-point');
    expect(shown.includes('5-point ± rounding')).toBe(method !== 'complex-step');
  });
});

describe.each(cellKinds)('a wrong gradient of the %s', (cell) => {
  it.each(Object.keys(plantedMistakes[cell]))('with %s says what, where, yours and right', (id) => {
    const report = reportOf(cell, 'both', id);
    for (const width of [20, 40, 80, 200]) {
      const lines = gradientText(report, plainPage(width), 12);
      const shown = words(lines);
      const wrong = report.tensors.filter(({ passed }) => !passed);
      expect(wrong.length).toBeGreaterThan(0);
      expect(shown).toContain(`✗ ${wrong.length} of ${report.tensors.length} gradients`);
      expect(shown).not.toContain('✓ every gradient');
      const broken = (text: string) => shown.replaceAll(' ', '').includes(text.replaceAll(' ', ''));
      for (const { name, says, worst } of wrong) {
        const place = name + worst!.index.map((j) => `[${j}]`).join('');
        const line = new RegExp(
          `${place.replaceAll(/[[\]]/g, '\\$&')}\\([^✗]*:yours(-?[\\d.]+(?:e[-+]\\d+)?),shouldbe(-?[\\d.]+(?:e[-+]\\d+)?)`,
        ).exec(shown.replaceAll(' ', ''));
        expect(line, `${place} in\n${lines.join('\n')}`).not.toBeNull();
        const [, yours, right] = line!.map(Number) as [number, number, number];
        expect(Math.abs(yours - worst!.analytic)).toBeLessThanOrEqual(
          1e-3 * Math.abs(worst!.analytic),
        );
        expect(Math.abs(right - worst!.numeric)).toBeLessThanOrEqual(
          1e-3 * Math.abs(worst!.numeric),
        );
        expect(yours).not.toBe(right);
        expect(broken(says!)).toBe(true);
      }
      expect(broken(`planted mistake ${id}: ${report.mistake!.says}`)).toBe(true);
    }
  });

  it('is printable', () => {
    for (const method of methods) {
      const report = reportOf(cell, method, 'mean-over-time');
      expectPrintableAtAnyWidth((page) => gradientText(report, page, 12));
    }
  });
});

describe('the verdict', () => {
  it('comes before the table, and an explanation that several tensors share comes once', () => {
    const report = reportOf('lstm', 'both', 'mean-over-time');
    const lines = gradientText(report, plainPage(80));
    const first = (part: string) => lines.findIndex((line) => line.includes(part));
    expect(first('gradients are wrong')).toBeGreaterThan(-1);
    expect(first('gradients are wrong')).toBeLessThan(first('tensor'));
    expect(words(lines).split('a mean over time where the sum belongs')).toHaveLength(2);
  });

  it('counts one wrong gradient in the singular', () => {
    expect(words(gradientText(reportOf('lstm', 'both', 'one-sign'), plainPage(80)))).toContain(
      '✗ 1 of 11 gradients is wrong',
    );
  });

  const square = (change: Partial<Differentiable>): GradientReport => {
    const tensor = { name: 'w', shape: [2], axes: ['H'], values: Float64Array.of(0.5, -0.25) };
    const right: Differentiable = {
      tensors: [tensor],
      loss: ([w]) => w!.reduce((sum, v) => sum + v * v, 0),
      gradient: ([w]) => [w!.map((v) => 2 * v)],
    };
    const { passed, tensors, faults } = checkGradient({ ...right, ...change });
    const rest = { version: 1, cell: 'rnn', seed: 1, method: 'five-point', mistake: null } as const;
    return { ...rest, dims: { H: 2 }, entries: 2, passed, tensors, faults };
  };

  it('names faults of the functions, without a word on gradients that are right', () => {
    let calls = 0;
    const loss: Differentiable['loss'] = ([w]) =>
      w!.reduce((sum, v) => sum + v * v, calls++ * 1e-14);
    const report = square({ loss });
    expect(report.faults).not.toEqual([]);
    const shown = words(gradientText(report, plainPage(80)));
    expect(shown).toContain(`✗ ${report.faults[0]!}`);
    expect(shown).not.toContain('every gradient');
    expect(shown).not.toContain('0 of 1');
  });

  it.each([
    [[1, 1], 'undecided', '2 of 2'],
    [[1, 0], 'ok', '1 of 2'],
  ])('does not claim what differences cannot decide: %o', (gradient, verdict, count) => {
    // Rounding hides a slope of 1 in a loss of 1e20.
    const report = square({
      loss: ([w]) => 1e20 + w![0]!,
      gradient: () => [Float64Array.from(gradient)],
    });
    expect(report.tensors[0]!.verdict).toBe(verdict);
    const shown = words(gradientText(report, plainPage(80)));
    expect(shown).toContain(`? w (${count} entries): smaller than the differences`);
    expect(shown).not.toContain('every gradient agrees');
    expectPrintableAtAnyWidth((page) => gradientText(report, page));
  });
});
