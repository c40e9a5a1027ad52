/** The memory report as CSV: a line for each mode, T and class of bytes, counted beside predicted. */
import { stringify } from 'csv-stringify/sync';
import type { ByteClass, MemoryReport } from '../bench/index.js';

export function memoryCsv({ curves }: MemoryReport): string {
  const rows = curves.flatMap(({ mode, kept, points }) =>
    points.flatMap((point) => [
      ...(Object.keys(point.measured) as ByteClass[]).map((of) => ({
        mode,
        T: point.T,
        class: of,
        kept: of === kept.class ? 'yes' : 'no',
        measured: point.measured[of],
        predicted: point.predicted[of],
      })),
      {
        mode,
        T: point.T,
        class: 'all',
        kept: 'no',
        measured: point.measuredBytes,
        predicted: point.predictedBytes,
      },
    ]),
  );
  return stringify(rows, { header: true, record_delimiter: '\n' });
}
