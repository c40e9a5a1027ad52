/** The memory report as a page: the same numbers as --json, each cell with its place in it. */
import { grouped, shortBytes } from '../bytes.js';
import { crossingSentences, exponentText, markOf, verdictSentence } from '../memory-text.js';
import { webPage } from './page.js';
import type { Block, NumberCell } from './page.js';
import type { MemoryCurve, MemoryReport } from '../../bench/index.js';

const bytes = (value: number, from: string): NumberCell => ({ value, text: grouped(value), from });

const pointsTable = (curve: MemoryCurve, k: number): Block => ({
  kind: 'table',
  caption: `${markOf(k)}  ${curve.name}: keeps ${curve.kept.formula} numbers of 8 bytes (${curve.kept.says})`,
  columns: [
    { head: 'T', align: 'right' },
    { head: 'kept', align: 'right' },
    { head: 'in all, counted', align: 'right' },
    { head: 'in all, predicted', align: 'right' },
    { head: 'held at the end', align: 'right' },
    { head: 'by the runtime', align: 'right' },
    { head: 'RSS', align: 'right' },
  ],
  rows: curve.points.map((point, p) => {
    const at = `/curves/${k}/points/${p}`;
    return [
      bytes(point.T, `${at}/T`),
      bytes(point.keptBytes, `${at}/keptBytes`),
      bytes(point.measuredBytes, `${at}/measuredBytes`),
      bytes(point.predictedBytes, `${at}/predictedBytes`),
      bytes(point.heldBytes, `${at}/heldBytes`),
      bytes(point.runtimeBytes, `${at}/runtimeBytes`),
      bytes(point.peakRssBytes, `${at}/peakRssBytes`),
    ];
  }),
});

function summary({ curves }: MemoryReport): Block {
  return {
    kind: 'table',
    columns: [
      { head: '' },
      { head: 'mode' },
      { head: 'keeps 8 bytes ×' },
      { head: 'grows as T^', align: 'right' },
      { head: 'in theory', align: 'right' },
      { head: 'kept at the largest T', align: 'right' },
      { head: 'in all', align: 'right' },
    ],
    rows: curves.map((curve, k) => {
      const p = curve.points.length - 1;
      const { keptBytes, measuredBytes } = curve.points[p]!;
      const at = `/curves/${k}`;
      return [
        markOf(k),
        curve.name,
        curve.kept.formula,
        curve.exponent === null
          ? '–'
          : {
              value: curve.exponent.value,
              text: exponentText(curve),
              from: `${at}/exponent/value`,
            },
        { value: curve.theory, text: String(curve.theory), from: `${at}/theory` },
        {
          value: keptBytes,
          text: shortBytes(keptBytes),
          from: `${at}/points/${p}/keptBytes`,
        },
        {
          value: measuredBytes,
          text: shortBytes(measuredBytes),
          from: `${at}/points/${p}/measuredBytes`,
        },
      ];
    }),
  };
}

const chartOf = (
  { curves }: MemoryReport,
  title: string,
  of: 'keptBytes' | 'measuredBytes',
): Block => ({
  kind: 'chart',
  spec: {
    title,
    x: { label: 'T, steps', scale: 'log', format: grouped },
    y: { label: title, scale: 'log', format: shortBytes },
    series: curves.map(({ name, points }, k) => ({
      mark: markOf(k),
      name,
      points: points.map((point) => [point.T, point[of]] as const),
    })),
  },
});

/** @param command what was typed */
export function memoryPage(report: MemoryReport, command: string): string {
  const { curves, sizes, counted } = report;
  return webPage({
    title: `Memory of LSTM and attention, H = ${sizes.hidden}`,
    lead: verdictSentence(report),
    sections: [
      {
        title: 'What is kept',
        blocks: [
          chartOf(report, 'bytes kept', 'keptBytes'),
          summary(report),
          ...(report.crossovers.length === 0
            ? []
            : [{ kind: 'list' as const, items: crossingSentences(report) }]),
        ],
      },
      {
        title: 'Everything that is live at the peak',
        blocks: [chartOf(report, 'bytes in all', 'measuredBytes')],
      },
      { title: 'What is counted', blocks: [{ kind: 'list', items: counted }] },
      { title: 'Every measurement', blocks: curves.map(pointsTable) },
    ],
    command,
    report,
  });
}
