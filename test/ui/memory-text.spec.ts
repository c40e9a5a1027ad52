import { beforeAll, describe, expect, it } from 'vitest';
import { exponentText, memoryText } from '../../src/ui/memory-text.js';
import { partsThatFit } from '../../src/ui/pager.js';
import { grouped, shortBytes } from '../../src/ui/bytes.js';
import { asPredicted, reportOf } from '../bench/memory/fake.js';
import { expectPrintableAtAnyWidth, plainPage, words } from './pages.js';
import type { MemoryReport } from '../../src/bench/index.js';

let report: MemoryReport;
beforeAll(async () => {
  report = await reportOf();
});

describe('the memory report', () => {
  it('fits every page, with and without all points', async () => {
    const short = await reportOf({ steps: [1, 10_000_000] });
    expectPrintableAtAnyWidth((page) => memoryText(short, page, true));
    expectPrintableAtAnyWidth((page) => memoryText(report, page));
  });

  it('begins with the verdict, and names every mode, what it keeps and how that grows', () => {
    for (const width of [40, 80, 120]) {
      const lines = memoryText(report, plainPage(width));
      expect(words(lines.slice(0, 6))).toContain('✓ 64 points');
      for (const curve of report.curves) {
        expect(words(lines)).toContain(curve.name);
        const last = curve.points.at(-1)!;
        expect(words(lines)).toContain(shortBytes(last.keptBytes));
        if (width >= 80) expect(words(lines)).toContain(exponentText(curve));
      }
    }
  });

  it('has verdict and numbers on the first page of a terminal of 24 lines, and no page that is nearly empty', () => {
    const parts = partsThatFit([memoryText(report, plainPage(80))], 24, 80);
    const first = words(parts[0]!.lines);
    expect(first).toContain('✓ 64 points');
    for (const { name } of report.curves) expect(first).toContain(name);
    const used = parts.map(({ lines }) => lines.findLastIndex((line) => line !== '') + 1);
    expect(Math.min(...used.slice(0, -1))).toBeGreaterThan(12);
  });

  it('names the modes before it calls them by their letters alone', () => {
    for (const width of [40, 59, 60, 80, 120]) {
      const lines = memoryText(report, plainPage(width));
      const named = lines.findIndex((line) => line.includes('a  LSTM, streaming'));
      const table = lines.findIndex((line) => line.startsWith('  At T = '));
      const picture = lines.findIndex((line) => line.startsWith('What is kept'));
      expect(named).toBeGreaterThan(Math.min(table, picture));
      expect(named).toBeLessThan(Math.max(table, picture));
    }
  });

  it('lists all points with exact bytes where it is asked to', () => {
    const all = words(memoryText(report, plainPage(120), true));
    for (const sentence of report.counted) expect(all).toContain(sentence);
    for (const { points } of report.curves)
      for (const { T, keptBytes, measuredBytes, predictedBytes } of points)
        expect(all).toContain([T, keptBytes, measuredBytes, predictedBytes].map(grouped).join(' '));
  });

  it('tells every byte that was not predicted, and where', async () => {
    const wrong = await reportOf({
      modes: ['lstm-bptt', 'attention-online'],
      steps: [64, 128],
      measure: async (mode, sizes) => {
        const right = await asPredicted(mode, sizes);
        if (mode !== 'lstm-bptt' || sizes.T !== 128) return right;
        return { ...right, measured: { ...right.measured, tape: right.measured.tape + 8 } };
      },
    });
    const lines = memoryText(wrong, plainPage(200));
    expect(lines.filter((line) => line.includes('✗'))).toEqual([
      '  ✗ LSTM, BPTT, T = 128, tape: counted 458,760 bytes, predicted 458,752', // 7 · 128 · 64 · 8, and 8 more
    ]);
    expect(words(lines)).not.toContain('✓');
  });

  it('stands without an exponent and without crossovers', async () => {
    const small = await reportOf({ modes: ['lstm-streaming'], steps: [4096] });
    expectPrintableAtAnyWidth((page) => memoryText(small, page, true));
    expect(exponentText(small.curves[0]!)).toBe('–');
    expect(words(memoryText(small, plainPage(80)))).toContain('✓ 1 point, in a process');
  });

  it('shows the width of an exponent where there is one', () => {
    const of = (value: number, low: number, high: number) =>
      exponentText({ ...report.curves[0]!, exponent: { value, low, high } });
    expect(of(2, 2, 2)).toBe('2.00');
    expect(of(-1e-17, -1e-17, 1e-17)).toBe('0.00');
    expect(of(0.5, 0.47, 0.53)).toBe('0.50 ± 0.03');
  });
});
