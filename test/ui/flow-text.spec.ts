import { describe, expect, it } from 'vitest';
import { flowText, flowVerdict, normText } from '../../src/ui/flow-text.js';
import { measureFlow } from '../../src/bench/index.js';
import { expectPrintableAtAnyWidth, letters, plainPage, words } from './pages.js';
import type { FlowRequest } from '../../src/bench/index.js';

const flowOf = (changed: Partial<FlowRequest> = {}) =>
  measureFlow({
    ...{ steps: 30, hidden: 4, seed: 7, cells: ['rnn', 'lstm', 'gru'], biases: [0, 3] },
    ...changed,
  });
const report = flowOf();

describe('the flow report', () => {
  it('fits every page, whatever became of the numbers', () => {
    for (const one of [
      flowOf({ steps: 2, hidden: 1, biases: [-50, 0.25, 1, 2, 3, 50] }),
      flowOf({ steps: 200, norm: 0.001, cells: ['rnn', 'lstm'], biases: [-50] }),
      flowOf({ steps: 120, norm: 1000, cells: ['rnn'] }),
    ])
      expectPrintableAtAnyWidth((page) => flowText(one, page));
  });

  it('begins with what is left of every gradient, at any width', () => {
    for (const width of [40, 80, 120]) {
      const head = letters(flowText(report, plainPage(width)).slice(0, 14));
      expect(head).toContain(letters([flowVerdict(report)]));
      for (const { name, ratio } of report.curves) {
        expect(flowVerdict(report)).toContain(`${normText(ratio)} in the ${name}`);
        expect(head).toContain(letters([`${normText(ratio)} in the ${name}`]));
      }
    }
  });

  it('has each gate as a row of shades with its numbers, and ∏ diag(f_t) beside both exact answers', () => {
    const lines = flowText(report, plainPage(80));
    for (const [k, { gates, highway }] of report.curves.entries()) {
      const mark = 'abcd'[k]!;
      for (const { name, mean } of gates) {
        const row = lines.find((line) => line.startsWith(`  ${mark} ${name} `))!;
        const [, , shades, low, average, high] = row.trim().split(/\s+/);
        // 30 steps fit: one shade for each, by fifths.
        expect(Array.from(shades!, (sign) => '·░▒▓█'.indexOf(sign))).toEqual(
          mean.map((value) => Math.floor(5 * value)),
        );
        const all = mean.reduce((sum, value) => sum + value, 0) / mean.length;
        expect([low, average, high]).toEqual([Math.min(...mean), all, Math.max(...mean)].map((value) => value.toFixed(2))); // prettier-ignore
      }
      if (!highway) continue;
      const numbers = [highway.direct, highway.hiddenFixed, highway.total].map(normText);
      expect(words(lines)).toContain(numbers.join(' '));
    }
  });

  it('says what is exactly zero, what has no number, and what grew', () => {
    const tiny = flowOf({ steps: 1500, norm: 0.5, cells: ['rnn'] });
    expect(flowVerdict(tiny)).toContain('nothing in the RNN (exactly 0, underflow)');
    const { zeros } = tiny.curves[0]!;
    expect(words(flowText(tiny, plainPage(80)))).toContain(`exactly 0 at ${zeros} of 1500 steps`);
    const large = flowOf({ steps: 200, norm: 1000, cells: ['rnn'] });
    expect(words(flowText(large, plainPage(80)))).toContain('allows overflow at t = 1');
    const [curve] = report.curves;
    const as = (ratio: number | null) => flowVerdict({ ...report, curves: [{ ...curve!, ratio }] });
    expect(as(null)).toContain('no number in the RNN (overflow)');
    expect(as(1234)).toContain('grown to 1.2e3 in the RNN');
  });

  it('says so where a gradient passed its bound', () => {
    const passed = { ...report, bound: { ...report.bound!, holds: false } };
    expect(words(flowText(passed, plainPage(80)))).toContain('A step passed the bound');
    expect(words(flowText(report, plainPage(80)))).toContain('No step passed the bound');
  });
});
