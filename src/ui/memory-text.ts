/** The memory report as lines: whether it was counted as predicted, the chart, what each mode keeps, who crosses whom. */
import { grouped, shortBytes } from './bytes.js';
import { chart } from './chart.js';
import { columns, ends, paragraph } from './layout.js';
import type { Column, Page } from './layout.js';
import type { Crossover, MemoryCurve, MemoryReport } from '../bench/index.js';

/** One letter for each curve, in the report's order. */
export const markOf = (k: number): string => 'abcdefgh'[k]!;

/** `1.00`, or `0.50 ± 0.01` where the points scatter about the line. */
export function exponentText({ exponent }: MemoryCurve): string {
  if (exponent === null) return '–';
  const reach = (exponent.high - exponent.low) / 2;
  const value = exponent.value.toFixed(2).replace('-0.00', '0.00');
  return reach < 0.005 ? value : `${value} ± ${reach.toFixed(2)}`;
}

const range = (steps: readonly number[]): string =>
  steps.length === 1 ? grouped(steps[0]!) : `${grouped(steps[0]!)} … ${grouped(steps.at(-1)!)}`;

/** What one should know who reads one sentence only. */
export function verdictSentence({ curves, agrees }: MemoryReport): string {
  const points = curves.reduce((sum, curve) => sum + curve.points.length, 0);
  const measured = points === 1 ? '1 point, in' : `${points} points, each in`;
  return agrees
    ? `${measured} a process of its own: every class of bytes is what its formula predicts, to the byte.`
    : 'Some bytes are not what their formula predicts.';
}

/** The verdict, and every class that differs. */
function verdict(report: MemoryReport, page: Page): string[] {
  const { paint } = page;
  const { curves, agrees } = report;
  if (agrees) return paragraph(paint.good(`✓ ${verdictSentence(report)}`), page);
  return curves.flatMap(({ name, points: measured }) =>
    measured.flatMap((point) =>
      [
        ...Object.entries(point.measured).map(([of, got]) => {
          const wanted = point.predicted[of as keyof typeof point.predicted];
          return { of, got, wanted };
        }),
        { of: 'all together', got: point.measuredBytes, wanted: point.predictedBytes },
      ]
        .filter(({ got, wanted }) => got !== wanted)
        .flatMap(({ of, got, wanted }) =>
          paragraph(
            `${paint.bad('✗')} ${name}, T = ${grouped(point.T)}, ${of}: counted ${grouped(got)} bytes, predicted ${grouped(wanted)}`,
            page,
          ),
        ),
    ),
  );
}

/** Whether the table has room for the names of the modes; on a narrow page the legend of the chart has them. */
const namesFit = ({ width }: Page): boolean => width >= 60;

/** What each mode keeps and has live at the largest T, and how that grows. */
function summary({ curves, sizes: { steps } }: MemoryReport, page: Page): string[] {
  const heads: readonly Column[] = [
    { head: '' },
    { head: 'mode', drop: namesFit(page) ? 0 : 5 },
    { head: 'keeps 8 ×', drop: 3 },
    { head: 'kept', align: 'right' },
    { head: 'as T^', align: 'right', drop: 1 },
    { head: 'in all', align: 'right', drop: 2 },
    { head: 'RSS', align: 'right', drop: 4 },
  ];
  const rows = curves.map((curve, k) => {
    const last = curve.points.at(-1)!;
    return [
      markOf(k),
      curve.name,
      curve.kept.formula,
      shortBytes(last.keptBytes),
      exponentText(curve),
      shortBytes(last.measuredBytes),
      `+${shortBytes(last.peakRssBytes)}`,
    ];
  });
  return [...paragraph(`At T = ${grouped(steps.at(-1)!)}:`, page), ...columns(heads, rows, page)];
}

/** One sentence for each pair: from which T on the one keeps more, and needs more in all. */
export function crossingSentences({ crossovers, curves }: MemoryReport): string[] {
  const name = (mode: string): string => curves.find((curve) => curve.mode === mode)?.name ?? mode;
  const when = ({ from, upTo }: Crossover): string =>
    from === null ? `never up to T = ${grouped(upTo)}` : `from T = ${grouped(from)} on`;
  return crossovers
    .filter(({ of }) => of === 'kept')
    .map((kept) => {
      const { mode, over } = kept;
      const total = crossovers.find(
        (other) => other.of === 'total' && other.mode === mode && other.over === over,
      );
      return `${name(mode)} keeps more than ${name(over)} ${when(kept)}${total ? `; everything counted, it needs more ${when(total)}` : ''}.`;
    });
}

/** Every point: exact bytes counted and predicted, and what the runtime and the system say. */
function table({ curves }: MemoryReport, page: Page): string[] {
  const heads: readonly Column[] = [
    { head: '' },
    { head: 'T', align: 'right' },
    { head: 'kept', align: 'right', drop: 1 },
    { head: 'in all', align: 'right' },
    { head: 'predicted', align: 'right' },
    { head: 'held at the end', align: 'right', drop: 3 },
    { head: 'by the runtime', align: 'right', drop: 2 },
    { head: 'RSS', align: 'right', drop: 4 },
  ];
  const rows = curves.flatMap(({ points }, k) =>
    points.map((point) => [
      markOf(k),
      grouped(point.T),
      grouped(point.keptBytes),
      grouped(point.measuredBytes),
      grouped(point.predictedBytes),
      grouped(point.heldBytes),
      grouped(point.runtimeBytes),
      grouped(point.peakRssBytes),
    ]),
  );
  return ['', ...columns(heads, rows, page)];
}

/** @param points whether to list every point */
export function memoryText(report: MemoryReport, page: Page, points = false): string[] {
  const { sizes, curves, counted } = report;
  const { paint } = page;
  const title = `bench memory   H = ${sizes.hidden} · ${sizes.heads} ${sizes.heads === 1 ? 'head' : 'heads'} · k = ${sizes.k}`;
  const picture = chart(
    {
      title: 'What is kept',
      x: { label: 'T, steps', scale: 'log', format: grouped },
      y: { label: 'bytes', scale: 'log', format: shortBytes },
      series: curves.map(({ name, points: measured }, k) => ({
        mark: markOf(k),
        name,
        points: measured.map(({ T, keptBytes }) => [T, keptBytes] as const),
      })),
    },
    page,
  );
  const numbers = summary(report, page);
  // The letters are explained by what comes first. The table fits below the verdict, where the chart would not.
  const [first, second] = namesFit(page) ? [numbers, picture] : [picture, numbers];
  return [
    ...ends(paint.strong(title), `T = ${range(sizes.steps)}`, page),
    '',
    ...verdict(report, page),
    '',
    ...first,
    '',
    ...second,
    ...(points ? table(report, page) : []),
    ...(report.crossovers.length === 0
      ? []
      : ['', ...crossingSentences(report).flatMap((one) => paragraph(one, page))]),
    '',
    ...(points
      ? ['  What is counted', ...counted.flatMap((sentence) => paragraph(`· ${sentence}`, page, 4))]
      : [
          counted[0]!,
          counted.at(-1)!,
          'docs/memory.md says what is counted; --points lists every point.',
        ].flatMap((sentence) => paragraph(paint.dim(sentence), page))),
  ];
}
