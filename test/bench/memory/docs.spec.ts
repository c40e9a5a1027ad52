/** The numbers of docs/memory.md are those of the formulas, and the well-known ratios follow from them. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { aboutModes } from '../../../src/bench/memory/modes.js';
import { predictedBytes } from '../../../src/bench/index.js';
import { grouped } from '../../../src/ui/bytes.js';

const text = readFileSync(new URL('../../../docs/memory.md', import.meta.url), 'utf8');
const sizes = { T: 4096, hidden: 16, heads: 1, k: 32 };
const naive = predictedBytes('attention-naive-training', sizes);
const lstm = predictedBytes('lstm-bptt', sizes);
const online = predictedBytes('attention-online', sizes);

it('docs/memory.md has our bytes and ratios at T = 4096, H = d = 16', () => {
  const rows = [
    ['naive, training: kept', naive.byClass.tape],
    ['LSTM, BPTT: kept', lstm.byClass.tape],
    ['online softmax: kept', online.byClass.tape],
    ['naive, training: in all', naive.total],
    ['LSTM, BPTT: in all', lstm.total],
    ['online softmax: in all', online.total],
  ] as const;
  for (const [name, bytes] of rows) expect(text).toContain(`| ${name} | ${grouped(bytes)} |`);
  const kept = [naive.byClass.tape / lstm.byClass.tape, naive.byClass.tape / online.byClass.tape];
  expect(text).toContain(
    `ratio ${kept[0]!.toFixed(1)} for naive over BPTT and ${grouped(kept[1]!)} for naive over online`,
  );
  const all = [naive.total / lstm.total, naive.total / online.total].map((ratio) =>
    ratio.toFixed(1),
  );
  expect(text).toContain(`everything that is live, ${all.join(' and ')}.`);
});

it('the 64 and 257 of the common count follow from our classes', () => {
  const { T, hidden } = sizes;
  const input = 8 * T * hidden;
  const common = {
    naive: naive.byClass.tape + naive.byClass.workspace + input + naive.byClass.state,
    lstm: lstm.byClass.tape + input + lstm.byClass.parameters,
    online: input + online.byClass.state,
  };
  // By that count's own formulas: 2T² + 2Td, 7TH + Td + 4H(2H + 1), 2Td.
  expect(common).toEqual({
    naive: 8 * (2 * T * T + 2 * T * hidden),
    lstm: 8 * (7 * T * hidden + T * hidden + 4 * hidden * (2 * hidden + 1)),
    online: 8 * 2 * T * hidden,
  });
  for (const bytes of Object.values(common)) expect(text).toContain(grouped(bytes));
  expect((common.naive / common.lstm).toFixed(1)).toBe('64.0');
  expect((common.naive / common.online).toFixed(1)).toBe('257.0');
});

it('docs/memory.md has a line for every mode, with what it keeps', () => {
  for (const { name, kept } of Object.values(aboutModes)) {
    const row = text.split('\n').find((line) => line.startsWith(`| ${name} | `));
    expect(row, name).toContain(kept.formula.replace('min(k,T)', 'k'));
  }
});
