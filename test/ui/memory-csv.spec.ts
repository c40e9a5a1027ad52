import { expect, it } from 'vitest';
import { memoryCsv } from '../../src/ui/memory-csv.js';
import { reportOf } from '../bench/memory/fake.js';

it('has a line for every class of every point, with the numbers of the report', async () => {
  const report = await reportOf();
  const [head, ...lines] = memoryCsv(report).trimEnd().split('\n');
  expect(head).toBe('mode,T,class,kept,measured,predicted');
  const read = new Map(
    lines.map((line) => {
      const [mode, T, of, kept, ...bytes] = line.split(',');
      return [`${mode} ${T} ${of}`, { kept, bytes: bytes.map(Number) }];
    }),
  );
  expect(read.size).toBe(lines.length);
  for (const { mode, kept, points } of report.curves)
    for (const { T, measured, predicted, measuredBytes, predictedBytes, keptBytes } of points) {
      for (const [of, count] of Object.entries(measured)) {
        const line = read.get(`${mode} ${T} ${of}`);
        expect(line?.bytes).toEqual([count, predicted[of as 'tape']]);
        if (line?.kept === 'yes') expect(line.bytes[0]).toBe(keptBytes);
        expect(line?.kept).toBe(of === kept.class ? 'yes' : 'no');
      }
      expect(read.get(`${mode} ${T} all`)?.bytes).toEqual([measuredBytes, predictedBytes]);
    }
  expect(lines).toHaveLength(8 * 8 * 7);
});
